import { strict as assert } from "node:assert";
import * as pulumi from "@pulumi/pulumi";
import type { MockResourceArgs } from "@pulumi/pulumi/runtime";
import { awsRegions } from "../../../catalogue/aws/regions";
import { transitAsn } from "../../../catalogue/aws/transit-asns";
import { AwsBackbone } from "../../../components/backbone/aws";
import { insideCidrs } from "../../../components/backbone/inside-cidrs";
import { contains, parseCidr } from "../../../lib/cidr";
import { parseSpec } from "../../../spec/parse";
import { specValue } from "../../support/environments";

describe("transitAsn", () => {
	it("gives every region of the catalogue a private number of its own", () => {
		const numbers = Object.keys(awsRegions).map(transitAsn);
		assert.equal(new Set(numbers).size, numbers.length);
		assert.ok(numbers.every((asn) => asn > 64_512 && asn < 65_515));
	});

	it("throws for a region without one", () => {
		assert.throws(() => transitAsn("eu-north-9"), /has no number for eu-north-9/);
	});
});

describe("insideCidrs", () => {
	const ranges = Object.values(insideCidrs).flatMap((of) => Object.values(of));

	it("are different /30s that AWS does not keep", () => {
		assert.equal(new Set(ranges).size, 8);
		for (const range of ranges) {
			assert.match(range, /^169\.254\.\d+\.\d+\/30$/);
			assert.ok(Number(range.split(".")[2]) > 5 && !range.startsWith("169.254.169."));
		}
	});

	it("lie where Azure takes them, on its side", () => {
		const taken = ["169.254.21.0/24", "169.254.22.0/24"].map(parseCidr);
		for (const range of Object.values(insideCidrs.azure).map(parseCidr)) {
			assert.ok(taken.some((outer) => outer && range && contains(outer, range)));
		}
	});
});

describe("AWS's half of a link", () => {
	const made: MockResourceArgs[] = [];
	const value = <T>(output: pulumi.Output<T>): Promise<T> => new Promise((resolve) => output.apply(resolve));
	const ofType = (type: string) => made.filter((each) => each.type === type).map(({ inputs }) => inputs);

	before(async () => {
		await pulumi.runtime.setMocks({
			newResource: (args) => {
				made.push(args);
				const tunnels = { tunnel1Address: `${args.name}-out1`, tunnel2Address: `${args.name}-out2` };
				const keys = { tunnel1PresharedKey: `${args.name}-key1`, tunnel2PresharedKey: `${args.name}-key2` };
				const known = { arn: `arn:${args.name}`, transitGatewayAttachmentId: `${args.name}-attachment` };
				const computed =
					args.type === "aws:ec2/vpnConnection:VpnConnection" ? { ...known, ...tunnels, ...keys } : known;
				return { id: `${args.name}-id`, state: { ...computed, ...args.inputs } };
			},
			call: () => ({}),
		});
	});

	it("is two connections of two tunnels to the peer's two addresses, on the hub", async () => {
		const spec = parseSpec(specValue("dev"), "dev");
		const context = { cell: "global", cloud: "aws", region: "us-east-1", account: "210987654321", spec } as const;
		const keys = { keyFor: () => pulumi.output("arn:key") };
		const backbone = new AwsBackbone("b", { context, keys }, {});
		const addresses = [pulumi.output("203.0.113.1"), pulumi.output("203.0.113.2")] as const;
		const end = backbone.link("gcp", { asn: 64_700, addresses });

		assert.equal(end.asn, 64_601);
		assert.deepEqual(
			end.tunnels.map((tunnel) => [
				tunnel.key,
				tunnel.interface,
				tunnel.insideCidr,
				tunnel.awsInside,
				tunnel.peerInside,
			]),
			[
				["a1", 0, "169.254.30.0/30", "169.254.30.1", "169.254.30.2"],
				["a2", 0, "169.254.30.4/30", "169.254.30.5", "169.254.30.6"],
				["b1", 1, "169.254.30.8/30", "169.254.30.9", "169.254.30.10"],
				["b2", 1, "169.254.30.12/30", "169.254.30.13", "169.254.30.14"],
			],
		);
		assert.deepEqual(await Promise.all(end.tunnels.map(({ outside }) => value(outside))), [
			"b-gcp-a-out1",
			"b-gcp-a-out2",
			"b-gcp-b-out1",
			"b-gcp-b-out2",
		]);
		for (const { presharedKey } of end.tunnels) {
			assert.equal(await pulumi.isSecret(presharedKey), true);
		}
	});

	it("lets in IKEv2 with strong proposals only, and learns the peer's routes", async () => {
		await pulumi.runtime.disconnect();
		const gateways = ofType("aws:ec2/customerGateway:CustomerGateway");
		assert.deepEqual(
			gateways.map(({ bgpAsn, ipAddress, type }) => [bgpAsn, ipAddress, type]),
			[
				["64700", "203.0.113.1", "ipsec.1"],
				["64700", "203.0.113.2", "ipsec.1"],
			],
		);
		for (const connection of ofType("aws:ec2/vpnConnection:VpnConnection")) {
			assert.equal(connection.transitGatewayId, "b-us-east-1-gateway-id");
			assert.equal(connection.staticRoutesOnly, false);
			for (const tunnel of ["tunnel1", "tunnel2"]) {
				assert.deepEqual(connection[`${tunnel}IkeVersions`], ["ikev2"]);
				assert.deepEqual(connection[`${tunnel}Phase1DhGroupNumbers`], [19, 20, 21]);
				assert.ok(!connection[`${tunnel}Phase2IntegrityAlgorithms`].includes("SHA1"));
			}
		}
		for (const type of ["routeTableAssociation:RouteTableAssociation", "routeTablePropagation:RouteTablePropagation"]) {
			assert.deepEqual(
				ofType(`aws:ec2transitgateway/${type}`).map((inputs) => inputs.transitGatewayAttachmentId),
				["b-gcp-a-attachment", "b-gcp-b-attachment"],
			);
		}
	});
});

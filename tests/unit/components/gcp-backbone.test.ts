import { strict as assert } from "node:assert";
import * as pulumi from "@pulumi/pulumi";
import { GcpBackbone } from "../../../components/backbone/gcp";
import type { LinkEnd, LinkTunnel } from "../../../components/backbone/link";
import type { CellContext } from "../../../components/cell-context";
import { isSecret } from "../../../lib/secret-marker";
import type { Properties, Value } from "../../../lib/values";
import type { SandboxObject } from "../../../sandbox/model";
import { parseSpec } from "../../../spec/parse";
import { specValue, withSetting } from "../../support/environments";
import { Stage } from "../sandbox/stage";

const spec = parseSpec(withSetting(specValue("dev"), "network", { backbone: true }), "dev");
const context: CellContext = { cell: "global", cloud: "gcp", region: "us-central1", account: "research-lab", spec };

function tunnel(key: LinkTunnel["key"], place: number): LinkTunnel {
	const block = 4 * place;
	return {
		key,
		interface: key.startsWith("a") ? 0 : 1,
		outside: pulumi.output(`203.0.113.${place + 1}`),
		presharedKey: pulumi.secret(`kept.by.${key}.and.aws`),
		insideCidr: `169.254.30.${block}/30`,
		awsInside: `169.254.30.${block + 1}`,
		peerInside: `169.254.30.${block + 2}`,
	};
}

/** AWS's end of a link, as the program would have it. */
const end: LinkEnd = {
	asn: 64_512,
	tunnels: [tunnel("a1", 0), tunnel("a2", 1), tunnel("b1", 2), tunnel("b2", 3)],
};

/** Inputs as the emulated cloud gets them; the names of secret ones go into a list. */
function unwrapped(inputs: Properties, secrets: string[]): Properties {
	const rows = Object.entries(inputs).map(([key, value]): [string, Value] => {
		if (!isSecret(value)) {
			return [key, value];
		}
		secrets.push(key);
		return [key, value.value ?? null];
	});
	return Object.fromEntries(rows);
}

describe("the backbone on Google Cloud", () => {
	const stage = new Stage();
	const faults: string[] = [];
	const secrets: string[] = [];
	let addresses: readonly string[] = [];

	before(async () => {
		for (const service of ["compute.googleapis.com", "networkconnectivity.googleapis.com"]) {
			stage.make("gcp:projects/service:Service", { service, disableOnDestroy: false });
		}
		await pulumi.runtime.setMocks({
			// The emulated cloud judges each resource as it comes.
			newResource: ({ inputs: given, name, type }) => {
				if (type.startsWith("meridian:")) {
					return { id: name, state: {} };
				}
				const inputs = unwrapped(given, secrets);
				faults.push(...stage.faults(type, inputs).map(({ property, reason }) => `${name} ${property}: ${reason}`));
				const made = stage.put(type, inputs);
				return { id: made.id, state: made.outputs };
			},
			call: () => ({}),
		});
		const backbone = new GcpBackbone("b", { context, servicesReady: [] }, {});
		backbone.connect(end);
		pulumi.all([...backbone.peer.addresses]).apply((known) => {
			addresses = known;
		});
		await pulumi.runtime.disconnect();
	});

	const made = (type: string): SandboxObject[] => stage.objects.filter((object) => object.type === type);

	it("is without fault for the emulated cloud", () => {
		assert.deepEqual(faults, []);
	});

	it("tells the other side two addresses", () => {
		assert.equal(new Set(addresses).size, 2);
		assert.match(addresses[0] ?? "", /^34\./);
	});

	it("keeps the keys of the tunnels secret", () => {
		assert.deepEqual(secrets, ["sharedSecret", "sharedSecret", "sharedSecret", "sharedSecret"]);
	});

	it("ends four tunnels, two at each of its interfaces, one at each of AWS's", () => {
		const tunnels = made("gcp:compute/vPNTunnel:VPNTunnel").map(({ inputs }) => inputs);
		assert.deepEqual(
			tunnels.map((each) => [each.vpnGatewayInterface, each.peerExternalGatewayInterface]),
			[
				[0, 0],
				[0, 1],
				[1, 2],
				[1, 3],
			],
		);
		assert.equal(new Set(tunnels.map(({ sharedSecret }) => sharedSecret)).size, 4);
	});

	it("speaks with AWS over each tunnel", () => {
		const sessions = made("gcp:compute/routerPeer:RouterPeer").map(({ outputs }) => outputs);
		assert.deepEqual(
			sessions.map(({ ipAddress, peerAsn, peerIpAddress }) => [ipAddress, peerIpAddress, peerAsn]),
			[2, 6, 10, 14].map((host) => [`169.254.30.${host}`, `169.254.30.${host - 1}`, 64_512]),
		);
	});

	it("joins the tunnels to its hub in one spoke", () => {
		const [hub] = made("gcp:networkconnectivity/hub:Hub");
		const [spoke, ...others] = made("gcp:networkconnectivity/spoke:Spoke");
		assert.deepEqual(others, []);
		assert.equal(spoke?.inputs.hub, hub?.id);
		assert.equal(spoke?.inputs.location, "us-central1");
		assert.deepEqual(spoke?.inputs.linkedVpnTunnels, {
			uris: made("gcp:compute/vPNTunnel:VPNTunnel").map(({ outputs }) => outputs.selfLink),
			siteToSiteDataTransfer: false,
			includeImportRanges: ["ALL_IPV4_RANGES"],
		});
	});

	it("tells AWS of the regions on Google Cloud, from the first /24 of the hubs' addresses", () => {
		const [router] = made("gcp:compute/router:Router");
		assert.deepEqual(router?.inputs.bgp, {
			asn: 64_900,
			advertiseMode: "CUSTOM",
			advertisedGroups: ["ALL_SUBNETS"],
			advertisedIpRanges: [{ range: "10.17.0.0/16", description: "europe-west4" }],
		});
		const [subnet] = made("gcp:compute/subnetwork:Subnetwork");
		assert.equal(subnet?.inputs.ipCidrRange, "10.254.0.0/24");
	});
});

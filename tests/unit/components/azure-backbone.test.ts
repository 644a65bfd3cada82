import { strict as assert } from "node:assert";
import * as pulumi from "@pulumi/pulumi";
import { AzureBackbone } from "../../../components/backbone/azure";
import { azureInsideAddress, otherMachine } from "../../../components/backbone/azure-inside";
import { insideCidrs } from "../../../components/backbone/inside-cidrs";
import type { LinkEnd, LinkTunnel } from "../../../components/backbone/link";
import type { CellContext } from "../../../components/cell-context";
import { addressAt, contains, overlaps, parseCidr } from "../../../lib/cidr";
import { isSecret } from "../../../lib/secret-marker";
import { isObject, type Value } from "../../../lib/values";
import { TYPE } from "../../../sandbox/azure/types";
import { list, text } from "../../../sandbox/check/inputs";
import { hubRanges } from "../../../spec/hub-ranges";
import { parseSpec } from "../../../spec/parse";
import { specValue, withSetting } from "../../support/environments";
import { Stage, SUBSCRIPTION } from "../sandbox/stage";

const keys: readonly LinkTunnel["key"][] = ["a1", "a2", "b1", "b2"];
const spec = parseSpec(withSetting(specValue("dev"), "network", { backbone: true }), "dev");
const context: CellContext = {
	cell: "global",
	cloud: "azure",
	region: "swedencentral",
	account: SUBSCRIPTION.account,
	spec,
};

function range(block: string) {
	const parsed = parseCidr(block);
	assert.ok(parsed, block);
	return parsed;
}

/** AWS's end of a link, as it would be after its tunnels are made. */
function awsEnd(inside: (key: LinkTunnel["key"]) => string = (key) => insideCidrs.azure[key]): LinkEnd {
	const tunnels = keys.map((key, i): LinkTunnel => {
		const insideCidr = inside(key);
		return {
			key,
			interface: key.startsWith("a") ? 0 : 1,
			outside: pulumi.output(`198.51.100.${i + 1}`),
			presharedKey: pulumi.secret(`psk-of-${key}`),
			insideCidr,
			awsInside: addressAt(range(insideCidr), 1),
			peerInside: addressAt(range(insideCidr), 2),
		};
	});
	return { asn: 64512, tunnels };
}

/** Secrets of the SDK's mocks as plain values, for models that work with these. */
function plain(value: Value): Value {
	if (isSecret(value)) {
		return plain(value.value ?? null);
	}
	if (Array.isArray(value)) {
		return value.map(plain);
	}
	return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)])) : value;
}

describe("azureInsideAddress", () => {
	it("has a /30 of its own for each tunnel, of the addresses that Azure takes", () => {
		const ranges = keys.map((key) => range(insideCidrs.azure[key]));
		ranges.forEach((one, i) => {
			assert.equal(one.prefix, 30);
			assert.ok(contains(range("169.254.21.0/24"), one) || contains(range("169.254.22.0/24"), one));
			assert.ok(ranges.slice(i + 1).every((other) => !overlaps(one, other)));
		});
	});

	it("pairs each tunnel with one that ends at the other machine", () => {
		assert.ok(keys.every((key) => otherMachine[otherMachine[key]] === key && otherMachine[key][0] !== key[0]));
	});
});

describe("AzureBackbone on the emulated cloud", () => {
	let stage: Stage;
	beforeEach(async () => {
		stage = new Stage();
		stage.make(TYPE.resourceGroup, { resourceGroupName: "shared", location: "swedencentral" });
		await pulumi.runtime.setMocks({
			newResource: ({ custom, inputs, type }) => {
				const value = plain(inputs);
				if (custom === false || !type.startsWith("azure-native:") || !isObject(value)) {
					return { id: "", state: {} };
				}
				const { id, outputs } = stage.make(type, value);
				return { id, state: outputs };
			},
			call: () => ({}),
		});
	});

	const backbone = () => {
		const group = { id: pulumi.output("shared-id"), name: pulumi.output("shared") };
		return new AzureBackbone("b", { context, group, hubs: hubRanges(spec) }, {});
	};
	const of = (type: string) => stage.objects.filter((object) => object.type === type);

	it("is taken as it is, and gives the addresses of the gateway's two machines", async () => {
		const { hubIds, peer } = backbone();
		const addresses = await Promise.all(peer.addresses.map((each) => new Promise((resolve) => each.apply(resolve))));
		await pulumi.runtime.disconnect();
		const [gateway] = of(TYPE.vpnGateway);
		const given = list(gateway?.outputs, "ipConfigurations").map((each) => text(each, "publicIpAddress"));
		assert.deepEqual(addresses, given);
		assert.equal(peer.asn, 65515);
		assert.deepEqual(Object.keys(hubIds), ["swedencentral"]);
	});

	it("joins AWS's four tunnels, each with its key, its address and that of the other machine", async () => {
		backbone().connect(awsEnd());
		await pulumi.runtime.disconnect();
		const [connection] = of(TYPE.vpnConnection);
		const links = list(connection?.inputs, "vpnLinkConnections");
		assert.deepEqual(
			links.map((link) => [text(link, "name"), text(link, "sharedKey")]),
			keys.map((key) => [key, `psk-of-${key}`]),
		);
		links.forEach((link, i) => {
			const key = keys[i] ?? "a1";
			const machine = key.startsWith("a") ? 0 : 1;
			const addresses = list(link, "vpnGatewayCustomBgpAddresses").map((each) => text(each, "customBgpIpAddress"));
			assert.equal(addresses[machine], azureInsideAddress(key));
			assert.equal(addresses[1 - machine], azureInsideAddress(otherMachine[key]));
		});
		const [site] = of(TYPE.vpnSite);
		const peers = list(site?.inputs, "vpnSiteLinks").map((link) => text(link, "bgpProperties.bgpPeeringAddress"));
		assert.deepEqual(peers, ["169.254.21.1", "169.254.21.5", "169.254.22.1", "169.254.22.5"]);
	});

	it("refuses tunnels that went by another table", async () => {
		const made = backbone();
		assert.throws(
			() => made.connect(awsEnd((key) => (key === "b2" ? "169.254.22.8/30" : insideCidrs.azure[key]))),
			/the tunnel b2 has 169\.254\.22\.8\/30 .* Azure's gateway has 169\.254\.22\.4\/30/,
		);
		await pulumi.runtime.disconnect();
	});
});

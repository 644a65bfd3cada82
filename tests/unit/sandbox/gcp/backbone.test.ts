import assert from "node:assert/strict";
import type { Properties } from "../../../../lib/values";
import { isObject } from "../../../../lib/values";
import { factsFor } from "../../../../sandbox/facts";
import { type Refused, refuses, type Stage } from "../stage";
import { type Estate, estate } from "./estate";

let at: Estate;
const set = (): Stage => {
	at = estate();
	return at.stage;
};

/** Inputs of an object of the estate under another name, with changes; an object's fields are set within the object. */
function changed(name: string, changes: Properties): Properties {
	const good = at.of(name).inputs;
	const merged = Object.entries(changes).map(([key, value]) => {
		const before = good[key];
		return [key, isObject(before) && isObject(value) ? { ...before, ...value } : value] as const;
	});
	return { ...good, name: "second", ...Object.fromEntries(merged) };
}

function row(because: string, of: string, changes: Properties, property: string, reason: RegExp): Refused {
	return { because, type: at.of(of).type, inputs: changed(of, changes), property, reason };
}

describe("a hub and its spokes", () => {
	refuses((): Refused[] => {
		const twin = at.stage.make("gcp:compute/network:Network", { name: "twin", autoCreateSubnetworks: false });
		at.stage.make("gcp:compute/subnetwork:Subnetwork", {
			name: "twin",
			network: twin.id,
			region: "us-central1",
			ipCidrRange: "10.0.0.0/20",
		});
		const vpc = "linkedVpcNetwork";
		return [
			row("a topology of a custom hub", "hub", { policyMode: "CUSTOM" }, "presetTopology", /needs policyMode PRESET/),
			row("a name twice", "hub", { name: "hub" }, "name", /unique/),
			row(
				"a hub that is not there",
				"spoke",
				{ hub: "projects/x/locations/global/hubs/x" },
				"hub",
				/names no existing Hub/,
			),
			row("a network in a region", "spoke", { location: "us-central1" }, "location", /must be global/),
			row("tunnels nowhere", "link", { location: "global" }, "location", /must be the region/),
			row("no link at all", "spoke", { [vpc]: null }, vpc, /exactly one/),
			row("a network twice", "spoke", {}, `${vpc}.uri`, /of one spoke only/),
			row("a tunnel twice", "link", {}, "linkedVpnTunnels.uris", /of one spoke only/),
			row(
				"a network that tells a range of another",
				"spoke",
				{ [vpc]: { uri: twin.id, excludeExportRanges: [] } },
				`${vpc}.excludeExportRanges`,
				/overlaps the range of .*compute/,
			),
			row(
				"a range that cuts a subnet's",
				"spoke",
				{ [vpc]: { uri: twin.id, excludeExportRanges: ["10.0.0.0/21"] } },
				`${vpc}.excludeExportRanges[0]`,
				/cuts the range/,
			),
			row(
				"an RDMA network",
				"spoke",
				{ [vpc]: { uri: at.of("rdmaVpc").id, excludeExportRanges: [] } },
				`${vpc}.uri`,
				/RDMA profile joins no hub/,
			),
		];
	}, set);

	it("take a second network where the common range is left out", () => {
		const stage = set();
		const other = stage.make("gcp:compute/network:Network", { name: "other", autoCreateSubnetworks: false });
		stage.make("gcp:compute/subnetwork:Subnetwork", {
			name: "other",
			network: other.id,
			region: "us-central1",
			ipCidrRange: "10.50.0.0/20",
			secondaryIpRanges: [{ rangeName: "services", ipCidrRange: "10.6.0.0/20" }],
		});
		const spoke = changed("spoke", { linkedVpcNetwork: { uri: other.id } });
		assert.deepEqual(stage.faults(at.of("spoke").type, spoke), []);
	});
});

describe("tunnels and their sessions", () => {
	refuses(
		(): Refused[] => [
			row(
				"three addresses of four",
				"far",
				{ interfaces: [{ id: 0, ipAddress: "203.0.113.1" }] },
				"interfaces",
				/must be 4/,
			),
			row(
				"an address twice",
				"far",
				{ interfaces: [0, 1, 2, 3].map((id) => ({ id, ipAddress: "203.0.113.9" })) },
				"interfaces",
				/twice/,
			),
			row("no secret", "tunnel", { sharedSecret: null }, "sharedSecret", /is required/),
			row("a third interface", "tunnel", { vpnGatewayInterface: 2 }, "vpnGatewayInterface", /0 to 1/),
			row(
				"a fifth interface of the peer",
				"tunnel",
				{ peerExternalGatewayInterface: 4 },
				"peerExternalGatewayInterface",
				/0 to 3/,
			),
			row("the same ends twice", "tunnel", {}, "vpnGatewayInterface", /already/),
			row(
				"a router of another network",
				"tunnel",
				{ router: at.of("router").id },
				"router",
				/of the gateway's network/,
			),
			row("a gateway that is not there", "tunnel", { vpnGateway: "nowhere" }, "vpnGateway", /names no existing/),
			row("a public number", "bgpRouter", { bgp: { asn: 7224 } }, "bgp.asn", /private number/),
			row(
				"ranges without their mode",
				"bgpRouter",
				{ bgp: { advertiseMode: "DEFAULT" } },
				"bgp.advertisedIpRanges",
				/CUSTOM/,
			),
			row("an address outside", "inside", { ipRange: "10.0.0.2/30" }, "ipRange", /169\.254/),
			row("a tunnel's second interface", "inside", {}, "vpnTunnel", /already/),
			row("a session without interface", "session", { interface: "x" }, "interface", /none|names no existing/),
			row("a session with oneself", "session", { peerIpAddress: "169.254.30.2" }, "peerIpAddress", /other address/),
			row("the router's own number", "session", { peerAsn: 64_900 }, "peerAsn", /another than/),
		],
		set,
	);

	it("keep their secret", () => {
		assert.ok(factsFor("gcp").resources["gcp:compute/vPNTunnel:VPNTunnel"]?.secretOutputs.includes("sharedSecret"));
	});
});

describe("a policy for what leaves a network", () => {
	refuses(
		(): Refused[] =>
			[
				row(
					"a wildcard",
					"domains",
					{ priority: 1, match: { destFqdns: ["*.quay.io"] } },
					"match.destFqdns",
					/without wildcards/,
				),
				row("a priority twice", "domains", {}, "priority", /is taken by/),
				row(
					"no destination",
					"domains",
					{ priority: 1, match: { destFqdns: null } },
					"match.destIpRanges",
					/one destination/,
				),
				row(
					"a source of what leaves",
					"domains",
					{ priority: 1, match: { srcFqdns: ["quay.io"] } },
					"match.srcFqdns",
					/other side/,
				),
				row("a wrong action", "domains", { priority: 1, action: "drop" }, "action", /must be/),
				row("a second policy", "joined", {}, "attachmentTarget", /takes one/),
				row("an RDMA network", "joined", { attachmentTarget: at.of("rdmaVpc").id }, "attachmentTarget", /RDMA/),
			].map((each) => {
				const { name: _, ...inputs } = each.inputs;
				return each.type.includes("Rule") ? { ...each, inputs } : each;
			}),
		set,
	);
});

describe("what opens a window", () => {
	refuses(
		(): Refused[] =>
			[
				row("a line of six fields", "open", { schedule: "0 30 11 1 12 *" }, "schedule", /five fields/),
				row("the thirteenth month", "open", { schedule: "30 11 1 13 *" }, "schedule", /five fields/),
				row("a zone that is not", "open", { timeZone: "Mars/Olympus" }, "timeZone", /tz database/),
				row(
					"Google's token for others",
					"open",
					{ httpTarget: { uri: "https://example.com/x" } },
					"httpTarget.oauthToken",
					/googleapis/,
				),
				row("plain text", "open", { httpTarget: { body: "{}" } }, "httpTarget.body", /base64/),
				row("six tries", "open", { retryConfig: { retryCount: 6 } }, "retryConfig.retryCount", /0 to 5/),
				row("a role with a hyphen", "resizer", { roleId: "dev-windows" }, "roleId", /no hyphen/),
				row("no permission", "resizer", { roleId: "none", permissions: [] }, "permissions", /at least one/),
				row(
					"a role that is not there",
					"resizerGrant",
					{ role: "projects/research-lab/roles/nobody" },
					"role",
					/names no existing role/,
				),
			].map((each) => {
				const { name, ...inputs } = each.inputs;
				return each.type.includes("/job:")
					? { ...each, inputs: { ...inputs, name: name ?? null } }
					: { ...each, inputs };
			}),
		set,
	);
});

import assert from "node:assert/strict";
import fc from "fast-check";
import type { ResourceNode } from "../../../lib/graph";
import { type Properties, SECRET, UNKNOWN, type Value } from "../../../lib/values";
import { firewallNoPublicAdminIngress as rule } from "../../../policies/rules/gcp/firewall-no-public-admin-ingress";
import { findingsOf, verdictsOf } from "../../support/judging";
import { firewall, gcp } from "../../support/resources-gcp";

type Verdicts = ReturnType<typeof verdictsOf>;

const SSH: Properties = { protocol: "tcp", ports: ["22"] };
const OPEN: Properties = { sourceRanges: ["0.0.0.0/0"], allows: [SSH] };

function single(inputs: Properties): Verdicts {
	return verdictsOf(rule, [firewall(inputs)]);
}

describe("G06 firewall-no-public-admin-ingress", () => {
	it("passes private ranges, tags, accounts and the internet on other ports", () => {
		assert.deepEqual(single({}), ["pass"]);
		assert.deepEqual(single({ ...OPEN, sourceRanges: ["10.0.0.7"] }), ["pass"]);
		assert.deepEqual(single({ sourceRanges: null, sourceTags: ["bastion"], allows: [SSH] }), ["pass"]);
		assert.deepEqual(single({ sourceRanges: [], sourceServiceAccounts: ["a@p"], allows: [SSH] }), ["pass"]);
		assert.deepEqual(single({ ...OPEN, allows: [{ protocol: "tcp", ports: ["443", "80"] }] }), ["pass"]);
		assert.deepEqual(single({ ...OPEN, allows: [{ protocol: "icmp" }] }), ["pass"]);
	});

	it("fails every spelling of the internet, and no source at all", () => {
		for (const range of ["0.0.0.0/0", "::/0", "0.0.0.0/1", "0.0.0.0/00", "::ffff:0:0/96", "anyone"]) {
			assert.deepEqual(single({ ...OPEN, sourceRanges: ["10.0.0.0/8", range] }), ["fail"], range);
		}
		assert.deepEqual(single({ ...OPEN, sourceRanges: ["0.0.0.0/1", "128.0.0.0/1"] }), ["fail"]);
		for (const sourceRanges of [null, []]) {
			assert.deepEqual(single({ sourceRanges, allows: [SSH] }), ["fail"]);
		}
		assert.deepEqual(single({ ...OPEN, sourceTags: ["bastion"] }), ["fail"]);
	});

	it("sees the port in ranges, without ports and through every protocol", () => {
		for (const ports of [["20-25"], ["443", "22"], [22], [], null, ["ssh"], ["0-65535"]] satisfies Value[]) {
			assert.deepEqual(single({ ...OPEN, allows: [{ protocol: "tcp", ports }] }), ["fail"], JSON.stringify(ports));
		}
		for (const protocol of ["all", "ALL", "6", "TCP"]) {
			assert.deepEqual(single({ ...OPEN, allows: [{ protocol }] }), ["fail"], protocol);
		}
		assert.deepEqual(single({ ...OPEN, allows: [{ protocol: "icmp" }, SSH] }), ["fail"]);
		assert.deepEqual(single({ ...OPEN, allows: [{ protocol: "17", ports: ["3389"] }] }), ["fail"]);
	});

	it("leaves egress, disabled rules and denials alone", () => {
		assert.deepEqual(single({ ...OPEN, direction: "EGRESS" }), ["not-applicable"]);
		assert.deepEqual(single({ ...OPEN, disabled: true }), ["not-applicable"]);
		assert.deepEqual(single({ ...OPEN, disabled: "false" }), ["fail"]);
		assert.deepEqual(single({ sourceRanges: ["0.0.0.0/0"], allows: null, denies: [{ protocol: "all" }] }), ["pass"]);
	});

	it("never loses a violation behind an unknown, in either order", () => {
		assert.deepEqual(single({ ...OPEN, sourceRanges: [UNKNOWN, "0.0.0.0/0"] }), ["fail"]);
		assert.deepEqual(single({ ...OPEN, sourceRanges: ["0.0.0.0/0", UNKNOWN] }), ["fail"]);
		assert.deepEqual(single({ ...OPEN, allows: [UNKNOWN, SSH] }), ["fail"]);
		assert.deepEqual(single({ ...OPEN, allows: [SSH, UNKNOWN] }), ["fail"]);
		assert.deepEqual(single({ ...OPEN, allows: [{ protocol: "tcp", ports: [UNKNOWN, "22"] }] }), ["fail"]);
	});

	it("cannot decide an unknown or secret that decides, and ignores one that does not", () => {
		for (const inputs of [
			{ sourceRanges: UNKNOWN },
			{ sourceRanges: [SECRET] },
			{ sourceRanges: null, sourceTags: UNKNOWN },
			{ allows: UNKNOWN },
			{ allows: [{ protocol: UNKNOWN, ports: ["22"] }] },
			{ allows: [{ protocol: "tcp", ports: UNKNOWN }] },
			{ direction: UNKNOWN },
			{ disabled: UNKNOWN },
		] satisfies Properties[]) {
			assert.deepEqual(single({ ...OPEN, ...inputs }), ["undetermined"], JSON.stringify(inputs));
		}
		assert.deepEqual(single({ sourceRanges: UNKNOWN, allows: [{ protocol: "tcp", ports: ["443"] }] }), ["pass"]);
	});

	it("names the port", () => {
		const [finding] = findingsOf(rule, [
			firewall({ ...OPEN, allows: [{ protocol: "tcp", ports: ["20-25", "3389"] }] }),
		]);
		assert.equal(finding?.message, "the internet reaches port 22, 3389");
		const [every] = findingsOf(rule, [firewall({ ...OPEN, allows: [{ protocol: "all" }] })]);
		assert.equal(every?.message, "the internet reaches every port");
	});

	it("fails any range that holds a guarded port, and passes any that does not", () => {
		fc.assert(
			fc.property(fc.nat(65535), fc.nat(65535), (a, b) => {
				const [low, high] = [Math.min(a, b), Math.max(a, b)];
				const node = firewall({ ...OPEN, allows: [{ protocol: "tcp", ports: [`${low}-${high}`] }] });
				const holds = [22, 5432].some((port) => low <= port && port <= high);
				assert.deepEqual(verdictsOf(rule, [node], { params: { ports: [22, 5432] } }), [holds ? "fail" : "pass"]);
			}),
		);
	});
});

describe("G06 rules that deny first", () => {
	const allow = firewall(OPEN, "allow");

	function denied(inputs: Properties, name = "deny"): Verdicts {
		const deny = firewall({ sourceRanges: ["0.0.0.0/0"], allows: null, denies: [SSH], priority: 900, ...inputs }, name);
		return verdictsOf(rule, [allow, deny], { urn: allow.urn });
	}

	it("passes what comes first, or has the same priority, and denies all of it", () => {
		assert.deepEqual(denied({}), ["pass"]);
		assert.deepEqual(denied({ priority: 1000 }), ["pass"]);
		assert.deepEqual(denied({ priority: null }), ["pass"]);
		assert.deepEqual(denied({ denies: [{ protocol: "all" }], sourceRanges: null }), ["pass"]);
		assert.deepEqual(denied({ network: "projects/p/global/networks/main" }), ["pass"]);
	});

	it("fails what comes later, is elsewhere, or denies less", () => {
		for (const inputs of [
			{ priority: 1001 },
			{ network: "other" },
			{ disabled: true },
			{ direction: "EGRESS" },
			{ denies: [{ protocol: "udp", ports: ["22"] }] },
			{ denies: [{ protocol: "tcp", ports: ["23-30"] }] },
			{ sourceRanges: ["0.0.0.0/1"] },
			{ sourceRanges: ["::/0"] },
			{ targetTags: ["web"] },
		] satisfies Properties[]) {
			assert.deepEqual(denied(inputs), ["fail"], JSON.stringify(inputs));
		}
	});

	it("cannot decide while what denies is not known", () => {
		for (const inputs of [
			{ priority: UNKNOWN },
			{ sourceRanges: UNKNOWN },
			{ denies: UNKNOWN },
			{ disabled: UNKNOWN },
			{ network: UNKNOWN },
			{ targetTags: UNKNOWN },
		] satisfies Properties[]) {
			assert.deepEqual(denied(inputs), ["undetermined"], JSON.stringify(inputs));
		}
	});
});

describe("G06 for firewall policies", () => {
	const TYPES = [
		"compute/firewallPolicyRule:FirewallPolicyRule",
		"compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule",
		"compute/regionNetworkFirewallPolicyRule:RegionNetworkFirewallPolicyRule",
	];
	const MATCH: Properties = { srcIpRanges: ["0.0.0.0/0"], layer4Configs: [{ ipProtocol: "tcp", ports: ["22"] }] };

	function entry(match: Properties, inputs: Properties = {}): Properties {
		return { action: "allow", direction: "INGRESS", priority: 1000, match: { ...MATCH, ...match }, ...inputs };
	}

	function policyRule(match: Properties, inputs: Properties = {}, name = "r"): ResourceNode {
		return gcp(TYPES[1] ?? "", name, { firewallPolicy: "edge", ...entry(match, inputs) });
	}

	function judged(match: Properties, inputs: Properties = {}): Verdicts {
		return verdictsOf(rule, [policyRule(match, inputs)]);
	}

	it("judges each kind of rule, and policies with their rules inside", () => {
		for (const type of TYPES) {
			assert.deepEqual(verdictsOf(rule, [gcp(type, "r", { firewallPolicy: "edge", ...entry({}) })]), ["fail"], type);
		}
		const type = "compute/networkFirewallPolicyWithRules:NetworkFirewallPolicyWithRules";
		const whole = (...rules: Value[]): Verdicts => verdictsOf(rule, [gcp(type, "w", { rules })]);
		assert.deepEqual(whole(entry({})), ["fail"]);
		assert.deepEqual(whole(entry({}), entry({}, { action: "deny", priority: 10 })), ["pass"]);
		assert.deepEqual(whole(UNKNOWN, entry({})), ["fail", "undetermined"]);
		assert.deepEqual(whole(), ["pass"]);
	});

	it("reads sources that name networks, and those that name the internet", () => {
		assert.deepEqual(judged({ srcIpRanges: ["10.0.0.0/8"] }), ["pass"]);
		assert.deepEqual(judged({ srcIpRanges: null, srcSecureTags: [{ name: UNKNOWN }] }), ["pass"]);
		assert.deepEqual(judged({ srcIpRanges: null, srcFqdns: ["office.example.com"] }), ["pass"]);
		assert.deepEqual(judged({ srcNetworkContext: "VPC_NETWORKS" }), ["pass"]);
		assert.deepEqual(judged({ srcNetworkContext: "INTERNET" }), ["fail"]);
		assert.deepEqual(judged({ srcIpRanges: null }), ["fail"]);
		assert.deepEqual(judged({ srcIpRanges: null, srcRegionCodes: ["US"] }), ["fail"]);
		assert.deepEqual(judged({ srcFqdns: ["office.example.com"] }), ["fail"]);
	});

	it("reads actions, layers and switches", () => {
		for (const action of ["deny", "goto_next", "gotoNext"]) {
			assert.deepEqual(judged({}, { action }), ["pass"], action);
		}
		assert.deepEqual(judged({}, { action: "apply_security_profile_group" }), ["fail"]);
		assert.deepEqual(judged({}, { disabled: true }), ["not-applicable"]);
		assert.deepEqual(judged({}, { direction: "EGRESS" }), ["not-applicable"]);
		assert.deepEqual(judged({ layer4Configs: [] }), ["fail"]);
		assert.deepEqual(judged({ layer4Configs: [{ ipProtocol: "all" }] }), ["fail"]);
		assert.deepEqual(judged({ layer4Configs: [{ ipProtocol: "udp", ports: ["53"] }] }), ["pass"]);
	});

	it("cannot decide unknowns, and keeps a violation beside one", () => {
		assert.deepEqual(judged({}, { action: UNKNOWN }), ["undetermined"]);
		assert.deepEqual(judged({}, { match: UNKNOWN }), ["undetermined"]);
		assert.deepEqual(judged({ srcIpRanges: UNKNOWN }), ["undetermined"]);
		assert.deepEqual(judged({ srcNetworkContext: UNKNOWN }), ["undetermined"]);
		assert.deepEqual(judged({ srcIpRanges: null, srcFqdns: UNKNOWN }), ["undetermined"]);
		assert.deepEqual(judged({ srcIpRanges: ["0.0.0.0/0", UNKNOWN] }), ["fail"]);
		assert.deepEqual(judged({ srcIpRanges: ["0.0.0.0/0"], srcFqdns: UNKNOWN }), ["fail"]);
	});

	it("lets only a rule of the same policy that comes first deny", () => {
		const allow = policyRule({}, {}, "allow");
		const against = (inputs: Properties): Verdicts =>
			verdictsOf(rule, [allow, policyRule({}, { action: "deny", priority: 10, ...inputs }, "deny")], {
				urn: allow.urn,
			});
		assert.deepEqual(against({}), ["pass"]);
		assert.deepEqual(against({ action: "goto_next" }), ["pass"]);
		assert.deepEqual(against({ priority: 1001 }), ["fail"]);
		assert.deepEqual(against({ priority: 1000 }), ["fail"]);
		assert.deepEqual(against({ firewallPolicy: "other" }), ["fail"]);
		assert.deepEqual(against({ targetServiceAccounts: ["web@p"] }), ["fail"]);
		assert.deepEqual(against({ firewallPolicy: UNKNOWN }), ["undetermined"]);
	});

	it("judges address groups where they are made", () => {
		const group = (items: Value): Verdicts =>
			verdictsOf(rule, [gcp("networksecurity/addressGroup:AddressGroup", "g", { items })]);
		assert.deepEqual(group(["10.0.0.0/8", "203.0.113.7"]), ["pass"]);
		assert.deepEqual(group(["10.0.0.0/8", "0.0.0.0/0"]), ["fail"]);
		assert.deepEqual(group([UNKNOWN]), ["undetermined"]);
		assert.deepEqual(judged({ srcIpRanges: null, srcAddressGroups: ["g"] }), ["pass"]);
	});
});

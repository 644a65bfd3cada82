import assert from "node:assert/strict";
import fc from "fast-check";
import type { ResourceNode } from "../../../lib/graph";
import { type Properties, SECRET, UNKNOWN, type Value } from "../../../lib/values";
import { nsgNoPublicAdminIngress as rule } from "../../../policies/rules/azure/nsg-no-public-admin-ingress";
import { findingsOf, verdictsOf } from "../../support/judging";
import { azure, securityRule } from "../../support/resources-azure";

type Verdicts = ReturnType<typeof verdictsOf>;

function group(...securityRules: Value[]): ResourceNode {
	return azure("network:NetworkSecurityGroup", "nsg", { securityRules });
}

function inline(...rules: Value[]): Verdicts {
	return verdictsOf(rule, [group(...rules)]);
}

function single(inputs: Properties): Verdicts {
	return verdictsOf(rule, [
		azure("network:SecurityRule", "r", { networkSecurityGroupName: "nsg", ...securityRule(inputs) }),
	]);
}

const OPEN: Properties = { sourceAddressPrefix: "*", destinationPortRange: "22" };
const DENY: Properties = {
	access: "Deny",
	priority: 100,
	protocol: "*",
	sourceAddressPrefix: "*",
	destinationPortRange: "*",
};
const deny = (inputs: Properties = {}): Properties => securityRule({ ...DENY, ...inputs });
const open = (inputs: Properties = {}): Properties => securityRule({ ...OPEN, ...inputs });

describe("Z08 nsg-no-public-admin-ingress", () => {
	it("passes private sources, service tags, groups and the internet on other ports", () => {
		assert.deepEqual(inline(), ["pass"]);
		assert.deepEqual(inline(securityRule()), ["pass"]);
		assert.deepEqual(inline(open({ destinationPortRange: "443" })), ["pass"]);
		for (const tag of ["VirtualNetwork", "AzureLoadBalancer", "GatewayManager", "Storage.WestEurope", "10.0.0.4"]) {
			assert.deepEqual(single({ ...OPEN, sourceAddressPrefix: tag }), ["pass"], tag);
		}
		const asg = { sourceAddressPrefix: null, sourceApplicationSecurityGroups: [{ id: UNKNOWN }] };
		assert.deepEqual(single({ ...OPEN, ...asg }), ["pass"]);
		assert.deepEqual(single({ ...OPEN, protocol: "Icmp", destinationPortRange: "*" }), ["pass"]);
	});

	it("fails every spelling of the internet, in both forms, inline and separate", () => {
		for (const source of [
			"*",
			"Internet",
			"internet",
			"Any",
			"0.0.0.0/0",
			"::/0",
			"0.0.0.0/1",
			"AzureCloud",
			"AzureCloud.westeurope",
		]) {
			assert.deepEqual(single({ ...OPEN, sourceAddressPrefix: source }), ["fail"], source);
			assert.deepEqual(inline(open({ sourceAddressPrefix: source })), ["fail"], source);
			const plural = { sourceAddressPrefix: null, sourceAddressPrefixes: ["10.0.0.0/8", source] };
			assert.deepEqual(single({ ...OPEN, ...plural }), ["fail"], source);
		}
		const halves = { sourceAddressPrefix: null, sourceAddressPrefixes: ["0.0.0.0/1", "128.0.0.0/1"] };
		assert.deepEqual(single({ ...OPEN, ...halves }), ["fail"]);
		assert.deepEqual(single({ ...OPEN, sourceAddressPrefix: null }), ["fail"]);
		assert.deepEqual(single({ ...OPEN, sourceAddressPrefix: "10.0.0.0/99" }), ["fail"]);
	});

	it("sees the port in both forms, in ranges and through every protocol", () => {
		for (const range of ["22", "20-25", "*", "0-65535", "22,3389"]) {
			assert.deepEqual(single({ ...OPEN, destinationPortRange: range }), ["fail"], range);
			const plural = { destinationPortRange: null, destinationPortRanges: ["443", range] };
			assert.deepEqual(single({ ...OPEN, ...plural }), ["fail"], range);
		}
		assert.deepEqual(single({ ...OPEN, destinationPortRange: null }), ["fail"]);
		assert.deepEqual(single({ ...OPEN, destinationPortRange: "23-79" }), ["pass"]);
		assert.deepEqual(single({ ...OPEN, protocol: "*", destinationPortRange: "443" }), ["pass"]);
		for (const protocol of ["*", "TCP", "udp", UNKNOWN]) {
			const found = single({ ...OPEN, protocol, destinationPortRange: "3389" });
			assert.deepEqual(found, [protocol === UNKNOWN ? "undetermined" : "fail"], protocol);
		}
	});

	it("leaves outbound rules and denials alone", () => {
		assert.deepEqual(single({ ...OPEN, direction: "Outbound" }), ["not-applicable"]);
		assert.deepEqual(inline(deny()), ["pass"]);
		assert.deepEqual(single({ ...OPEN, direction: UNKNOWN }), ["undetermined"]);
		assert.deepEqual(single({ ...OPEN, access: UNKNOWN }), ["undetermined"]);
	});

	it("never loses a violation behind an unknown, in either order", () => {
		const plural = (...sources: Value[]) => open({ sourceAddressPrefix: null, sourceAddressPrefixes: sources });
		assert.deepEqual(inline(plural(UNKNOWN, "0.0.0.0/0")), ["fail"]);
		assert.deepEqual(inline(plural("0.0.0.0/0", SECRET)), ["fail"]);
		assert.deepEqual(inline(UNKNOWN, open()), ["fail", "undetermined"]);
		assert.deepEqual(inline(open(), UNKNOWN), ["fail", "undetermined"]);
		assert.deepEqual(inline(open({ sourceAddressPrefix: UNKNOWN })), ["undetermined"]);
		assert.deepEqual(inline(open({ sourceAddressPrefix: UNKNOWN, destinationPortRange: "443" })), ["pass"]);
		assert.deepEqual(inline(open({ destinationPortRange: UNKNOWN })), ["undetermined"]);
	});

	it("names the rule and the port, and takes its ports by parameter", () => {
		const [finding] = findingsOf(rule, [group(securityRule(), open())]);
		assert.equal(finding?.property, "securityRules[1]");
		assert.equal(finding?.message, "the internet reaches port 22");
		const nodes = [group(open({ destinationPortRange: "8443" }))];
		assert.deepEqual(verdictsOf(rule, nodes, { params: { ports: [8443] } }), ["fail"]);
	});

	it("fails any range that holds a guarded port, and passes any that does not", () => {
		fc.assert(
			fc.property(fc.nat(65535), fc.nat(65535), (a, b) => {
				const [low, high] = [Math.min(a, b), Math.max(a, b)];
				const node = group(open({ destinationPortRange: `${low}-${high}` }));
				const holds = [22, 5432].some((port) => low <= port && port <= high);
				assert.deepEqual(verdictsOf(rule, [node], { params: { ports: [22, 5432] } }), [holds ? "fail" : "pass"]);
			}),
		);
	});
});

describe("Z08 rules that deny first", () => {
	it("passes what a lower number denies, however it is split", () => {
		assert.deepEqual(inline(deny(), open()), ["pass"]);
		assert.deepEqual(inline(open(), deny({ protocol: "tcp", destinationPortRange: "20-25" })), ["pass"]);
		assert.deepEqual(inline(open(), deny({ sourceAddressPrefix: "Internet" })), ["pass"]);
		const half = (source: string, priority: number) => deny({ sourceAddressPrefix: source, priority });
		const split = open({ sourceAddressPrefix: "0.0.0.0/0" });
		assert.deepEqual(inline(split, half("0.0.0.0/1", 101), half("128.0.0.0/1", 102)), ["pass"]);
		assert.deepEqual(inline(split, half("0.0.0.0/1", 101)), ["fail"]);
	});

	it("fails what only a higher number, another protocol, port, source or target denies", () => {
		for (const other of [
			{ priority: 300 },
			{ protocol: "Udp" },
			{ destinationPortRange: "23" },
			{ sourceAddressPrefix: "0.0.0.0/0" },
			{ sourceAddressPrefix: "AzureCloud" },
			{ sourcePortRange: "1024" },
			{ destinationAddressPrefix: "10.0.0.4" },
			{ direction: "Outbound" },
		]) {
			assert.deepEqual(inline(open(), deny(other)), ["fail"], JSON.stringify(other));
		}
		assert.deepEqual(inline(open({ destinationPortRange: "22-23" }), deny({ destinationPortRange: "23" })), ["fail"]);
	});

	it("covers a limited target by the same one", () => {
		const target = { destinationAddressPrefix: "10.0.0.4" };
		assert.deepEqual(inline(open(target), deny(target)), ["pass"]);
		assert.deepEqual(inline(open(target), deny({ destinationAddressPrefix: "10.0.0.5" })), ["fail"]);
		assert.deepEqual(inline(open(target), deny({ destinationAddressPrefix: UNKNOWN })), ["undetermined"]);
	});

	it("cannot decide while what denies is not known", () => {
		for (const other of [
			{ priority: UNKNOWN },
			{ access: UNKNOWN },
			{ protocol: UNKNOWN },
			{ sourceAddressPrefix: UNKNOWN },
			{ destinationPortRange: UNKNOWN },
		]) {
			assert.deepEqual(inline(open(), deny(other)), ["undetermined"], JSON.stringify(other));
		}
		assert.deepEqual(inline(open({ priority: UNKNOWN }), deny()), ["undetermined"]);
	});

	it("joins separate rules with their group, by name or by what the name was computed from", () => {
		const nsg = group(deny());
		const separate = (name: Value, from: ResourceNode[]): ResourceNode =>
			azure(
				"network:SecurityRule",
				"r",
				{ networkSecurityGroupName: name, ...open() },
				{ from: { networkSecurityGroupName: from } },
			);
		const joined = separate(UNKNOWN, [nsg]);
		assert.deepEqual(verdictsOf(rule, [nsg, joined], { urn: joined.urn }), ["pass"]);
		const other = { ...azure("network:NetworkSecurityGroup", "other", {}) };
		const apart = separate(UNKNOWN, [other]);
		assert.deepEqual(verdictsOf(rule, [nsg, other, apart], { urn: apart.urn }), ["fail"]);
		const loose = separate(UNKNOWN, []);
		assert.deepEqual(verdictsOf(rule, [nsg, loose], { urn: loose.urn }), ["undetermined"]);
	});

	it("joins by known names, which differ by resource group and not by case", () => {
		const named = (resourceGroupName: string): ResourceNode =>
			azure("network:NetworkSecurityGroup", "nsg", {
				resourceGroupName,
				networkSecurityGroupName: "NSG-1",
				securityRules: [deny()],
			});
		const separate = azure("network:SecurityRule", "r", {
			resourceGroupName: "rg",
			networkSecurityGroupName: "nsg-1",
			...open(),
		});
		assert.deepEqual(verdictsOf(rule, [named("RG"), separate], { urn: separate.urn }), ["pass"]);
		assert.deepEqual(verdictsOf(rule, [named("other"), separate], { urn: separate.urn }), ["fail"]);
	});
});

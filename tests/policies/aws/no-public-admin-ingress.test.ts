import assert from "node:assert/strict";
import fc from "fast-check";
import { type Properties, SECRET, UNKNOWN, type Value } from "../../../lib/values";
import { noPublicAdminIngress as rule } from "../../../policies/rules/aws/no-public-admin-ingress";
import { findingsOf, verdictsOf } from "../../support/judging";
import { ingressRule, resource } from "../../support/resources";

type Verdicts = ReturnType<typeof verdictsOf>;

function single(inputs: Properties): Verdicts {
	return verdictsOf(rule, [ingressRule(inputs)]);
}

function inline(...ingress: Value[]): Verdicts {
	return verdictsOf(rule, [resource("aws:ec2/securityGroup:SecurityGroup", "sg", { ingress })]);
}

function entry(inputs: Properties = {}): Properties {
	return { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["10.0.0.0/8"], ...inputs };
}

describe("A18 no-public-admin-ingress", () => {
	it("passes private sources, other groups and the internet on other ports", () => {
		assert.deepEqual(single({}), ["pass"]);
		assert.deepEqual(inline(entry({ cidrBlocks: [], securityGroups: ["sg-1"] })), ["pass"]);
		assert.deepEqual(inline(entry({ cidrBlocks: ["0.0.0.0/0"], fromPort: 443, toPort: 443 })), ["pass"]);
		assert.deepEqual(inline(), ["pass"]);
	});

	it("fails every spelling of the internet", () => {
		for (const cidr of ["0.0.0.0/0", "0.0.0.0/00", " 0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "8.0.0.0/5"]) {
			assert.deepEqual(single({ cidrIpv4: cidr }), ["fail"], cidr);
		}
		for (const cidr of ["::/0", "0:0:0:0:0:0:0:0/0", "::/1", "2000::/3", "::ffff:0:0/96", "::ffff:0.0.0.0/97"]) {
			assert.deepEqual(single({ cidrIpv6: cidr }), ["fail"], cidr);
		}
		assert.deepEqual(inline(entry({ cidrBlocks: ["0.0.0.0/1", "128.0.0.0/1"] })), ["fail"]);
		assert.deepEqual(inline(entry({ self: true, cidrBlocks: ["0.0.0.0/0"] })), ["fail"]);
		assert.deepEqual(inline(entry({ prefixListIds: ["pl-1"], ipv6CidrBlocks: ["::/0"] })), ["fail"]);
		assert.deepEqual(
			verdictsOf(rule, [
				resource("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "d", {
					ingress: [entry({ cidrBlocks: ["0.0.0.0/0"] })],
				}),
			]),
			["fail"],
		);
	});

	it("fails what is no address block", () => {
		for (const cidr of ["everyone", "010.0.0.0/8", "1.2.3.4", 7]) {
			assert.deepEqual(single({ cidrIpv4: cidr }), ["fail"], String(cidr));
		}
	});

	it("passes public ranges of one owner", () => {
		assert.deepEqual(single({ cidrIpv4: "17.0.0.0/8" }), ["pass"]);
		assert.deepEqual(single({ cidrIpv6: "2600:1f00::/24" }), ["pass"]);
		assert.deepEqual(single({ cidrIpv6: "fc00::/7" }), ["pass"]);
	});

	it("sees the port in ranges and through protocols that have none", () => {
		const open = { cidrIpv4: "0.0.0.0/0" };
		assert.deepEqual(single({ ...open, fromPort: 20, toPort: 25 }), ["fail"]);
		assert.deepEqual(single({ ...open, fromPort: 0, toPort: 65535 }), ["fail"]);
		assert.deepEqual(single({ ...open, fromPort: "22", toPort: "22" }), ["fail"]);
		for (const protocol of ["-1", "all", "ALL", -1]) {
			assert.deepEqual(single({ ...open, ipProtocol: protocol, fromPort: 0, toPort: 0 }), ["fail"], String(protocol));
		}
		for (const protocol of ["tcp", "TCP", "6", "udp"]) {
			assert.deepEqual(single({ ...open, ipProtocol: protocol, fromPort: 3389, toPort: 3389 }), ["fail"], protocol);
		}
		const portless = { cidrIpv4: "0.0.0.0/0", ipProtocol: "tcp", fromPort: null, toPort: null };
		assert.deepEqual(single(portless), ["fail"]);
		assert.deepEqual(single({ ...open, fromPort: 80, toPort: null }), ["fail"]);
		assert.deepEqual(single({ ...open, fromPort: null, toPort: 21 }), ["fail"]);
		assert.deepEqual(single({ ...open, fromPort: -1, toPort: -1 }), ["fail"]);
		assert.deepEqual(single({ ...open, ipProtocol: "icmp", fromPort: -1, toPort: -1 }), ["pass"]);
		assert.deepEqual(single({ ...open, fromPort: 23, toPort: 79 }), ["pass"]);
	});

	it("reads the separate rule resource, and leaves egress alone", () => {
		const base = { ...entry({ cidrBlocks: ["0.0.0.0/0"] }), type: "ingress" };
		const of = (inputs: Properties) =>
			verdictsOf(rule, [resource("aws:ec2/securityGroupRule:SecurityGroupRule", "r", inputs)]);
		assert.deepEqual(of(base), ["fail"]);
		assert.deepEqual(of({ ...base, type: "egress" }), ["not-applicable"]);
		assert.deepEqual(of({ ...base, type: UNKNOWN }), ["undetermined"]);
	});

	it("never loses a violation behind an unknown, in either order", () => {
		assert.deepEqual(inline(entry({ cidrBlocks: [UNKNOWN, "0.0.0.0/0"] })), ["fail"]);
		assert.deepEqual(inline(entry({ cidrBlocks: ["0.0.0.0/0", UNKNOWN] })), ["fail"]);
		assert.deepEqual(inline(UNKNOWN, entry({ cidrBlocks: ["0.0.0.0/0"] })), ["fail", "undetermined"]);
		assert.deepEqual(inline(entry({ cidrBlocks: ["0.0.0.0/0"] }), UNKNOWN), ["fail", "undetermined"]);
	});

	it("cannot decide an unknown or secret that decides, and ignores one that does not", () => {
		assert.deepEqual(single({ cidrIpv4: UNKNOWN }), ["undetermined"]);
		assert.deepEqual(single({ cidrIpv4: SECRET }), ["undetermined"]);
		assert.deepEqual(single({ cidrIpv4: `${UNKNOWN}/0` }), ["undetermined"]);
		assert.deepEqual(single({ cidrIpv4: "0.0.0.0/0", ipProtocol: UNKNOWN }), ["undetermined"]);
		assert.deepEqual(single({ cidrIpv4: "0.0.0.0/0", fromPort: UNKNOWN }), ["undetermined"]);
		assert.deepEqual(single({ cidrIpv4: "0.0.0.0/0", fromPort: UNKNOWN, toPort: 21 }), ["pass"]);
		assert.deepEqual(single({ cidrIpv4: UNKNOWN, fromPort: 443, toPort: 443 }), ["pass"]);
		assert.deepEqual(single({ ipProtocol: UNKNOWN }), ["pass"]);
	});

	it("judges prefix lists where they are made", () => {
		const list = (entries: Value) =>
			verdictsOf(rule, [resource("aws:ec2/managedPrefixList:ManagedPrefixList", "pl", { entries })]);
		assert.deepEqual(list([{ cidr: "10.0.0.0/8" }]), ["pass"]);
		assert.deepEqual(list([{ cidr: "10.0.0.0/8" }, { cidr: "0.0.0.0/0" }]), ["fail"]);
		assert.deepEqual(list([{ cidr: UNKNOWN }]), ["undetermined"]);
		const one = resource("aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry", "e", { cidr: "0.0.0.0/0" });
		assert.deepEqual(verdictsOf(rule, [one]), ["fail"]);
	});

	it("names the entry and the port", () => {
		const group = resource("aws:ec2/securityGroup:SecurityGroup", "sg", {
			ingress: [entry(), entry({ cidrBlocks: ["0.0.0.0/0"] })],
		});
		const [finding] = findingsOf(rule, [group]);
		assert.equal(finding?.property, "ingress[1]");
		assert.equal(finding?.message, "the internet reaches port 22");
	});

	it("fails any range that holds a guarded port, and passes any that does not", () => {
		fc.assert(
			fc.property(fc.nat(65535), fc.nat(65535), (a, b) => {
				const [fromPort, toPort] = [Math.min(a, b), Math.max(a, b)];
				const inputs = { cidrIpv4: "0.0.0.0/0", fromPort, toPort };
				const verdicts = verdictsOf(rule, [ingressRule(inputs)], { params: { ports: [22, 5432] } });
				const holds = [22, 5432].some((port) => fromPort <= port && port <= toPort);
				assert.deepEqual(verdicts, [holds ? "fail" : "pass"]);
			}),
		);
	});
});

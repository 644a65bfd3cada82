import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { type Value, valuesAt } from "../../../lib/values";
import { isAnyAddress, numberAt, textAt } from "../../counting";

const GROUPS = ["aws:ec2/securityGroup:SecurityGroup", "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"] as const;
const OLD_RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
const RULES = {
	ingress: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
	egress: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
} as const;

const ADDRESSES = ["cidrIpv4", "cidrIpv6", "cidrBlocks[]", "ipv6CidrBlocks[]"] as const;

/** One rule of a security group, wherever it is written. */
export interface GroupRule {
	readonly node: ResourceNode;
	readonly rule: Value;
}

/** All rules of one direction: resources of their own, of the older kind, and inside groups. */
export function groupRules(graph: ResourceGraph, direction: keyof typeof RULES): GroupRule[] {
	const older = graph.ofType(OLD_RULE).filter(({ inputs }) => textAt(inputs, "type") === direction);
	const own = [...graph.ofType(RULES[direction]), ...older].map((node) => ({ node, rule: node.inputs }));
	const inline = graph
		.ofType(...GROUPS)
		.flatMap((node) => valuesAt(node.inputs, `${direction}[]`).map(({ value }) => ({ node, rule: value })));
	return [...own, ...inline];
}

/** True for a rule of any address at all. */
export function isAnywhere({ rule }: GroupRule): boolean {
	return ADDRESSES.some((path) => valuesAt(rule, path).some(({ value }) => isAnyAddress(value)));
}

/** True for a rule of the HTTPS port alone, which a public entrance needs. */
export function isHttps({ rule }: GroupRule): boolean {
	return numberAt(rule, "fromPort") === 443 && numberAt(rule, "toPort") === 443;
}

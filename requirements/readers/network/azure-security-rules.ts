import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { type Value, valuesAt } from "../../../lib/values";
import { isAnyAddress, textAt } from "../../counting";
import type { TrafficDirection } from "./network";

const GROUP = "azure-native:network:NetworkSecurityGroup";
const RULE = "azure-native:network:SecurityRule";
const DIRECTIONS: { readonly [direction in TrafficDirection]: { readonly name: string; readonly peer: string } } = {
	ingress: { name: "Inbound", peer: "sourceAddressPrefix" },
	egress: { name: "Outbound", peer: "destinationAddressPrefix" },
};

/** One rule of a network security group, wherever it is written. */
export interface GroupRule {
	readonly node: ResourceNode;
	readonly group: ResourceNode | undefined;
	readonly rule: Value;
}

/** All rules: inside groups, and resources of their own. */
export function securityRules(graph: ResourceGraph): GroupRule[] {
	const inline = graph
		.ofType(GROUP)
		.flatMap((node) =>
			valuesAt(node.inputs, "securityRules[]").map(({ value }) => ({ node, group: node, rule: value })),
		);
	const own = graph.ofType(RULE).map((node) => {
		const [group] = graph.sourcesOf(node, "networkSecurityGroupName", GROUP);
		return { node, group, rule: node.inputs };
	});
	return [...inline, ...own];
}

/** True for a rule of this direction about any address at all, or about the whole internet by its service tag. */
export function isAnywhere(rule: Value, direction: TrafficDirection): boolean {
	const { name, peer } = DIRECTIONS[direction];
	const peers = [...valuesAt(rule, peer), ...valuesAt(rule, `${peer}es[]`)].map(({ value }) => value);
	return textAt(rule, "direction") === name && peers.some(isInternet);
}

/** True for a rule of the HTTPS port alone, which a public entrance needs. */
export function isHttps(rule: Value): boolean {
	const ports = portsOf(rule);
	return ports.length > 0 && ports.every((port) => port === "443");
}

/** True for a rule that denies every port and protocol to any address in a direction. */
export function refusesAll({ rule }: GroupRule, direction: TrafficDirection): boolean {
	const everything = textAt(rule, "protocol") === "*" && portsOf(rule).includes("*");
	return textAt(rule, "access") === "Deny" && everything && isAnywhere(rule, direction);
}

function portsOf(rule: Value): string[] {
	const ports = [...valuesAt(rule, "destinationPortRange"), ...valuesAt(rule, "destinationPortRanges[]")];
	return ports.map(({ value }) => String(value));
}

function isInternet(value: Value): boolean {
	return value === "*" || value === "Internet" || isAnyAddress(value);
}

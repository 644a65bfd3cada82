import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import type { Value } from "../../../lib/values";
import { fail, undetermined } from "../../judging";
import { at, readBoolean, readText } from "../../reading";
import type { Judgement } from "../../rule";

const SUBNET_TYPES = ["aws:ec2/subnet:Subnet", "aws:ec2/defaultSubnet:DefaultSubnet"] as const;
const PROPERTY = "subnetIds";

/**
 * What is wrong with the subnets of a node group: one that gives public addresses is a definite problem; more ids than
 * subnets of the program prove nothing of the others.
 */
export function judgeNodeSubnets(graph: ResourceGraph, node: ResourceNode): Judgement[] {
	const given = at(node.inputs, PROPERTY);
	const ids = Array.isArray(given) ? given : [];
	const byId = graph.ofType(...SUBNET_TYPES).filter((subnet) => hasIdOf(subnet, ids));
	const subnets = new Set([...byId, ...graph.sourcesOf(node, PROPERTY, ...SUBNET_TYPES)]);
	const problems = [...subnets].flatMap(addressProblem);
	if (subnets.size < Math.max(ids.length, 1)) {
		problems.push(undetermined("not all of its subnets are part of this program", PROPERTY));
	}
	return problems;
}

function hasIdOf(subnet: ResourceNode, ids: readonly Value[]): boolean {
	const own = readText(subnet.inputs, "id");
	return own.kind === "known" && ids.includes(own.value);
}

function addressProblem(subnet: ResourceNode): Judgement[] {
	const gives = readBoolean(subnet.inputs, "mapPublicIpOnLaunch");
	// A default subnet gives public addresses unless it is told not to.
	const unsaid = subnet.type === "aws:ec2/defaultSubnet:DefaultSubnet";
	if (gives.kind === "unknown") {
		return [undetermined(`it is not known yet whether subnet ${subnet.name} gives public addresses`, PROPERTY)];
	}
	return (gives.kind === "known" ? gives.value : unsaid)
		? [fail(`subnet ${subnet.name} gives its nodes public addresses`, PROPERTY)]
		: [];
}

import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { fail, undetermined } from "../../judging";
import { readBoolean, readList, readText } from "../../reading";
import type { Judgement } from "../../rule";

const SUBNET_TYPES = ["aws:ec2/subnet:Subnet", "aws:ec2/defaultSubnet:DefaultSubnet"] as const;
const PROPERTY = "subnetIds";

/**
 * What is wrong with the subnets of a node group: one that gives public addresses is a definite problem; ids that no
 * subnet of the program stands behind prove nothing.
 */
export function judgeNodeSubnets(graph: ResourceGraph, node: ResourceNode): Judgement[] {
	const ids = readList(node.inputs, PROPERTY);
	const known = ids.items.flatMap(({ value }) => (typeof value === "string" ? [value] : []));
	const byId = known.map((id) => graph.ofType(...SUBNET_TYPES).find((subnet) => hasId(subnet, id)));
	const behind = graph.sourcesOf(node, PROPERTY, ...SUBNET_TYPES);
	const subnets = new Set([...byId.filter((subnet) => subnet !== undefined), ...behind]);
	const problems = [...subnets].flatMap(addressProblem);
	const unproved = byId.includes(undefined) && behind.length === 0;
	if (subnets.size === 0 || unproved || (!ids.complete && behind.length === 0)) {
		problems.push(undetermined("its subnets are not part of this program", PROPERTY));
	}
	return problems;
}

function hasId(subnet: ResourceNode, id: string): boolean {
	const given = readText(subnet.inputs, "id");
	return given.kind === "known" && given.value === id;
}

function addressProblem(subnet: ResourceNode): Judgement[] {
	const gives = readBoolean(subnet.inputs, "mapPublicIpOnLaunch");
	// A default subnet gives public addresses unless it is told not to.
	const byDefault = subnet.type === "aws:ec2/defaultSubnet:DefaultSubnet";
	if (gives.kind === "unknown") {
		return [undetermined(`it is not known yet whether subnet ${subnet.name} gives public addresses`, PROPERTY)];
	}
	return (gives.kind === "known" && gives.value) || (gives.kind !== "known" && byDefault)
		? [fail(`subnet ${subnet.name} gives its nodes public addresses`, PROPERTY)]
		: [];
}

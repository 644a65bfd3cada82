import { type InstanceType, instanceType } from "../../../catalogue/aws/instance-types";
import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { valuesAt } from "../../../lib/values";
import { countWhere, distinct, numberAt, textAt } from "../../counting";
import { isStriped, localDiskStrategy } from "./aws-user-data";
import { type Attached, type LocalDisks, type Pool, type PoolNode, type PoolPlace, poolLabel } from "./pool";

const CLUSTER = "aws:eks/cluster:Cluster";
const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const SUBNET = "aws:ec2/subnet:Subnet";

/** EKS node groups, each with its launch template. */
export function awsPools(graph: ResourceGraph): Pool[] {
	return graph.ofType(NODE_GROUP).map((group) => poolOf(graph, group));
}

function poolOf(graph: ResourceGraph, group: ResourceNode): Pool {
	const [template] = graph.sourcesOf(group, "launchTemplate", TEMPLATE);
	const [cluster] = graph.sourcesOf(group, "clusterName", CLUSTER);
	return {
		cloud: "aws",
		group,
		cluster,
		label: poolLabel(group.inputs.labels),
		size: {
			nodes: numberAt(group.inputs, "scalingConfig.desiredSize"),
			min: numberAt(group.inputs, "scalingConfig.minSize"),
			max: numberAt(group.inputs, "scalingConfig.maxSize"),
			// The bounds are for a node autoscaler, which EKS leaves to what is installed in the cluster.
			autoscaled: false,
		},
		place: placeOf(graph, group),
		node: nodeOf(group, template),
		resources: template ? [group, template] : [group],
	};
}

function placeOf(graph: ResourceGraph, group: ResourceNode): PoolPlace {
	const subnets = graph.sourcesOf(group, "subnetIds", SUBNET);
	return {
		zones: distinct(subnets.flatMap(({ inputs }) => textAt(inputs, "availabilityZone") ?? [])),
		subnets,
		strangers: Math.max(0, valuesAt(group.inputs, "subnetIds[]").length - subnets.length),
		// On EKS the subnet decides.
		publicAddresses: false,
	};
}

function nodeOf(group: ResourceNode, template: ResourceNode | undefined): PoolNode {
	const typeName = textAt(group.inputs, "instanceTypes[]") ?? textAt(template?.inputs, "instanceType") ?? "";
	const machine = instanceType(typeName);
	return {
		typeName,
		machine,
		accelerators: machine?.gpus?.count ?? 0,
		cards: machine ? { attached: cardsOf(template), offered: machine.networkCards } : undefined,
		fabric: machine && machine.maxEfa > 0 ? { kind: "efa", ...adaptersOf(template, machine) } : undefined,
		disks: disksOf(template, machine),
	};
}

function cardsOf(template: ResourceNode | undefined): number {
	return new Set(valuesAt(template?.inputs, "networkInterfaces[].networkCardIndex").map(({ value }) => value)).size;
}

/** Adapters are counted, never network cards: not every card carries one. */
function adaptersOf(template: ResourceNode | undefined, { maxEfa }: InstanceType): Attached {
	const types = valuesAt(template?.inputs, "networkInterfaces[].interfaceType");
	return { attached: countWhere(types, ({ value }) => value === "efa" || value === "efa-only"), offered: maxEfa };
}

function disksOf(template: ResourceNode | undefined, machine: InstanceType | undefined): LocalDisks | undefined {
	const layout = localDiskStrategy(textAt(template?.inputs, "userData") ?? "");
	return machine?.localNvme && { ...machine.localNvme, layout, striped: isStriped(layout) };
}

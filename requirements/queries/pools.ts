import { type InstanceType, instanceType } from "../../catalogue/aws/instance-types";
import type { ResourceGraph, ResourceNode } from "../../lib/graph";
import { isObject } from "../../lib/values";
import { numberAt, textAt } from "./counting";
import { CLUSTERS, inRegionCell } from "./places";

const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

/** The node label that pods choose a pool by; an input of the group that the scheduler reads. */
const POOL_LABEL = "meridian.dev/pool";

/** Accelerators that are no GPUs; catalogue/aws/instance-types.ts names the models. */
const ASICS: readonly string[] = ["trainium2", "inferentia2"];

/** Nodes of one model replica: 4 pipeline stages of 8 GPUs (FR-INF-4). */
export const REPLICA_GROUP_NODES = 4;

/** A group of like nodes, as its node group and launch template say; the other clouds' groups come with them. */
export interface Pool {
	readonly group: ResourceNode;
	readonly template: ResourceNode | undefined;
	readonly cluster: ResourceNode | undefined;
	readonly typeName: string;
	/** Undefined for a type that the catalogue does not have. */
	readonly type: InstanceType | undefined;
	/** What pods select it by. */
	readonly label: string | undefined;
	/** Nodes wanted, at least and at most. */
	readonly nodes: number;
	readonly min: number;
	readonly max: number;
	/** The group and its template. */
	readonly resources: readonly ResourceNode[];
}

/** Every pool of the plan. */
export function poolsOf(graph: ResourceGraph): Pool[] {
	return graph.ofType(NODE_GROUP).map((group) => poolOf(graph, group));
}

/** The GPU pools of the inference platform: in the cell of their own cloud and region. */
export function gpuPools(graph: ResourceGraph): Pool[] {
	return poolsOf(graph).filter((pool) => hasGpus(pool) && inRegionCell(pool.group));
}

/** True for nodes with GPUs, not with other accelerators. */
export function hasGpus({ type }: Pool): boolean {
	return type?.gpus !== undefined && !ASICS.includes(type.gpus.model);
}

/** True for nodes with accelerators that are no GPUs. */
export function hasAsics({ type }: Pool): boolean {
	return type?.gpus !== undefined && ASICS.includes(type.gpus.model);
}

/** GPUs of all nodes of a pool. */
export function gpusOf({ nodes, type }: Pool): number {
	return nodes * (type?.gpus?.count ?? 0);
}

/** The resources that the pools were read from. */
export function resourcesOf(pools: readonly Pool[]): ResourceNode[] {
	return pools.flatMap((pool) => pool.resources);
}

function poolOf(graph: ResourceGraph, group: ResourceNode): Pool {
	const [template] = graph.sourcesOf(group, "launchTemplate", TEMPLATE);
	const [cluster] = graph.sourcesOf(group, "clusterName", ...CLUSTERS);
	const typeName = textAt(group.inputs, "instanceTypes[]") ?? textAt(template?.inputs, "instanceType") ?? "";
	return {
		group,
		template,
		cluster,
		typeName,
		type: instanceType(typeName),
		label: labelOf(group),
		nodes: numberAt(group.inputs, "scalingConfig.desiredSize"),
		min: numberAt(group.inputs, "scalingConfig.minSize"),
		max: numberAt(group.inputs, "scalingConfig.maxSize"),
		resources: template ? [group, template] : [group],
	};
}

function labelOf(group: ResourceNode): string | undefined {
	const { labels } = group.inputs;
	const value = isObject(labels) && Object.hasOwn(labels, POOL_LABEL) ? labels[POOL_LABEL] : undefined;
	return typeof value === "string" ? value : undefined;
}

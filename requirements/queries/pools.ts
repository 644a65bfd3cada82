import type { Cloud } from "../../lib/cells";
import type { ResourceGraph, ResourceNode } from "../../lib/graph";
import { awsPools } from "../readers/pools/aws";
import { azurePools } from "../readers/pools/azure";
import { gcpPools } from "../readers/pools/gcp";
import type { Pool, PoolReader } from "../readers/pools/pool";
import type { QueryContext } from "../row";
import { inRegionCell } from "./places";

const READERS: { readonly [cloud in Cloud]: PoolReader } = { aws: awsPools, gcp: gcpPools, azure: azurePools };

/** Accelerators that are no GPUs; catalogue/aws/instance-types.ts and catalogue/gcp/machine-types.ts name the models. */
const ASICS: readonly string[] = ["trainium2", "inferentia2", "tpu-v6e"];

/** Nodes of one model replica: 4 pipeline stages of 8 GPUs (FR-INF-4). */
export const REPLICA_GROUP_NODES = 4;

/** Every pool of the plan. */
export function poolsOf(graph: ResourceGraph): Pool[] {
	return Object.values(READERS).flatMap((read) => read(graph));
}

/** The GPU pools of the inference platform: in the cell of their own cloud and region. */
export function gpuPools(graph: ResourceGraph): Pool[] {
	return poolsOf(graph).filter((pool) => hasGpus(pool) && inRegionCell(graph, pool.group));
}

/** The modules that the document names pools for; the pods of each choose its nodes by this label. */
export const MODULES: readonly string[] = ["foundation", "business", "development", "creative", "multimodal"];

/** The pools of the inference modules: GPU pools whose label pods of a module select, in the cell of their region. */
export function modulePools(graph: ResourceGraph, { modules = MODULES }: QueryContext): Pool[] {
	return gpuPools(graph).filter(({ label }) => label !== undefined && modules.includes(label));
}

/** True for nodes with GPUs, not with other accelerators. */
export function hasGpus({ node: { machine } }: Pool): boolean {
	return machine?.gpus !== undefined && !ASICS.includes(machine.gpus.model);
}

/** True for nodes with accelerators that are no GPUs. */
export function hasAsics({ node: { machine } }: Pool): boolean {
	return machine?.gpus !== undefined && ASICS.includes(machine.gpus.model);
}

/** GPUs of all nodes of a pool. */
export function gpusOf({ size, node }: Pool): number {
	return size.nodes * node.accelerators;
}

/** The resources that the pools were read from. */
export function resourcesOf(pools: readonly Pool[]): ResourceNode[] {
	return pools.flatMap((pool) => pool.resources);
}

import { settledChoice } from "../conflicts";
import type { RegionSpec, Spec } from "../schema";
import type { Inference } from "../schema/inference";
import { apportion } from "./apportion";
import { activeModules } from "./modules";
import { inWholeGroups, replicaGroupNodes } from "./replica-group";

/** Nodes at the start, at least and at most. */
export interface NodeCounts {
	readonly wanted: number;
	readonly min: number;
	readonly max: number;
}

/** How a cluster's nodes are shared out. */
export interface ClusterSize {
	/** GPU, other accelerated and system nodes together. */
	readonly total: NodeCounts;
	readonly system: NodeCounts;
	/** The nodes of all modules together. */
	readonly serving: NodeCounts;
	/** By module, in whole replica groups; they add up to `serving`. */
	readonly modules: ReadonlyMap<string, NodeCounts>;
}

/**
 * The nodes of a region's cluster. The conflict `nodes-per-region` says what the modules take: all but the system's part
 * of the cluster's total, what the document lists for each of them, or the serving share of the total. They keep the
 * ratio of their listed nodes in whole replica groups. The region's own pools (other accelerators) come out of the system's part.
 */
export function clusterSize(spec: Spec, region: RegionSpec): ClusterSize | undefined {
	const { inference } = spec;
	if (inference === undefined || region.serving === undefined) {
		return undefined;
	}
	const serving = servingNodes(spec, inference, ownNodes(region));
	const own = ownNodes(region);
	const wanted = isPoolSum(spec) ? serving.wanted + inference.system.wanted : inference.nodes.wanted;
	const total = { wanted, min: inference.nodes.min, max: inference.nodes.max };
	return {
		total,
		serving,
		system: each((key) => total[key] - serving[key] - own[key]),
		modules: shares(spec, inference, serving),
	};
}

function servingNodes(spec: Spec, inference: Inference, own: NodeCounts): NodeCounts {
	const { nodes, system, servingShare } = inference;
	const group = replicaGroupNodes(inference);
	const rest = each((key) => inWholeGroups(nodes[key] - system[key], group));
	// At the least the system keeps its least part whatever else stands in the cluster.
	const min = inWholeGroups(nodes.min - system.min - own.min, group);
	switch (settledChoice("nodes-per-region", spec.conflicts)) {
		case "pool-sum": {
			const listed = activeModules(spec).reduce((sum, module) => sum + module.nodes, 0);
			return { wanted: inWholeGroups(listed, group), min, max: rest.max };
		}
		case "serving-share":
			return { ...rest, min, wanted: inWholeGroups(Math.round((nodes.wanted * servingShare) / 100), group) };
		default:
			return { ...rest, min };
	}
}

function isPoolSum(spec: Spec): boolean {
	return settledChoice("nodes-per-region", spec.conflicts) === "pool-sum";
}

/** The nodes of the pools that the region names itself. */
function ownNodes(region: RegionSpec): NodeCounts {
	const sum = (count: (pool: RegionSpec["gpuPools"][number]) => number): number =>
		region.gpuPools.reduce((total, pool) => total + count(pool), 0);
	return {
		wanted: sum(({ nodes }) => nodes),
		min: sum(({ nodes, min }) => min ?? nodes),
		max: sum(({ nodes, max }) => max ?? nodes),
	};
}

function shares(spec: Spec, inference: Inference, serving: NodeCounts): Map<string, NodeCounts> {
	const group = replicaGroupNodes(inference);
	const modules = activeModules(spec);
	const weights = modules.map(({ nodes }) => nodes);
	const dealt = each((key) => apportion(serving[key] / group, weights));
	return new Map(
		modules.map(({ name }, i) => {
			const nodes = (key: keyof NodeCounts): number => (dealt[key][i] ?? 0) * group;
			// Rounding may give a module one group more at the least than at the start; no pool starts below its least.
			const wanted = nodes("wanted");
			return [name, { wanted, min: Math.min(wanted, nodes("min")), max: Math.max(wanted, nodes("max")) }] as const;
		}),
	);
}

function each<T>(value: (key: keyof NodeCounts) => T): { wanted: T; min: T; max: T } {
	return { wanted: value("wanted"), min: value("min"), max: value("max") };
}

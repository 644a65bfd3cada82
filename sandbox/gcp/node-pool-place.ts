import { isUnknown } from "../../lib/values";
import { number, text, texts } from "../check/inputs";
import type { CheckContext, SandboxObject } from "../model";
import { regionOfZone } from "./names";
import { objectNamed } from "./references";

/** Type of a node pool. */
export const POOL = "gcp:container/nodePool:NodePool";

/** Where a pool's nodes are. */
export interface PoolPlace {
	/** The cluster, where it is known. */
	readonly cluster: SandboxObject | undefined;
	/** The pool's own zones, else the cluster's; none where neither is known. */
	readonly zones: readonly string[];
}

/** The cluster and the zones of a pool. */
export function poolPlace(context: Pick<CheckContext, "inputs" | "scope" | "world">): PoolPlace {
	const { inputs } = context;
	const cluster = objectNamed(context, "gcp:container/cluster:Cluster", text(inputs, "cluster"));
	const location = text(inputs, "location") ?? text(cluster?.outputs, "location") ?? "";
	const own = texts(inputs, "nodeLocations");
	const theirs = texts(cluster?.outputs, "nodeLocations");
	const single = regionOfZone(location) === undefined ? [] : [location];
	const fallback = theirs.length > 0 ? theirs : single;
	return { cluster, zones: own.length > 0 || isUnknown(inputs.nodeLocations) ? own : fallback };
}

/** The most nodes that a pool may have in all its zones; undefined where its size is not known. */
export function mostNodes(inputs: CheckContext["inputs"], zones: number): number | undefined {
	const total = number(inputs, "autoscaling.totalMaxNodeCount");
	const perZone =
		number(inputs, "autoscaling.maxNodeCount") ?? number(inputs, "nodeCount") ?? number(inputs, "initialNodeCount");
	return total ?? (perZone === undefined ? undefined : perZone * Math.max(zones, 1));
}

/** Nodes in all zones: the size that is set, else the one at the start, which autoscaling raises to its least. */
export function startNodes(pool: CheckContext["inputs"], zones: number): number {
	const perZone = number(pool, "nodeCount") ?? number(pool, "initialNodeCount") ?? 0;
	const places = Math.max(1, zones);
	const least = (number(pool, "autoscaling.minNodeCount") ?? 0) * places;
	return Math.max(perZone * places, least, number(pool, "autoscaling.totalMinNodeCount") ?? 0);
}

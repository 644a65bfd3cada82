import type * as gcp from "@pulumi/gcp";
import type { GcpGpuPoolSpec } from "../../spec/schema/gcp-region";
import type { GcpCapacityShape } from "./gcp-capacity";

/** Nodes at the start, at least and at most. */
export interface PoolBounds {
	readonly nodes: number;
	readonly min: number;
	readonly max: number;
}

/** How a pool's nodes are divided by what they are drawn from. */
export interface PoolParts {
	/** Nodes of the pool's own capacity. */
	readonly own: PoolBounds;
	/** Nodes on demand beyond a reservation that is made for the pool; undefined where there are none. */
	readonly beyond: PoolBounds | undefined;
}

/**
 * A reservation that is made for a pool has as many machines as the pool has at the start. What the pool may grow to
 * beyond them comes on demand, in a node pool of its own: A3 machines are drawn from a reservation by its name only, and
 * a node pool that names one takes nodes from nowhere else. Source: GKE, "Consuming reserved zonal resources", and
 * cluster-toolkit, pull request 2573 (no automatic consumption for A3), both read 2026-11-28.
 */
export function poolParts({ nodes, min = nodes, max = nodes, capacity }: GcpGpuPoolSpec): PoolParts {
	const made = capacity.kind === "reservation" && capacity.create;
	return made && max > nodes
		? { own: { nodes, min, max: nodes }, beyond: { nodes: 0, min: 0, max: max - nodes } }
		: { own: { nodes, min, max }, beyond: undefined };
}

/** A node pool's size: a fixed count, or limits that the autoscaler moves it between. */
export function poolSize(
	{ nodes, min, max }: PoolBounds,
	shape: GcpCapacityShape,
): Pick<gcp.container.NodePoolArgs, "nodeCount" | "initialNodeCount" | "autoscaling"> {
	if (shape.flexible) {
		return { autoscaling: { totalMinNodeCount: 0, totalMaxNodeCount: Math.max(max, 1), locationPolicy: "ANY" } };
	}
	if (shape.startsEmpty || min === max) {
		return { nodeCount: shape.startsEmpty ? 0 : nodes };
	}
	return {
		initialNodeCount: nodes,
		autoscaling: { totalMinNodeCount: min, totalMaxNodeCount: max, locationPolicy: "ANY" },
	};
}

/** What moves a pool after its creation, and is not put back: a window's jobs, or the autoscaler. */
export function movedByOthers({ min, max }: PoolBounds, shape: GcpCapacityShape): string[] {
	if (shape.startsEmpty) {
		return ["nodeCount"];
	}
	return shape.flexible || min === max ? [] : ["initialNodeCount"];
}

/** Nodes of the system pool in each zone at the start, as GKE counts them. */
export function nodesInEachZone(nodes: number, zones: number): number {
	return Math.ceil(nodes / zones);
}

import { createHash } from "node:crypto";
import type { Machine } from "../../catalogue/machine";
import { amountsOf, commonLabels, type Reserve, type SimulatedNode, type Taint } from "./node";

/** A pool of like nodes, as a cloud runs it. */
export interface PoolFacts {
	/** Unique within the cluster. */
	readonly name: string;
	readonly region: string;
	/** Zones in turn, as the cloud labels nodes with them. */
	readonly zones: readonly string[];
	/** Nodes that run, over all zones. */
	readonly nodes: number;
	readonly instanceType: string;
	readonly machine: Machine;
	readonly pods: number;
	readonly diskGib: number;
	/** Fabric adapters and the like by resource name, of one node. */
	readonly extended: { readonly [resource: string]: number };
	readonly reserve: Reserve;
	readonly labels: { readonly [key: string]: string };
	readonly taints: readonly Taint[];
}

/** How a cloud names the nodes of a pool. */
export interface NodeNaming {
	name(index: number, zone: string): string;
	providerId(index: number, zone: string, name: string): string;
}

/** The nodes of a pool. The same pool gives the same names, so that a larger pool keeps the nodes that it has. */
export function nodesOfPool(pool: PoolFacts, naming: NodeNaming): SimulatedNode[] {
	const amounts = amountsOf(pool);
	return Array.from({ length: pool.nodes }, (_, index) => {
		const zone = pool.zones[index % pool.zones.length] ?? pool.region;
		const name = naming.name(index, zone);
		const { instanceType: type, machine, region } = pool;
		return {
			name,
			labels: { ...commonLabels({ name, type, machine, region, zone }), ...pool.labels },
			taints: pool.taints,
			...amounts,
			providerId: naming.providerId(index, zone, name),
		};
	});
}

/** Hex digits that are always the same for the same parts: ids of machines that nobody stores. */
export function steadyHex(digits: number, ...parts: readonly (string | number)[]): string {
	return createHash("sha256").update(parts.join("|")).digest("hex").slice(0, digits);
}

/** Effects of taints as the clouds write them, in Kubernetes' words. */
export function taintEffect(text: string): Taint["effect"] | undefined {
	const plain = text.replaceAll("_", "").toLowerCase();
	return (["NoSchedule", "NoExecute", "PreferNoSchedule"] as const).find((effect) => effect.toLowerCase() === plain);
}

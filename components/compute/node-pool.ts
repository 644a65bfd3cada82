import type { Resource } from "@pulumi/pulumi";

/** What pods may request of one node, before the cloud's reserve is taken off. */
export interface NodeCapacity {
	readonly vcpus: number;
	readonly memoryGib: number;
	readonly gpus: number;
	/** Fabric adapters that a pod may request (`vpc.amazonaws.com/efa`). */
	readonly fabricAdapters: number;
}

/** A group of like nodes. */
export interface NodePool {
	readonly name: string;
	/** Nodes wanted at the start. */
	readonly nodes: number;
	readonly allocatable: NodeCapacity;
	/** What depends on the pool waits for this. */
	readonly ready: Resource;
}

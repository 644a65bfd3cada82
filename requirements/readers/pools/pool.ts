import type { Machine } from "../../../catalogue/machine";
import type { Cloud } from "../../../lib/cells";
import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { isObject, type Value } from "../../../lib/values";

/** How many nodes a pool has: wanted at the start, at least and at most. */
export interface PoolSize {
	readonly nodes: number;
	readonly min: number;
	readonly max: number;
	/** True where the cloud itself moves the count between the two. */
	readonly autoscaled: boolean;
}

/** Where the nodes of a pool stand. */
export interface PoolPlace {
	/** Zones by name; none where the pool leaves them to the cloud. */
	readonly zones: readonly string[];
	/** The nodes' subnets in the plan. */
	readonly subnets: readonly ResourceNode[];
	/** How many subnets are named that the plan does not show. */
	readonly strangers: number;
	/** True where nodes may have addresses of the internet, whatever their subnet says. */
	readonly publicAddresses: boolean;
}

/** What is attached to a node, of what its machine offers. */
export interface Attached {
	readonly attached: number;
	readonly offered: number;
}

/** How a node's GPUs reach those of other nodes. */
export interface Fabric extends Attached {
	/** `gpudirect` is GPUDirect-TCPX or TCPXO over gVNIC, which is not RDMA. */
	readonly kind: "efa" | "gpudirect" | "roce" | "infiniband";
}

/** The local NVMe disks of a node. */
export interface LocalDisks {
	readonly count: number;
	/** GB of one disk as its cloud states it. */
	readonly sizeGb: number;
	/** How they are laid out, as `RAID0`; undefined where nothing says so. */
	readonly layout: string | undefined;
	readonly striped: boolean;
}

/** What one node of a pool is made of. */
export interface PoolNode {
	readonly typeName: string;
	/** Undefined for a type that the catalogue does not have. */
	readonly machine: Machine | undefined;
	/** GPUs or other accelerators that the pool attaches to a node. */
	readonly accelerators: number;
	/** Network cards; undefined where the catalogue does not have the type. */
	readonly cards: Attached | undefined;
	readonly fabric: Fabric | undefined;
	readonly disks: LocalDisks | undefined;
}

/** A group of like nodes, in the same form on each cloud. */
export interface Pool {
	readonly cloud: Cloud;
	/** The node group, node pool or agent pool; the cluster itself where that describes the pool. */
	readonly group: ResourceNode;
	readonly cluster: ResourceNode | undefined;
	/** What pods select it by. */
	readonly label: string | undefined;
	readonly size: PoolSize;
	readonly place: PoolPlace;
	readonly node: PoolNode;
	/** The resources that this was read from. */
	readonly resources: readonly ResourceNode[];
}

/** Reads every pool of one cloud from its inputs. Pure. */
export type PoolReader = (graph: ResourceGraph) => Pool[];

/** The node label that pods choose a pool by; an input of the pool that the scheduler reads. */
const POOL_LABEL = "meridian.dev/pool";

/** The pool's name among the labels of its nodes. */
export function poolLabel(labels: Value | undefined): string | undefined {
	const value = isObject(labels) && Object.hasOwn(labels, POOL_LABEL) ? labels[POOL_LABEL] : undefined;
	return typeof value === "string" ? value : undefined;
}

import type { ResourceGraph, ResourceNode } from "../../../lib/graph";

/** A workload's identity in a cloud, as what binds it to its service account says. */
export interface BoundIdentity {
	readonly node: ResourceNode;
	/** True where it is that service account's alone, and all it may do is known and limited. */
	readonly isNarrow: boolean;
}

/** Reads the workload identities of one cloud. Pure. */
export type IdentityReader = (graph: ResourceGraph) => BoundIdentity[];

import type { ResourceGraph, ResourceNode } from "../../../lib/graph";

/** A direction of traffic, as resources of all clouds count it: into the network, or out of it. */
export type TrafficDirection = "ingress" | "egress";

/** A network, and whether what no rule lets through is refused on it. */
export interface NetworkDefault {
	readonly node: ResourceNode;
	readonly refuses: { readonly [direction in TrafficDirection]: boolean };
}

/** Reads the network of one cloud and what guards its clusters. Pure. */
export interface NetworkReader {
	readonly networks: (graph: ResourceGraph) => NetworkDefault[];
	/** True for a subnet from which nothing leads to the internet directly, and nothing in. */
	readonly isPrivate: (graph: ResourceGraph, subnet: ResourceNode) => boolean;
	/** The resources of rules that let any address of the internet through, but for HTTPS inwards; one each rule. */
	readonly openRules: (graph: ResourceGraph, direction: TrafficDirection) => ResourceNode[];
	/** True where the API server of a cluster is not open to every address. */
	readonly isEndpointClosed: (cluster: ResourceNode) => boolean;
	/** True where something in the cluster holds pods to their NetworkPolicies; without it they are only text. */
	readonly enforcesPolicies: (graph: ResourceGraph, cluster: ResourceNode) => boolean;
}

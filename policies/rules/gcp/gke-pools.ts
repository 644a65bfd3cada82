import type { ResourceNode } from "../../../lib/graph";
import { UNKNOWN, type Value } from "../../../lib/values";
import { at, readList } from "../../reading";
import { isOn } from "../../settings";
import { allOf, anyOf, notOf, type Tri } from "../../tri";

/** A cluster of GKE. */
export const CLUSTER = "gcp:container/cluster:Cluster";
/** A node pool as a resource of its own. */
export const NODE_POOL = "gcp:container/nodePool:NodePool";

/** A place that says how nodes are made; service account, boot disk key and shielding have the same names in each. */
export interface NodeTemplate {
	/** Where it stands in the resource. */
	readonly path: string;
	/** The top-level input that holds it. */
	readonly property: string;
	readonly holder: Value | undefined;
	/** Whether nodes are made from it; `no` where others say how nodes are made. */
	readonly used: Tri;
}

/** Whether Google manages the nodes (Autopilot). */
export function isAutopilot(cluster: ResourceNode): Tri {
	return isOn(cluster.inputs, "enableAutopilot");
}

/** The places of a cluster or a node pool that say how nodes are made. */
export function nodeTemplatesOf(node: ResourceNode): NodeTemplate[] {
	return node.type === CLUSTER ? clusterTemplates(node) : [templateAt(node, "nodeConfig", "yes")];
}

function clusterTemplates(node: ResourceNode): NodeTemplate[] {
	const pools = readList(node.inputs, "nodePools");
	const provisions = anyOf(isAutopilot(node), isOn(node.inputs, "clusterAutoscaling.enabled"));
	const inline = pools.items.map(({ path, value }) => ({
		path: `${path}.nodeConfig`,
		property: "nodePools",
		holder: at(value, "nodeConfig"),
		used: "yes" as const,
	}));
	const hidden = pools.complete
		? []
		: [{ path: "nodePools", property: "nodePools", holder: UNKNOWN, used: "maybe" as const }];
	return [
		templateAt(
			node,
			"nodeConfig",
			keepsDefaultPool(node, pools.items.length > 0 ? "yes" : pools.complete ? "no" : "maybe"),
		),
		templateAt(node, "clusterAutoscaling.autoProvisioningDefaults", provisions),
		...inline,
		...hidden,
	];
}

/** The default pool is made from `nodeConfig` unless pools are listed, it is removed at once, or Autopilot has none. */
function keepsDefaultPool(node: ResourceNode, listsPools: Tri): Tri {
	return allOf(notOf(isAutopilot(node)), notOf(isOn(node.inputs, "removeDefaultNodePool")), notOf(listsPools));
}

function templateAt(node: ResourceNode, path: string, used: Tri): NodeTemplate {
	return { path, property: path.split(".")[0] ?? path, holder: at(node.inputs, path), used };
}

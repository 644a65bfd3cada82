import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import type { Value } from "../../../lib/values";
import { readText } from "../../reading";
import { holds, isOff, isOn, isOneOf, type Setting } from "../../settings";
import { notOf, type Tri } from "../../tri";
import { type NodeTemplate, nodeTemplatesOf } from "./gke-pools";

const ACCOUNT = "gcp:serviceaccount/account:Account";
/** The account that Compute Engine makes in each project, an editor of the project in older ones. */
const DEFAULT_ACCOUNT = /^(default|\d+-compute@developer\.gserviceaccount\.com)$/i;

/** How a cluster's or a pool's nodes must be made. */
export function nodeSettings(graph: ResourceGraph, node: ResourceNode): Setting[] {
	return nodeTemplatesOf(node).flatMap((template) => [
		accountSetting(graph, node, template),
		{
			property: `${template.path}.shieldedInstanceConfig.enableIntegrityMonitoring`,
			holds: isOn(template.holder, "shieldedInstanceConfig.enableIntegrityMonitoring", "yes"),
			reason: "integrity monitoring is off",
		},
		{
			property: `${template.path}.workloadMetadataConfig.mode`,
			holds: isOneOf(template.holder, "workloadMetadataConfig.mode", ["GKE_METADATA"], "yes"),
			reason: "pods see the node's own credentials; the mode must be GKE_METADATA",
		},
	]);
}

/** A pool's own choice; without one the cluster decides. */
export function poolNetworkSetting(pool: Value, prefix: string): Setting {
	const path = "networkConfig.enablePrivateNodes";
	return { property: `${prefix}${path}`, holds: notOf(isOff(pool, path)), reason: "nodes get public addresses" };
}

function accountSetting(graph: ResourceGraph, node: ResourceNode, template: NodeTemplate): Setting {
	return {
		property: `${template.path}.serviceAccount`,
		holds: hasOwnAccount(graph, node, template),
		reason: "nodes run as the project's default service account",
	};
}

function hasOwnAccount(graph: ResourceGraph, node: ResourceNode, { property, holder, used }: NodeTemplate): Tri {
	const account = readText(holder, "serviceAccount");
	if (account.kind === "unknown" && graph.sourcesOf(node, property, ACCOUNT).length > 0) {
		return "yes";
	}
	return holds(account, (email) => !DEFAULT_ACCOUNT.test(email.trim()), notOf(used));
}

import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { valuesAt } from "../../../lib/values";
import { flagAt, numberAt, textAt } from "../../counting";
import { ACCOUNT, sidesOf } from "../azure-accounts";
import type { StorageReader } from "./storage";

const LIFECYCLE = "azure-native:storage:ManagementPolicy";
const REPLICATION = "azure-native:storage:ObjectReplicationPolicy";
const WORKSPACE = "azure-native:operationalinsights:Workspace";
/** Redundancies that keep a copy in the paired region. */
const OTHER_REGION = /_(RA)?G(Z)?RS$/;

/** Storage accounts with what other resources say of them, Log Analytics workspaces. */
export const azureStorage: StorageReader = {
	buckets: (graph) =>
		graph.ofType(ACCOUNT).map((node) => ({
			node,
			hasLifecycle: hasLifecycle(graph, node),
			isReplicated:
				OTHER_REGION.test(textAt(node.inputs, "sku.name") ?? "") || sidesOf(graph, node, REPLICATION).length > 0,
		})),
	logs: (graph) =>
		graph.ofType(WORKSPACE).map((node) => ({ node, keepsForDays: numberAt(node.inputs, "retentionInDays") > 0 })),
};

/** A rule is in force unless it says that it is not. */
function hasLifecycle(graph: ResourceGraph, account: ResourceNode): boolean {
	return sidesOf(graph, account, LIFECYCLE).some(({ inputs }) =>
		valuesAt(inputs, "policy.rules[]").some(({ value }) => flagAt(value, "enabled") !== false),
	);
}

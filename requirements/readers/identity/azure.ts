import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { comesFrom, textAt } from "../../counting";
import type { BoundIdentity } from "./identity";

const BINDING = "azure-native:managedidentity:FederatedIdentityCredential";
const IDENTITY = "azure-native:managedidentity:UserAssignedIdentity";
const ASSIGNMENT = "azure-native:authorization:RoleAssignment";
const GROUP = "azure-native:resources:ResourceGroup";

/**
 * Owner, Contributor, User Access Administrator and Role Based Access Control Administrator, by the ids that they have in
 * every subscription. Source: public Bicep templates, read 2026-11-21; the id of Owner is general knowledge, unverified.
 */
const BROAD: readonly (string | undefined)[] = [
	"8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
	"b24988ac-6180-42a0-ab88-20f7382dd24c",
	"18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
	"f58310d9-a9f6-439a-9e8d-f62e7b41a168",
];
/** An id of a resource inside a group; groups and subscriptions have no provider in theirs. */
const RESOURCE = /\/resourceGroups\/[^/]+\/providers\//i;

/** Entra Workload ID: credentials that trust a service account's tokens, with the roles of their managed identity. */
export function azureIdentities(graph: ResourceGraph): BoundIdentity[] {
	const bindings = graph.ofType(BINDING);
	return bindings.map((node) => {
		const [identity] = graph.sourcesOf(node, "resourceName", IDENTITY);
		return {
			node,
			isNarrow: identity !== undefined && isAlone(graph, bindings, identity) && isNarrow(graph, identity),
		};
	});
}

function isAlone(graph: ResourceGraph, bindings: readonly ResourceNode[], identity: ResourceNode): boolean {
	const sharing = bindings.filter((each) => comesFrom(graph, each, { property: "resourceName", source: identity }));
	return sharing.length === 1;
}

function isNarrow(graph: ResourceGraph, identity: ResourceNode): boolean {
	return graph
		.ofType(ASSIGNMENT)
		.filter((assignment) => comesFrom(graph, assignment, { property: "principalId", source: identity }))
		.every((assignment) => {
			const role = textAt(assignment.inputs, "roleDefinitionId")?.split("/").at(-1)?.toLowerCase();
			return role !== undefined && !BROAD.includes(role) && isOnResource(graph, assignment);
		});
}

/** A scope that is a group's or a subscription's reaches everything in it. */
function isOnResource(graph: ResourceGraph, assignment: ResourceNode): boolean {
	const scope = textAt(assignment.inputs, "scope");
	const sources = graph.sourcesOf(assignment, "scope");
	const computed = sources.length > 0 && sources.every(({ type }) => type !== GROUP);
	return scope === undefined ? computed : RESOURCE.test(scope);
}

import type { ResourceGraph, ResourceNode } from "../../../lib/graph";

/**
 * A type token without its API version: `azure-native:storage/v20240101:StorageAccount` and
 * `azure-native_storage_v20240101:storage:StorageAccount` (a package of one version) are
 * `azure-native:storage:StorageAccount`.
 */
export function unversioned(type: string): string {
	return type.replace(/^azure-native(?:_[^:]*)?:([^:/]+)(?:\/[^:]*)?:/, "azure-native:$1:");
}

/** All resources of the given type tokens, in any API version. */
export function ofAzureType(graph: ResourceGraph, ...types: readonly string[]): ResourceNode[] {
	return graph.nodes.filter((node) => isAzureType(node, types));
}

/** The resources of the given types, in any API version, that a property was computed from. */
export function azureSources(
	graph: ResourceGraph,
	node: ResourceNode,
	property: string,
	...types: readonly string[]
): ResourceNode[] {
	return graph.sourcesOf(node, property).filter((source) => isAzureType(source, types));
}

function isAzureType(node: ResourceNode, types: readonly string[]): boolean {
	return node.type.startsWith("azure-native") && types.includes(unversioned(node.type));
}

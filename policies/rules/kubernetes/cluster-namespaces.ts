import { groupBy, ResourceGraph, type ResourceNode } from "../../../lib/graph";
import { readText } from "../../reading";
import { HELM_RELEASE, WORKLOAD_TYPES } from "./workload-kinds";

const NAMESPACE = "kubernetes:core/v1:Namespace";
const NAMESPACE_PATCH = "kubernetes:core/v1:NamespacePatch";
const POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

/** A namespace of one cluster, with what the program puts into it. */
export interface NamespaceView {
	/** Absent where the program neither makes nor names it. */
	readonly name?: string;
	/** The namespace itself and its patches. */
	readonly sources: readonly ResourceNode[];
	readonly workloads: readonly ResourceNode[];
	readonly policies: readonly ResourceNode[];
}

/** One cluster, as the objects that share a provider; objects of two providers never meet. */
export interface ClusterView {
	readonly namespaces: readonly NamespaceView[];
	/** Workloads of which it is not known where they run. */
	readonly unplacedWorkloads: readonly ResourceNode[];
	/** Policies of which it is not known where they hold. */
	readonly unplacedPolicies: readonly ResourceNode[];
}

/** Type tokens that decide what a cluster's namespaces hold. */
export const NAMESPACED_TYPES: readonly string[] = [NAMESPACE, NAMESPACE_PATCH, POLICY, ...WORKLOAD_TYPES];

/** The clusters of a graph, each with its namespaces. */
export function clustersOf(graph: ResourceGraph): ClusterView[] {
	const nodes = graph.ofType(...NAMESPACED_TYPES);
	const byProvider = groupBy(nodes, (node) => node.provider?.urn ?? `${node.cell}\u0000default`);
	return [...byProvider.values()].map((members) => clusterOf(graph, new ResourceGraph(members)));
}

function clusterOf(graph: ResourceGraph, members: ResourceGraph): ClusterView {
	const namespaces = members.ofType(NAMESPACE, NAMESPACE_PATCH);
	const keyOf = (node: ResourceNode) => placeOf(graph, namespaces, node) ?? "";
	const workloads = groupBy(members.ofType(...WORKLOAD_TYPES), keyOf);
	const policies = groupBy(members.ofType(POLICY), keyOf);
	const sources = groupBy(namespaces, keyOfNamespace);
	const keys = new Set([...workloads.keys(), ...policies.keys(), ...sources.keys()].filter((key) => key !== ""));
	return {
		namespaces: [...keys].sort().map((key) => ({
			...(key.startsWith("name:") ? { name: key.slice("name:".length) } : {}),
			sources: sources.get(key) ?? [],
			workloads: workloads.get(key) ?? [],
			policies: policies.get(key) ?? [],
		})),
		unplacedWorkloads: workloads.get("") ?? [],
		unplacedPolicies: policies.get("") ?? [],
	};
}

/** `name:` and its name, or the URN where the provider makes the name up. */
function keyOfNamespace(namespace: ResourceNode): string {
	const name = readText(namespace.inputs, "metadata.name");
	return name.kind === "known" ? `name:${name.value}` : namespace.urn;
}

/**
 * The key of the namespace that an object is in: by its literal name, else by the namespace that the input was
 * computed from, alone or through another object's namespace; undefined where that does not tell.
 */
function placeOf(graph: ResourceGraph, namespaces: readonly ResourceNode[], node: ResourceNode): string | undefined {
	const isRelease = node.type === HELM_RELEASE;
	const given = readText(node.inputs, isRelease ? "namespace" : "metadata.namespace");
	switch (given.kind) {
		case "known":
			return `name:${given.value}`;
		case "absent":
			return `name:${defaultNamespace(graph, node)}`;
		default: {
			const keys = new Set(behind(graph, namespaces, node, isRelease ? "namespace" : "metadata", new Set()));
			const [only] = keys;
			return keys.size === 1 ? only : undefined;
		}
	}
}

function behind(
	graph: ResourceGraph,
	namespaces: readonly ResourceNode[],
	node: ResourceNode,
	property: string,
	seen: ReadonlySet<string>,
): string[] {
	return graph.sourcesOf(node, property).flatMap((source) => {
		if (namespaces.some((namespace) => namespace.urn === source.urn)) {
			return [keyOfNamespace(source)];
		}
		if (seen.has(source.urn) || source.provider?.urn !== node.provider?.urn) {
			return [];
		}
		const given = readText(source.inputs, "metadata.namespace");
		return given.kind === "known"
			? [`name:${given.value}`]
			: behind(graph, namespaces, source, "metadata", new Set([...seen, source.urn]));
	});
}

/** The provider's own namespace where it has one. */
function defaultNamespace(graph: ResourceGraph, node: ResourceNode): string {
	const provider = graph.get(node.provider?.urn ?? "");
	const given = readText(provider?.inputs, "namespace");
	return given.kind === "known" ? given.value : "default";
}

import { type Cloud, regionCell } from "../../lib/cells";
import type { ResourceGraph, ResourceNode } from "../../lib/graph";
import { distinct, textAt } from "./counting";

/** What makes a region one of the platform's: its network there. */
export const NETWORKS = [
	"aws:ec2/vpc:Vpc",
	"gcp:compute/subnetwork:Subnetwork",
	"azure-native:network:VirtualNetwork",
] as const;

/** Kubernetes clusters of the three clouds. */
export const CLUSTERS = [
	"aws:eks/cluster:Cluster",
	"gcp:container/cluster:Cluster",
	"azure-native:containerservice:ManagedCluster",
] as const;

const cloudOfPackage: { readonly [name: string]: Cloud } = { aws: "aws", gcp: "gcp", "azure-native": "azure" };

/** The cloud that a resource is made in. */
export function cloudOf(node: ResourceNode): Cloud | undefined {
	const name = node.provider?.package ?? "";
	return Object.hasOwn(cloudOfPackage, name) ? cloudOfPackage[name] : undefined;
}

/** The region or location that a resource is made in: its own where it says one, else its provider's. */
export function regionOf(node: ResourceNode): string | undefined {
	return textAt(node.inputs, "region") ?? textAt(node.inputs, "location") ?? node.provider?.region;
}

/** True where a resource stands in the cell of its own cloud and region: the inference platform, not a special cell. */
export function inRegionCell(node: ResourceNode): boolean {
	const [cloud, region] = [cloudOf(node), regionOf(node)];
	return cloud !== undefined && region !== undefined && node.cell === regionCell(cloud, region);
}

/** The resources of the given types that stand in region cells. */
export function regionalNodes(graph: ResourceGraph, ...types: readonly string[]): ResourceNode[] {
	return graph.ofType(...types).filter(inRegionCell);
}

/** The platform's regions with their cloud, as `aws-us-east-1`, sorted: where a network of its own is. */
export function regionsOf(graph: ResourceGraph): string[] {
	return distinct(regionalNodes(graph, ...NETWORKS).map(({ cell }) => cell));
}

/** The inference clusters. */
export function clustersOf(graph: ResourceGraph): ResourceNode[] {
	return regionalNodes(graph, ...CLUSTERS);
}

/** The clusters that a Kubernetes object is made in: those that its provider's kubeconfig comes from. */
export function clustersBehind(graph: ResourceGraph, node: ResourceNode): ResourceNode[] {
	const provider = graph.get(node.provider?.urn ?? "");
	return provider ? graph.sourcesOf(provider, "kubeconfig", ...CLUSTERS) : [];
}

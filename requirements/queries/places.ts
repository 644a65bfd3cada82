import { type Cloud, clouds, regionCell } from "../../lib/cells";
import type { ResourceGraph, ResourceNode } from "../../lib/graph";
import { distinct, textAt } from "../counting";

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

/** A zone of Google Cloud: its region and a letter, as `europe-west4-b`. */
const GOOGLE_ZONE = /^([a-z]+-[a-z]+\d+)-[a-z]$/;

/** A place's name as the cloud's regions are named: buckets say `EUROPE-WEST4`, Azure's portal `Sweden Central`. */
const regionNames: { readonly [cloud in Cloud]: (place: string) => string } = {
	aws: (place) => place,
	gcp: (place) => place.toLowerCase().replace(GOOGLE_ZONE, "$1"),
	azure: (place) => place.toLowerCase().replaceAll(" ", ""),
};

/** The cloud that a resource is made in. */
export function cloudOf(node: ResourceNode): Cloud | undefined {
	const name = node.provider?.package ?? "";
	return Object.hasOwn(cloudOfPackage, name) ? cloudOfPackage[name] : undefined;
}

/** The region that a resource is made in: its own region, location or zone's where it says one, else its provider's. */
export function regionOf(graph: ResourceGraph, node: ResourceNode): string | undefined {
	const cloud = cloudOf(node);
	const own = textAt(node.inputs, "region") ?? textAt(node.inputs, "location");
	const place = own ?? node.provider?.region ?? locationOfProvider(graph, node);
	return cloud === undefined || place === undefined ? undefined : regionNames[cloud](place);
}

/** Azure's providers carry a `location`, which a reference to one does not repeat. */
function locationOfProvider(graph: ResourceGraph, { provider }: ResourceNode): string | undefined {
	return textAt(graph.get(provider?.urn ?? "")?.inputs, "location");
}

/** The resources of the given types that stand in the cell of their own cloud and region, not in a special cell. */
export function regionalNodes(graph: ResourceGraph, ...types: readonly string[]): ResourceNode[] {
	return graph.ofType(...types).filter((node) => inRegionCell(graph, node));
}

/** True where a resource stands in the cell of its own cloud and region: the inference platform. */
export function inRegionCell(graph: ResourceGraph, node: ResourceNode): boolean {
	const [cloud, region] = [cloudOf(node), regionOf(graph, node)];
	return cloud !== undefined && region !== undefined && node.cell === regionCell(cloud, region);
}

/** The platform's regions with their cloud, as `aws-us-east-1`, sorted: where a network of its own is. */
export function regionsOf(graph: ResourceGraph, cloud?: Cloud): string[] {
	const networks = regionalNodes(graph, ...NETWORKS).filter((node) => cloud === undefined || cloudOf(node) === cloud);
	return distinct(networks.map(({ cell }) => cell));
}

/** The clouds that the platform has regions on: those with a network or a cluster in a region's cell. */
export function cloudsOf(graph: ResourceGraph): Cloud[] {
	const nodes = regionalNodes(graph, ...NETWORKS, ...CLUSTERS);
	return clouds.filter((cloud) => nodes.some((node) => cloudOf(node) === cloud));
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

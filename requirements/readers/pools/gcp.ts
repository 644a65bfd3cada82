import { machineType } from "../../../catalogue/gcp/machine-types";
import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { type Value, valuesAt } from "../../../lib/values";
import { flagAt, numberAt, textAt } from "../../counting";
import { type GcpPoolNode, gcpNode } from "./gcp-node";
import { type Pool, type PoolPlace, type PoolSize, poolLabel } from "./pool";

const CLUSTER = "gcp:container/cluster:Cluster";
const NODE_POOL = "gcp:container/nodePool:NodePool";
const SUBNETWORK = "gcp:compute/subnetwork:Subnetwork";
const ZONE = /^[a-z]+-[a-z]+\d+-[a-z]$/;

/** A description of a pool: a resource of its own, or inside its cluster. */
interface Described {
	readonly group: ResourceNode;
	readonly inputs: Value;
	readonly cluster: ResourceNode | undefined;
	/** The property of the group that its network interfaces were computed in. */
	readonly networkProperty: string;
}

/** GKE's node pools, those that a cluster describes inside itself too, and its default pool where it keeps one. */
export function gcpPools(graph: ResourceGraph): Pool[] {
	const own = graph.ofType(NODE_POOL).map((group) => {
		const [cluster] = graph.sourcesOf(group, "cluster", CLUSTER);
		return { group, inputs: group.inputs, cluster, networkProperty: "networkConfig" };
	});
	return joined([...own, ...graph.ofType(CLUSTER).flatMap(poolsInside)].map((described) => poolOf(graph, described)));
}

/**
 * Node pools that pods cannot tell apart are one pool: of one cluster, label and zone, with nodes that are alike. A
 * reservation's machines and those on demand beyond it are such, because a node pool of GKE draws from one of the two.
 */
function joined(pools: readonly Pool[]): Pool[] {
	const groups = new Map<string, Pool>();
	for (const pool of pools) {
		const { cluster, group, label, node, place } = pool;
		const { zones, publicAddresses } = place;
		const known = cluster !== undefined && label !== undefined && zones.length > 0;
		const key = JSON.stringify(known ? [cluster.urn, label, zones, publicAddresses, node] : [group.urn, groups.size]);
		const before = groups.get(key);
		groups.set(key, before === undefined ? pool : withMore(before, pool));
	}
	return [...groups.values()];
}

function withMore(pool: Pool, more: Pool): Pool {
	const size: PoolSize = {
		nodes: pool.size.nodes + more.size.nodes,
		min: pool.size.min + more.size.min,
		max: pool.size.max + more.size.max,
		autoscaled: pool.size.autoscaled || more.size.autoscaled,
	};
	const subnets = [...new Set([...pool.place.subnets, ...more.place.subnets])];
	const strangers = Math.max(pool.place.strangers, more.place.strangers);
	return {
		...pool,
		size,
		place: { ...pool.place, subnets, strangers },
		resources: [...pool.resources, ...more.resources],
	};
}

function poolsInside(cluster: ResourceNode): Described[] {
	const inline = valuesAt(cluster.inputs, "nodePools[]").map(({ value }) => value);
	const keepsDefault = inline.length === 0 && flagAt(cluster.inputs, "removeDefaultNodePool") !== true;
	const inputs = keepsDefault && numberAt(cluster.inputs, "initialNodeCount") > 0 ? [cluster.inputs] : inline;
	return inputs.map((each) => ({ group: cluster, inputs: each, cluster, networkProperty: "nodePools" }));
}

function poolOf(graph: ResourceGraph, described: Described): Pool {
	const { group, inputs, cluster } = described;
	const place = placeOf(graph, described);
	const [labels] = valuesAt(inputs, "nodeConfig.labels");
	const typeName = textAt(inputs, "nodeConfig.machineType") ?? "";
	const node: GcpPoolNode = { inputs, cluster, machine: machineType(typeName), rdmaSubnets: rdmaIn(graph, described) };
	return {
		cloud: "gcp",
		group,
		cluster,
		label: poolLabel(labels?.value),
		size: sizeOf(inputs, Math.max(1, place.zones.length)),
		place,
		node: { typeName, ...gcpNode(node) },
		resources: [group],
	};
}

/** Counts without `total` in their name are those of each zone. */
function sizeOf(inputs: Value, zones: number): PoolSize {
	const [scaling] = valuesAt(inputs, "autoscaling");
	const initial = numberAt(inputs, "initialNodeCount") * zones;
	if (scaling === undefined) {
		const nodes = valuesAt(inputs, "nodeCount").length > 0 ? numberAt(inputs, "nodeCount") * zones : initial;
		return { nodes, min: nodes, max: nodes, autoscaled: false };
	}
	const min = numberAt(scaling.value, "totalMinNodeCount") || numberAt(scaling.value, "minNodeCount") * zones;
	const max = numberAt(scaling.value, "totalMaxNodeCount") || numberAt(scaling.value, "maxNodeCount") * zones;
	return { nodes: Math.min(max, Math.max(min, initial)), min, max, autoscaled: max > 0 };
}

function placeOf(graph: ResourceGraph, { group, inputs, cluster, networkProperty }: Described): PoolPlace {
	const main = cluster ? graph.sourcesOf(cluster, "subnetwork", SUBNETWORK) : [];
	const further = graph.sourcesOf(group, networkProperty, SUBNETWORK);
	const named = (cluster ? 1 : 0) + interfacesIn(inputs).length;
	const subnets = [...new Set([...main, ...further])];
	const hidden =
		flagAt(inputs, "networkConfig.enablePrivateNodes") ??
		flagAt(cluster?.inputs, "privateClusterConfig.enablePrivateNodes");
	return {
		zones: zonesOf(inputs, cluster),
		subnets,
		strangers: Math.max(0, named - subnets.length),
		publicAddresses: hidden !== true,
	};
}

/** The pool's own zones, else its cluster's, else the one that a zonal cluster stands in. */
function zonesOf(inputs: Value, cluster: ResourceNode | undefined): string[] {
	const listed = [inputs, cluster?.inputs ?? {}].map((holder) =>
		valuesAt(holder, "nodeLocations[]").flatMap(({ value }) => (typeof value === "string" ? [value] : [])),
	);
	const location = textAt(cluster?.inputs, "location") ?? "";
	return listed.find((zones) => zones.length > 0) ?? (ZONE.test(location) ? [location] : []);
}

/** Subnets of the pool's interfaces whose network has an RDMA profile. */
function rdmaIn(graph: ResourceGraph, { group, networkProperty }: Described): number {
	return graph
		.sourcesOf(group, networkProperty, SUBNETWORK)
		.filter((subnet) =>
			graph.sourcesOf(subnet, "network").some(({ inputs }) => textAt(inputs, "networkProfile")?.includes("-vpc-roce")),
		).length;
}

function interfacesIn(inputs: Value): Value[] {
	return valuesAt(inputs, "networkConfig.additionalNodeNetworkConfigs[]").map(({ value }) => value);
}

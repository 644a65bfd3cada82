import { type VmSize, vmSize } from "../../../catalogue/azure/vm-sizes";
import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { type Value, valuesAt } from "../../../lib/values";
import { flagAt, numberAt, textAt } from "../../counting";
import { azureLocalDisks } from "./azure-local-disks";
import { type Pool, type PoolNode, type PoolPlace, type PoolSize, poolLabel } from "./pool";

const CLUSTER = "azure-native:containerservice:ManagedCluster";
const AGENT_POOL = "azure-native:containerservice:AgentPool";
const SUBNET = "azure-native:network:Subnet";
/** Azure writes what a size can do in small letters after its cores; `r` is RDMA. */
const RDMA_SIZE = /^Standard_[A-Z]+\d+[a-z]*r[a-z]*_/;

/** A description of a pool: a resource of its own, or inside its cluster. */
interface Described {
	readonly group: ResourceNode;
	readonly inputs: Value;
	readonly cluster: ResourceNode | undefined;
	/** The property of the group that its subnet was computed in. */
	readonly subnetProperty: string;
}

/** AKS's agent pools: resources of their own, and those that a cluster describes inside itself. */
export function azurePools(graph: ResourceGraph): Pool[] {
	const own = graph.ofType(AGENT_POOL).map((group) => {
		const [cluster] = graph.sourcesOf(group, "resourceName", CLUSTER);
		return { group, inputs: group.inputs, cluster, subnetProperty: "vnetSubnetID" };
	});
	const inside = graph.ofType(CLUSTER).flatMap((cluster) =>
		valuesAt(cluster.inputs, "agentPoolProfiles[]").map(({ value }) => ({
			group: cluster,
			inputs: value,
			cluster,
			subnetProperty: "agentPoolProfiles",
		})),
	);
	return [...inside, ...own].map((described) => poolOf(graph, described));
}

function poolOf(graph: ResourceGraph, described: Described): Pool {
	const { group, inputs, cluster } = described;
	const [labels] = valuesAt(inputs, "nodeLabels");
	return {
		cloud: "azure",
		group,
		cluster,
		label: poolLabel(labels?.value),
		size: sizeOf(inputs),
		place: placeOf(graph, described),
		node: nodeOf(graph, cluster, textAt(inputs, "vmSize") ?? ""),
		resources: [group],
	};
}

/** Counts are of all zones together; the bounds hold only where autoscaling is on. */
function sizeOf(inputs: Value): PoolSize {
	const nodes = numberAt(inputs, "count");
	return flagAt(inputs, "enableAutoScaling") === true
		? { nodes, min: numberAt(inputs, "minCount"), max: numberAt(inputs, "maxCount"), autoscaled: true }
		: { nodes, min: nodes, max: nodes, autoscaled: false };
}

function placeOf(graph: ResourceGraph, { group, inputs, subnetProperty }: Described): PoolPlace {
	const subnets = graph.sourcesOf(group, subnetProperty, SUBNET);
	const zones = valuesAt(inputs, "availabilityZones[]");
	return {
		zones: zones.flatMap(({ value }) => (typeof value === "string" ? [value] : [])),
		subnets,
		// A pool without a subnet stands in a network that AKS makes itself.
		strangers: subnets.length > 0 ? 0 : 1,
		publicAddresses: flagAt(inputs, "enableNodePublicIP") === true,
	};
}

function nodeOf(graph: ResourceGraph, cluster: ResourceNode | undefined, typeName: string): PoolNode {
	const machine = vmSize(typeName);
	return {
		typeName,
		machine,
		accelerators: machine?.gpus?.count ?? 0,
		cards: machine && cardsOf(machine),
		fabric: machine && machine.infinibandAdapters > 0 ? fabricOf(typeName, machine) : undefined,
		disks: azureLocalDisks(graph, { cluster, size: typeName }),
	};
}

/** The network card and the InfiniBand adapters come with the size; no input takes one away. */
function cardsOf({ infinibandAdapters }: VmSize): PoolNode["cards"] {
	return { attached: 1 + infinibandAdapters, offered: 1 + infinibandAdapters };
}

function fabricOf(typeName: string, { infinibandAdapters: offered }: VmSize): PoolNode["fabric"] {
	return { kind: "infiniband", attached: RDMA_SIZE.test(typeName) ? offered : 0, offered };
}

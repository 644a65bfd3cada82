import type { ResourceGraph, ResourceNode } from "../../lib/graph";
import { distinct, printed, sum, urnsOf } from "../counting";
import type { Pool } from "../readers/pools/pool";
import type { ItemAnswer, ItemQuery, QueryContext, QueryRegistry } from "../row";
import { counted, countedEach } from "./answers";
import { clustersBehind, clustersOf, regionsOf } from "./places";
import { hasGpus, modulePools, poolsOf, REPLICA_GROUP_NODES, resourcesOf } from "./pools";

const PRIORITY_CLASS = "kubernetes:scheduling.k8s.io/v1:PriorityClass";
const QUOTA = "kubernetes:core/v1:ResourceQuota";

/** Nodes of a cluster with its system nodes, and GPU nodes alone: the two totals of conflict `nodes-per-region`. */
const CLUSTER_NODES = 128;
const POOL_SUM = 208;
/** 60 % of a cluster's nodes. */
const SERVING_NODES = 77;

/** A cluster with its pools and their nodes. */
interface Sized {
	readonly cluster: ResourceNode;
	readonly pools: readonly Pool[];
	readonly gpu: number;
	readonly system: number;
}

/** FR-INF-1's clusters and nodes, the totals of FR-INF-2 and FR-INF-4, and what every cluster holds of classes. */
export const clusterQueries: QueryRegistry = {
	"FR-INF-1/clusters": (graph) => {
		const clusters = clustersOf(graph);
		return counted(clusters, clusters.length, { wanted: 12, unit: "clusters" });
	},
	"FR-INF-1/clusters-per-region": (graph) => {
		const clusters = clustersOf(graph);
		const counts = regionsOf(graph).map((region) => clusters.filter(({ cell }) => cell === region).length);
		return countedEach(clusters, counts, { wanted: 1, unit: "clusters a region" });
	},
	"FR-INF-1/nodes-per-cluster": eachCluster(({ gpu, system }) => gpu + system, CLUSTER_NODES),
	"FR-INF-1/total-nodes": (graph) => {
		const pools = sizedClusters(graph).flatMap((each) => each.pools);
		return counted(resourcesOf(pools), sum(pools.map(({ size }) => size.nodes)), { wanted: 1536, unit: "nodes" });
	},
	"FR-INF-1/min-nodes": eachCluster(({ pools }) => sum(pools.map(({ size }) => size.min)), 32),
	"FR-INF-1/max-nodes": eachCluster(({ pools }) => sum(pools.map(({ size }) => size.max)), 256),
	"FR-INF-2/setting": totals(inWholeGroups),
	"FR-INF-4/counted-apart": totals(({ gpu, system }) => gpu > 0 && system > 0 && gpu + system === CLUSTER_NODES),
	"FR-INF-4/serving-share": servingShare,
	"FR-K8S-1/priority-classes": eachClusterHas(PRIORITY_CLASS, "priority classes a cluster"),
	"FR-K8S-1/quotas": eachClusterHas(QUOTA, "resource quotas a cluster"),
	"OP-GPU-1/priorities": (graph) => {
		const values = valuesByCluster(graph);
		return {
			found: `priorities ${distinct(values.flat()).join(", ") || "none"}`,
			works: values.length > 0 && values.every((each) => each.length > 1),
			resources: urnsOf(graph.ofType(PRIORITY_CLASS)),
		};
	},
};

function sizedClusters(graph: ResourceGraph): Sized[] {
	const pools = poolsOf(graph);
	return clustersOf(graph).map((cluster) => {
		const own = pools.filter((pool) => pool.cluster?.urn === cluster.urn);
		const gpu = sum(own.filter(hasGpus).map(({ size }) => size.nodes));
		return { cluster, pools: own, gpu, system: sum(own.map(({ size }) => size.nodes)) - gpu };
	});
}

function eachCluster(figure: (cluster: Sized) => number, wanted: number): ItemQuery {
	return (graph) => {
		const clusters = sizedClusters(graph);
		const nodes = resourcesOf(clusters.flatMap(({ pools }) => pools));
		return countedEach(nodes, clusters.map(figure), { wanted, unit: "nodes a cluster" });
	};
}

function totals(holds: (cluster: Sized) => boolean): ItemQuery {
	return (graph): ItemAnswer => {
		const clusters = sizedClusters(graph);
		const words = clusters.map(
			({ gpu, system }) => `${printed(gpu)} GPU and ${printed(system)} system nodes a cluster`,
		);
		return {
			found: distinct(words).join(", ") || "no cluster",
			works: clusters.length > 0 && clusters.every(holds),
			resources: urnsOf(resourcesOf(clusters.flatMap(({ pools }) => pools))),
		};
	};
}

/** The cluster's total with its GPU pools in whole replica groups, or the pools' own sum. */
function inWholeGroups({ pools, gpu, system }: Sized): boolean {
	const whole = pools.filter(hasGpus).every(({ size }) => size.nodes % REPLICA_GROUP_NODES === 0);
	return gpu > 0 && ((whole && gpu + system === CLUSTER_NODES) || gpu === POOL_SUM);
}

/** At most 77 nodes that serve, in whole groups; more where conflict nodes-per-region is settled for the cluster's total. */
function servingShare(graph: ResourceGraph, context: QueryContext): ItemAnswer {
	const { conflicts = [] } = context;
	const serving = modulePools(graph, context);
	const clusters = clustersOf(graph).map(({ urn }) => serving.filter(({ cluster }) => cluster?.urn === urn));
	const counts = clusters.map((pools) => sum(pools.map(({ size }) => size.nodes)));
	const answer = countedEach(resourcesOf(serving), counts, { wanted: SERVING_NODES, unit: "serving nodes a cluster" });
	const whole = SERVING_NODES - (SERVING_NODES % REPLICA_GROUP_NODES);
	const settled = conflicts.find(({ id }) => id === "nodes-per-region")?.choice;
	if (clusters.length > 0 && counts.every((count) => count === whole)) {
		return { ...answer, works: true };
	}
	if (settled === undefined || !counts.every((count) => count >= whole)) {
		return answer;
	}
	const effect = "more of a cluster serves than 60 %, less is left for data, management and monitoring";
	return { ...answer, works: counts.length > 0, deviation: { substitute: `conflict settled as ${settled}`, effect } };
}

function eachClusterHas(type: string, unit: string): ItemQuery {
	return (graph) => {
		const objects = graph.ofType(type);
		const counts = clustersOf(graph).map(({ urn }) => objects.filter((object) => isIn(graph, object, urn)).length);
		return countedEach(objects, counts, { wanted: 4, unit });
	};
}

/** The different priorities of each cluster. */
function valuesByCluster(graph: ResourceGraph): string[][] {
	return clustersOf(graph).map(({ urn }) => {
		const classes = graph.ofType(PRIORITY_CLASS).filter((object) => isIn(graph, object, urn));
		return distinct(classes.map(({ inputs }) => String(inputs.value)));
	});
}

function isIn(graph: ResourceGraph, object: ResourceNode, cluster: string): boolean {
	return clustersBehind(graph, object).some(({ urn }) => urn === cluster);
}

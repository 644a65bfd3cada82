import type { ResourceGraph, ResourceNode } from "../../lib/graph";
import { flagAt } from "../counting";
import type { ItemAnswer, ItemQuery, QueryRegistry } from "../row";
import { countedEach, everyOne } from "./answers";
import { CLUSTERS, clustersOf, regionsOf } from "./places";
import { poolsOf } from "./pools";
import { releasesIn } from "./releases";

/** A service of a cluster: the input that switches the cloud's own on, and the charts that install one. */
interface Service {
	readonly inputs: readonly string[];
	readonly charts: readonly string[];
}

/** Azure Policy for AKS is Gatekeeper. Source: Microsoft Learn, "Azure Policy for Kubernetes", general knowledge, unverified. */
const GATEKEEPER: Service = { inputs: ["addonProfiles.azurepolicy.enabled"], charts: ["gatekeeper"] };
/** Managed Service for Prometheus of Google and of Azure collect what Prometheus does. */
const PROMETHEUS: Service = {
	inputs: ["monitoringConfig.managedPrometheus.enabled", "azureMonitorProfile.metrics.enabled"],
	charts: ["prometheus", "kube-prometheus-stack"],
};
const AUTOSCALERS = ["cluster-autoscaler", "karpenter"];

/** What every cluster brings of its own or has installed: node autoscalers, policy enforcement, metrics. */
export const clusterServiceQueries: QueryRegistry = {
	"FR-K8S-2/node-autoscaler": (graph) =>
		everyOne(clustersOf(graph), (cluster) => scalesNodes(graph, cluster), "clusters scale their nodes"),
	"SV-REG-1/auto-scaling": autoScaling,
	"FR-OBS-1/prometheus": eachCluster(PROMETHEUS, "clusters with Prometheus"),
	"OP-SEC-1/gatekeeper": eachCluster(GATEKEEPER, "clusters with Gatekeeper"),
};

function eachCluster(service: Service, unit: string): ItemQuery {
	return (graph) => everyOne(graph.ofType(...CLUSTERS), (cluster) => has(graph, cluster, service), unit);
}

function has(graph: ResourceGraph, cluster: ResourceNode, { inputs, charts }: Service): boolean {
	const own = inputs.some((path) => flagAt(cluster.inputs, path) === true);
	return own || releasesIn(graph, cluster, ...charts).length > 0;
}

/** Bounds alone move nothing: the cloud does, or an autoscaler in the cluster. */
function scalesNodes(graph: ResourceGraph, cluster: ResourceNode): boolean {
	const own = poolsOf(graph).filter((pool) => pool.cluster?.urn === cluster.urn);
	return own.some(({ size }) => size.autoscaled) || releasesIn(graph, cluster, ...AUTOSCALERS).length > 0;
}

/** A cluster in each region that scales its nodes. */
function autoScaling(graph: ResourceGraph): ItemAnswer {
	const clusters = clustersOf(graph).filter((cluster) => scalesNodes(graph, cluster));
	const counts = regionsOf(graph).map((region) => clusters.filter(({ cell }) => cell === region).length);
	return countedEach(clusters, counts, { wanted: 1, unit: "clusters a region that scale their nodes" });
}

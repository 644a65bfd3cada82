import { clusterQueries } from "../../../../requirements/queries/clusters";
import { describeExamples, describeTopic } from "./asking";
import { cluster, inCluster, kubernetes, type PoolOptions, pool, vpc } from "./estate";
import { aks, aksPool, vnet } from "./estate-azure";
import { gke, gkePool, gkeSubnet, gkeSystemPool } from "./estate-gcp";

const regions = Array.from({ length: 12 }, (_, i) => `region-${i}`);
const main = cluster();

/** A cluster with a GPU pool and a system pool. */
function sized(gpu: number, system: number, options: PoolOptions = {}) {
	const own = cluster(options.region);
	const systemPool = { ...options, label: "system", type: "m7i.2xlarge", nodes: system, cluster: own };
	return [own, ...pool({ ...options, nodes: gpu, cluster: own }), ...pool(systemPool)];
}

/** A cluster with objects of a type. */
function holding(type: string, values: readonly number[]) {
	return [main, kubernetes(main), ...values.map((value) => inCluster(type, `object-${value}`, { value }, main))];
}

const classType = "kubernetes:scheduling.k8s.io/v1:PriorityClass";
const quotaType = "kubernetes:core/v1:ResourceQuota";

describeTopic("cluster queries", clusterQueries, {
	"FR-INF-1/clusters": {
		served: regions.map(cluster),
		found: "12 of 12 clusters",
		broken: [main, { ...cluster("us-west-2"), cell: "agents" }],
		instead: "1 of 12 clusters",
	},
	"FR-INF-1/clusters-per-region": {
		served: [vpc(), main],
		found: "1 of 1 clusters a region",
		broken: [vpc(), main, vpc("us-west-2")],
		instead: "0 to 1 of 1 clusters a region",
	},
	"FR-INF-1/nodes-per-cluster": {
		served: sized(124, 4),
		found: "128 of 128 nodes a cluster",
		broken: sized(4, 3),
		instead: "7 of 128 nodes a cluster",
	},
	"FR-INF-1/total-nodes": {
		served: regions.flatMap((region) => sized(124, 4, { region })),
		found: "1,536 of 1,536 nodes",
		broken: sized(124, 4),
		instead: "128 of 1,536 nodes",
	},
	"FR-INF-1/min-nodes": {
		served: sized(28, 4),
		found: "32 of 32 nodes a cluster",
		broken: sized(28, 3),
		instead: "31 of 32 nodes a cluster",
	},
	"FR-INF-1/max-nodes": {
		served: sized(28, 4, { max: 128 }),
		found: "256 of 256 nodes a cluster",
		broken: sized(28, 4, { max: 100 }),
		instead: "200 of 256 nodes a cluster",
	},
	"FR-INF-2/setting": {
		served: sized(124, 4),
		found: "124 GPU and 4 system nodes a cluster",
		broken: sized(125, 3),
		instead: "125 GPU and 3 system nodes a cluster",
	},
	"FR-INF-4/counted-apart": {
		served: sized(124, 4),
		found: "124 GPU and 4 system nodes a cluster",
		broken: sized(128, 4),
		instead: "128 GPU and 4 system nodes a cluster",
	},
	"FR-INF-4/serving-share": {
		served: sized(104, 24),
		found: "104 of 77 serving nodes a cluster",
		broken: sized(72, 56),
		instead: "72 of 77 serving nodes a cluster",
		context: { conflicts: [{ id: "nodes-per-region", rows: ["FR-INF-4"], choice: "cluster-total" }] },
	},
	"FR-K8S-1/priority-classes": {
		served: holding(classType, [1, 2, 3, 4]),
		found: "4 of 4 priority classes a cluster",
		broken: holding(classType, [1, 2, 3]),
		instead: "3 of 4 priority classes a cluster",
	},
	"FR-K8S-1/quotas": {
		served: holding(quotaType, [1, 2, 3, 4]),
		found: "4 of 4 resource quotas a cluster",
		broken: holding(quotaType, []),
		instead: "0 of 4 resource quotas a cluster",
	},
	"OP-GPU-1/priorities": {
		served: holding(classType, [100, 500]),
		found: "priorities 100, 500",
		broken: [...holding(classType, [100, 500]), cluster("us-west-2")],
		instead: "priorities 100, 500",
	},
});

/** A cluster with a GPU pool and a system pool on each cloud. */
function sizedEach(gpu: { readonly aws: number; readonly gcp: number; readonly azure: number }) {
	const google = gke();
	return [
		...sized(gpu.aws, 4, { max: 124 }),
		...gkePool({ cluster: google, nodes: gpu.gcp }),
		gkeSystemPool(google, 4, 8),
		...aksPool({ cluster: aks("swedencentral", 4, 8), nodes: gpu.azure }),
	];
}
const all = { aws: 124, gcp: 124, azure: 124 };

describeExamples("clusters of three clouds", clusterQueries, {
	"FR-INF-1/clusters-per-region": {
		served: [vpc(), main, gkeSubnet(), gke(), vnet(), aks()],
		found: "1 of 1 clusters a region",
		broken: [vpc(), main, gkeSubnet(), vnet(), aks()],
		instead: "0 to 1 of 1 clusters a region",
	},
	"FR-INF-1/nodes-per-cluster": {
		served: sizedEach(all),
		found: "128 of 128 nodes a cluster",
		broken: sizedEach({ ...all, gcp: 123 }),
		instead: "127 to 128 of 128 nodes a cluster",
	},
	"FR-INF-1/min-nodes": {
		served: sizedEach({ aws: 28, gcp: 28, azure: 28 }),
		found: "32 of 32 nodes a cluster",
		broken: sizedEach({ aws: 28, gcp: 28, azure: 27 }),
		instead: "31 to 32 of 32 nodes a cluster",
	},
	"FR-INF-2/setting": {
		served: sizedEach(all),
		found: "124 GPU and 4 system nodes a cluster",
		broken: sizedEach({ ...all, azure: 120 }),
		instead: "120 GPU and 4 system nodes a cluster, 124 GPU and 4 system nodes a cluster",
	},
	"FR-INF-4/counted-apart": {
		served: sizedEach(all),
		found: "124 GPU and 4 system nodes a cluster",
		broken: sizedEach({ ...all, gcp: 0 }),
		instead: "0 GPU and 4 system nodes a cluster, 124 GPU and 4 system nodes a cluster",
	},
});

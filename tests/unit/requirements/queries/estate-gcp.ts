import type { ResourceNode } from "../../../../lib/graph";
import { type Properties, UNKNOWN } from "../../../../lib/values";
import { resource } from "../../../support/resources";
import { placed } from "./estate";

/** What is said of a GKE node pool; the rest is a pool of 4 nodes of a3-megagpu-8g that is complete. */
export interface GkePoolOptions {
	readonly region?: string;
	readonly label?: string;
	readonly type?: string;
	/** Nodes of each zone. */
	readonly nodes?: number;
	readonly zones?: readonly string[];
	/** Inputs that replace those of the complete pool. */
	readonly inputs?: Properties;
	/** Inputs that replace those of the complete pool's nodes. */
	readonly node?: Properties;
	readonly cluster?: ResourceNode;
	readonly subnets?: readonly ResourceNode[];
}

/** A region's subnet. */
export function gkeSubnet(region = "europe-west4", inputs: Properties = {}): ResourceNode {
	return resource(
		"gcp:compute/subnetwork:Subnetwork",
		`compute-${region}`,
		{ region, ...inputs },
		placed(region, "gcp"),
	);
}

/** A region's GKE cluster, closed, with multi-networking. */
export function gke(region = "europe-west4", subnet = gkeSubnet(region)): ResourceNode {
	const inputs = {
		location: region,
		removeDefaultNodePool: true,
		initialNodeCount: 1,
		enableMultiNetworking: true,
		datapathProvider: "ADVANCED_DATAPATH",
		subnetwork: UNKNOWN,
		nodeLocations: ["a", "b", "c"].map((zone) => `${region}-${zone}`),
		privateClusterConfig: { enablePrivateEndpoint: true, enablePrivateNodes: true },
	};
	const extras = { ...placed(region, "gcp"), from: { subnetwork: [subnet] } };
	return resource("gcp:container/cluster:Cluster", `main-${region}`, inputs, extras);
}

/** A node pool and its cluster. */
export function gkePool(options: GkePoolOptions = {}): [ResourceNode, ResourceNode] {
	const { region = "europe-west4", label = "foundation", type = "a3-megagpu-8g", nodes = 4 } = options;
	const cluster = options.cluster ?? gke(region);
	const inputs = {
		cluster: UNKNOWN,
		nodeCount: nodes,
		nodeLocations: (options.zones ?? ["b"]).map((zone) => `${region}-${zone}`),
		networkConfig: { enablePrivateNodes: true, additionalNodeNetworkConfigs: interfaces(8) },
		...options.inputs,
		nodeConfig: {
			machineType: type,
			labels: { "meridian.dev/pool": label },
			gvnic: { enabled: true },
			guestAccelerators: [{ type: "nvidia-h100-mega-80gb", count: 8 }],
			ephemeralStorageLocalSsdConfig: { localSsdCount: 16 },
			...options.node,
		},
	};
	const from = { cluster: [cluster], ...(options.subnets ? { networkConfig: options.subnets } : {}) };
	const extras = { ...placed(region, "gcp"), from };
	return [resource("gcp:container/nodePool:NodePool", `${label}-${region}`, inputs, extras), cluster];
}

/** A pool that carries the platform's own services, of so many nodes in three zones that GKE scales. */
export function gkeSystemPool(cluster: ResourceNode, min = 3, max = 6): ResourceNode {
	const [pool] = gkePool({ cluster, label: "system", type: "n2-standard-8", zones: ["a", "b", "c"], node: plainNode });
	const { nodeCount: _, networkConfig: __, ...inputs } = pool.inputs;
	const autoscaling = { totalMinNodeCount: min, totalMaxNodeCount: max };
	return { ...pool, inputs: { ...inputs, initialNodeCount: 1, autoscaling } };
}

const plainNode: Properties = { guestAccelerators: [], ephemeralStorageLocalSsdConfig: null, labels: {} };

/** Further interfaces of a node, each on a network of its own. */
export function interfaces(count: number): Properties[] {
	return Array.from({ length: count }, (_, i) => ({ network: `gpu-${i}-vpc`, subnetwork: `gpu-${i}` }));
}

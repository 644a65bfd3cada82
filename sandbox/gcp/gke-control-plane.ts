import { gkeKinds } from "../../catalogue/kubernetes/gke-networks";
import { object, text } from "../check/inputs";
import type { ClusterKind } from "../clusters/cluster-kind";
import { gkeBalancerAddress } from "./gke-balancers";
import { gkeNodes } from "./gke-nodes";
import { gkeStorageClasses } from "./gke-storage-classes";
import { gkeSystemPods } from "./gke-system-pods";
import { POOL } from "./node-pool-place";

/** GKE clusters as the sandbox runs them. */
export const gkeClusters: ClusterKind = {
	type: "gcp:container/cluster:Cluster",
	poolTypes: [POOL],
	kinds: gkeKinds,
	name: ({ outputs }) => text(outputs, "name") ?? "",
	settings: ({ id, outputs }) => ({
		services: text(outputs, "servicesIpv4Cidr") ?? "34.118.224.0/20",
		pods: text(outputs, "clusterIpv4Cidr") || "10.0.0.0/14",
		issuer: `https://container.googleapis.com/v1/${id}`,
	}),
	nodes: gkeNodes,
	storageClasses: gkeStorageClasses,
	systemPods: gkeSystemPods,
	balancerAddress: gkeBalancerAddress,
	withAuthority: (outputs, clusterCaCertificate) => ({
		...outputs,
		masterAuth: { ...object(outputs, "masterAuth"), clusterCaCertificate },
	}),
};

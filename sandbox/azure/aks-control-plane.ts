import { text } from "../check/inputs";
import type { ClusterKind } from "../clusters/cluster-kind";
import { aksBalancerAddress } from "./aks-balancers";
import { aksNodes } from "./aks-nodes";
import { aksStorageClasses } from "./aks-storage-classes";
import { aksSystemPods } from "./aks-system-pods";
import { TYPE } from "./types";

/** AKS clusters as the sandbox runs them; AKS gives the authority's certificate with a kubeconfig only. */
export const aksClusters: ClusterKind = {
	type: TYPE.cluster,
	poolTypes: [TYPE.agentPool],
	kinds: [],
	name: ({ outputs }) => text(outputs, "resourceName") ?? text(outputs, "name") ?? "",
	settings: ({ outputs }) => ({
		services: text(outputs, "networkProfile.serviceCidr") ?? "10.0.0.0/16",
		pods: text(outputs, "networkProfile.podCidr") ?? "10.244.0.0/16",
		issuer: text(outputs, "oidcIssuerProfile.issuerURL") ?? "https://kubernetes.default.svc",
	}),
	nodes: aksNodes,
	storageClasses: aksStorageClasses,
	systemPods: aksSystemPods,
	balancerAddress: aksBalancerAddress,
	withAuthority: (outputs) => outputs,
};

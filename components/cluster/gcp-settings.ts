import type * as gcp from "@pulumi/gcp";
import type { GcpRegionSpec } from "../../spec/schema/gcp-region";

type ClusterArgs = gcp.container.ClusterArgs;

/** Settings that every cluster has, whatever its region asks for. */
export const hardening = {
	networkingMode: "VPC_NATIVE",
	// Cilium: network policies hold without an add-on, and nodes may have further networks.
	datapathProvider: "ADVANCED_DATAPATH",
	// On from the start, whether a pool has further networks yet or not.
	enableMultiNetworking: true,
	enableIntranodeVisibility: true,
	enableShieldedNodes: true,
	enableLegacyAbac: false,
	anonymousAuthenticationConfig: { mode: "LIMITED" },
	rbacBindingConfig: {
		enableInsecureBindingSystemAuthenticated: false,
		enableInsecureBindingSystemUnauthenticated: false,
	},
	masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
	binaryAuthorization: { evaluationMode: "PROJECT_SINGLETON_POLICY_ENFORCE" },
	securityPostureConfig: { mode: "BASIC", vulnerabilityMode: "VULNERABILITY_DISABLED" },
	loggingConfig: {
		enableComponents: ["SYSTEM_COMPONENTS", "WORKLOADS", "APISERVER", "CONTROLLER_MANAGER", "SCHEDULER"],
	},
	monitoringConfig: {
		// The list replaces GKE's own, so what GKE has by itself stands here too, DCGM (GPUs) with it.
		enableComponents: [
			...["SYSTEM_COMPONENTS", "APISERVER", "CONTROLLER_MANAGER", "SCHEDULER", "STORAGE", "HPA", "POD"],
			...["DAEMONSET", "DEPLOYMENT", "STATEFULSET", "KUBELET", "CADVISOR", "DCGM", "JOBSET"],
		],
		managedPrometheus: { enabled: true },
		advancedDatapathObservabilityConfig: { enableMetrics: true, enableRelay: false },
	},
	dnsConfig: { clusterDns: "KUBE_DNS" },
	costManagementConfig: { enabled: true },
	addonsConfig: {
		gcePersistentDiskCsiDriverConfig: { enabled: true },
		gcsFuseCsiDriverConfig: { enabled: true },
		// Pods ask the cluster's DNS itself, which is what the namespaces' policies let through.
		dnsCacheConfig: { enabled: false },
	},
} as const satisfies Partial<ClusterArgs>;

/** Upgrades start on weekends only: 16 hours a week, above the 48 hours in 32 days that GKE asks for. */
export const maintenance: ClusterArgs["maintenancePolicy"] = {
	recurringWindow: {
		startTime: "2026-01-03T02:00:00Z",
		endTime: "2026-01-03T10:00:00Z",
		recurrence: "FREQ=WEEKLY;BYDAY=SA,SU",
	},
};

/** Who reaches the API server: the network and what is connected to it, or also listed addresses. */
export function endpointAccess({
	cluster,
}: GcpRegionSpec): Pick<ClusterArgs, "privateClusterConfig" | "masterAuthorizedNetworksConfig"> {
	const listed = cluster.access === "allow-list";
	const ranges = [
		...cluster.operatorAddresses.map((cidrBlock) => ({ cidrBlock, displayName: "connected network" })),
		...cluster.allowedAddresses.map((cidrBlock) => ({ cidrBlock, displayName: "listed" })),
	];
	return {
		privateClusterConfig: {
			enablePrivateNodes: true,
			enablePrivateEndpoint: !listed,
			masterGlobalAccessConfig: { enabled: true },
		},
		masterAuthorizedNetworksConfig: {
			cidrBlocks: ranges,
			gcpPublicCidrsAccessEnabled: false,
			privateEndpointEnforcementEnabled: true,
		},
	};
}

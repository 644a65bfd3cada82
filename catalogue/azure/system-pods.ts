import { onEveryNode, type SystemPart, somewhere } from "../system-part";

/**
 * What AKS runs in its clusters. Microsoft publishes few requests. Sources, all read 2026-11-21: `kubectl describe node`
 * in public listings, of AKS 1.32.7 (networking, DNS, disks, konnectivity, metrics, workload identity, image cleaner) and
 * of 1.23.12 (Defender's DaemonSets, Gatekeeper, Container Insights); Azure/AKS issue 5244 for Cilium, which asks for
 * memory alone, and its operator, which asks for nothing; the chart of blob-csi-driver. Unverified: that the figures of
 * 1.23 still hold; requests of `azure-policy`, of its webhook and of `microsoft-defender-collector-misc`; the numbers of
 * pods of a large cluster, with which AKS scales DNS.
 */
export const aksParts = {
	amaLogs: onEveryNode("ama-logs", { cpu: "150m", memory: "550Mi" }),
	amaLogsOfCluster: somewhere("ama-logs-rs", 1, { cpu: "150m", memory: "250Mi" }),
	azureCns: onEveryNode("azure-cns", { cpu: "40m", memory: "250Mi" }),
	azurePolicy: somewhere("azure-policy", 1, { cpu: "30m", memory: "50Mi" }),
	azurePolicyWebhook: somewhere("azure-policy-webhook", 1, { cpu: "30m", memory: "50Mi" }),
	blobDriver: onEveryNode("csi-blob-node", { cpu: "30m", memory: "60Mi" }),
	cilium: onEveryNode("cilium", { memory: "100Mi" }),
	ciliumOperator: somewhere("cilium-operator", 1, {}),
	cloudNodeManager: onEveryNode("cloud-node-manager", { cpu: "50m", memory: "50Mi" }),
	coredns: somewhere("coredns", 2, { cpu: "100m", memory: "70Mi" }),
	corednsAutoscaler: somewhere("coredns-autoscaler", 1, { cpu: "20m", memory: "10Mi" }),
	defenderCollector: onEveryNode("microsoft-defender-collector-ds", { cpu: "60m", memory: "96Mi" }),
	defenderCollectorOfCluster: somewhere("microsoft-defender-collector-misc", 1, { cpu: "30m", memory: "32Mi" }),
	defenderPublisher: onEveryNode("microsoft-defender-publisher-ds", { cpu: "30m", memory: "32Mi" }),
	diskDriver: onEveryNode("csi-azuredisk-node", { cpu: "30m", memory: "60Mi" }),
	fileDriver: onEveryNode("csi-azurefile-node", { cpu: "30m", memory: "60Mi" }),
	gatekeeperAudit: somewhere("gatekeeper-audit", 1, { cpu: "100m", memory: "256Mi" }),
	gatekeeperController: somewhere("gatekeeper-controller", 2, { cpu: "100m", memory: "256Mi" }),
	imageCleaner: somewhere("eraser-controller-manager", 1, { cpu: "100m", memory: "30Mi" }),
	ipMasqAgent: onEveryNode("azure-ip-masq-agent", { cpu: "100m", memory: "50Mi" }),
	konnectivityAgent: somewhere("konnectivity-agent", 2, { cpu: "20m", memory: "20Mi" }),
	konnectivityAutoscaler: somewhere("konnectivity-agent-autoscaler", 1, { cpu: "20m", memory: "10Mi" }),
	kubeProxy: onEveryNode("kube-proxy", { cpu: "100m" }),
	metricsServer: somewhere("metrics-server", 2, { cpu: "156m", memory: "138Mi" }),
	workloadIdentity: somewhere("azure-wi-webhook-controller-manager", 2, { cpu: "100m", memory: "20Mi" }),
} as const satisfies { readonly [role: string]: SystemPart };

import { onEveryNode, type SystemPart, somewhere } from "../system-part";

/** Label of nodes with accelerators. */
const ACCELERATOR = "cloud.google.com/gke-accelerator";

/**
 * What GKE runs in its clusters. Google publishes no requests. Sources, all read 2026-11-21: `kubectl describe node` in
 * public listings, of GKE 1.36.3-gke.1767000 (fluentbit, metadata server, metrics agent, netd, node-local-dns, pdcsi) and
 * of 1.30 to 1.32 (the others); cores of `anetd`, `dcgm-exporter` and the device plugin from a public list of the
 * DaemonSets of a cluster of 2025. Unverified: memory of these three, which is left out; both requests of
 * `gcsfusecsi-node`, taken from its first public manifest; the numbers of pods, which GKE scales with the nodes.
 * `ip-masq-agent` is left out: whether it is there depends on ranges of addresses.
 */
export const gkeParts = {
	anetd: onEveryNode("anetd", { cpu: "205m" }),
	collector: onEveryNode("collector", { cpu: "5m", memory: "36M" }),
	dcgmExporter: onEveryNode("dcgm-exporter", { cpu: "100m" }, ACCELERATOR),
	eventExporter: somewhere("event-exporter-gke", 1, { cpu: "3m", memory: "100Mi" }),
	fluentbit: onEveryNode("fluentbit-gke", { cpu: "105m", memory: "230Mi" }),
	gcsFuse: onEveryNode("gcsfusecsi-node", { cpu: "20m", memory: "160Mi" }),
	gmpOperator: somewhere("gmp-operator", 1, { cpu: "1m", memory: "16M" }),
	konnectivityAgent: somewhere("konnectivity-agent", 2, { cpu: "15m", memory: "60Mi" }),
	konnectivityAutoscaler: somewhere("konnectivity-agent-autoscaler", 1, { cpu: "10m", memory: "10M" }),
	kubeDns: somewhere("kube-dns", 2, { cpu: "265m", memory: "140Mi" }),
	kubeDnsAutoscaler: somewhere("kube-dns-autoscaler", 1, { cpu: "20m", memory: "10Mi" }),
	kubeProxy: onEveryNode("kube-proxy", { cpu: "100m" }),
	kubeStateMetrics: somewhere("kube-state-metrics", 1, { cpu: "105m", memory: "130Mi" }),
	l7DefaultBackend: somewhere("l7-default-backend", 1, { cpu: "10m", memory: "20Mi" }),
	metadataServer: onEveryNode("gke-metadata-server", { cpu: "100m", memory: "100Mi" }),
	metricsAgent: onEveryNode("gke-metrics-agent", { cpu: "21m", memory: "145Mi" }),
	metricsServer: somewhere("metrics-server", 1, { cpu: "48m", memory: "105Mi" }),
	netd: onEveryNode("netd", { cpu: "8m", memory: "65Mi" }),
	nodeLocalDns: onEveryNode("node-local-dns", { cpu: "30m", memory: "50Mi" }),
	nvidiaDevicePlugin: onEveryNode("nvidia-gpu-device-plugin", { cpu: "55m" }, ACCELERATOR),
	persistentDisks: onEveryNode("pdcsi-node", { cpu: "10m", memory: "20Mi" }),
} as const satisfies { readonly [role: string]: SystemPart };

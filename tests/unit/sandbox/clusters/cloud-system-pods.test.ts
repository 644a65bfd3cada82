import assert from "node:assert/strict";
import type { Properties } from "../../../../lib/values";
import { eksSystemPods } from "../../../../sandbox/aws/eks-system-pods";
import { aksSystemPods } from "../../../../sandbox/azure/aks-system-pods";
import type { Placeholder } from "../../../../sandbox/clusters/placeholders";
import { gkeSystemPods } from "../../../../sandbox/gcp/gke-system-pods";
import type { SandboxObject } from "../../../../sandbox/model";
import { estate as azureEstate } from "../azure/estate";
import { estate as awsEstate } from "../estate";
import { estate as gcpEstate } from "../gcp/estate";

const names = (pods: readonly Placeholder[]): string[] => pods.map(({ name }) => name).sort();
const withOutputs = (object: SandboxObject, outputs: Properties): SandboxObject => ({
	...object,
	outputs: { ...object.outputs, ...outputs },
});

function assertSystemPods(pods: readonly Placeholder[]): void {
	assert.equal(new Set(names(pods)).size, pods.length);
	for (const { everywhere, kind, namespace, priorityClass } of pods) {
		assert.equal(namespace, "kube-system");
		assert.equal(everywhere === true, kind === "DaemonSet");
		assert.equal(priorityClass, kind === "DaemonSet" ? "system-node-critical" : "system-cluster-critical");
	}
}

describe("system pods of EKS", () => {
	const withAddons = (outputs: Properties, ...addons: string[]): Placeholder[] => {
		const { of, stage } = awsEstate();
		for (const addonName of addons) {
			stage.put("aws:eks/addon:Addon", { clusterName: "research", addonName });
		}
		return eksSystemPods(withOutputs(of("cluster"), outputs), stage);
	};
	const none = { bootstrapSelfManagedAddons: false };

	it("are those of its add-ons", () => {
		assert.deepEqual(names(withAddons(none)), ["aws-node"]);
		const pods = withAddons(none, "coredns", "aws-ebs-csi-driver", "eks-pod-identity-agent");
		assertSystemPods(pods);
		assert.deepEqual(names(pods), [
			"aws-node",
			"coredns",
			"ebs-csi-controller",
			"ebs-csi-node",
			"eks-pod-identity-agent",
		]);
		const [node] = pods.filter(({ name }) => name === "ebs-csi-node");
		assert.deepEqual(node?.requests, { cpu: "30m", memory: "120Mi" });
		assert.equal(node?.standsFor, "EKS add-on aws-ebs-csi-driver");
	});

	it("are those that EKS installs by itself too, unless it is told not to, each once", () => {
		assert.deepEqual(names(withAddons({}, "coredns")), ["aws-node", "coredns", "kube-proxy"]);
	});

	it("are none for add-ons that the catalogue does not have", () => {
		assert.deepEqual(names(withAddons(none, "metrics-server")), ["aws-node"]);
	});

	it("are not those of another cluster", () => {
		const { of, stage } = awsEstate();
		assert.deepEqual(eksSystemPods(withOutputs(of("cluster"), { ...none, name: "other" }), stage), []);
	});
});

describe("system pods of GKE", () => {
	const cluster = gcpEstate().of("cluster");
	const has = (name: string, outputs: Properties): boolean =>
		names(gkeSystemPods(withOutputs(cluster, outputs))).includes(name);

	it("are those of a cluster with Dataplane V2 and Workload Identity", () => {
		const pods = gkeSystemPods(cluster);
		assertSystemPods(pods);
		assert.deepEqual(names(pods), [
			"anetd",
			"event-exporter-gke",
			"fluentbit-gke",
			"gke-metadata-server",
			"gke-metrics-agent",
			"konnectivity-agent",
			"konnectivity-agent-autoscaler",
			"kube-dns",
			"kube-dns-autoscaler",
			"l7-default-backend",
			"metrics-server",
			"netd",
			"nvidia-gpu-device-plugin",
			"pdcsi-node",
		]);
	});

	it("run the device plugin on nodes with accelerators only", () => {
		const [plugin] = gkeSystemPods(cluster).filter(({ name }) => name === "nvidia-gpu-device-plugin");
		assert.equal(plugin?.onlyWith, "cloud.google.com/gke-accelerator");
	});

	for (const [name, off, on] of [
		["kube-proxy", { datapathProvider: "ADVANCED_DATAPATH" }, { datapathProvider: "LEGACY_DATAPATH" }],
		["anetd", { datapathProvider: "LEGACY_DATAPATH" }, { datapathProvider: "ADVANCED_DATAPATH" }],
		["gke-metadata-server", { workloadIdentityConfig: {} }, {}],
		["netd", { workloadIdentityConfig: {} }, { workloadIdentityConfig: {}, enableIntranodeVisibility: true }],
		["kube-dns", { dnsConfig: { clusterDns: "CLOUD_DNS" } }, { dnsConfig: { clusterDns: "KUBE_DNS" } }],
		["pdcsi-node", { addonsConfig: { gcePersistentDiskCsiDriverConfig: { enabled: false } } }, {}],
		["gcsfusecsi-node", {}, { addonsConfig: { gcsFuseCsiDriverConfig: { enabled: true } } }],
		["node-local-dns", {}, { addonsConfig: { dnsCacheConfig: { enabled: true } } }],
		["l7-default-backend", { addonsConfig: { httpLoadBalancing: { disabled: true } } }, {}],
		["fluentbit-gke", { loggingConfig: { enableComponents: ["WORKLOADS"] } }, { loggingConfig: {} }],
		["kube-state-metrics", {}, { monitoringConfig: { enableComponents: ["SYSTEM_COMPONENTS", "POD"] } }],
		["dcgm-exporter", {}, { monitoringConfig: { enableComponents: ["SYSTEM_COMPONENTS", "DCGM"] } }],
		["gmp-operator", {}, { monitoringConfig: { managedPrometheus: { enabled: true } } }],
	] as const satisfies readonly (readonly [string, Properties, Properties])[]) {
		it(`run ${name} by the cluster's settings`, () => {
			assert.equal(has(name, off), false);
			assert.equal(has(name, on), true);
		});
	}
});

describe("system pods of AKS", () => {
	const cluster = azureEstate().of("cluster");
	const has = (name: string, outputs: Properties): boolean =>
		names(aksSystemPods(withOutputs(cluster, outputs))).includes(name);

	it("are those of a cluster with Cilium, Workload Identity, Defender and Container Insights", () => {
		const pods = aksSystemPods(cluster);
		assertSystemPods(pods);
		assert.deepEqual(names(pods), [
			"ama-logs",
			"ama-logs-rs",
			"azure-cns",
			"azure-ip-masq-agent",
			"azure-wi-webhook-controller-manager",
			"cilium",
			"cilium-operator",
			"cloud-node-manager",
			"coredns",
			"coredns-autoscaler",
			"csi-azuredisk-node",
			"csi-azurefile-node",
			"konnectivity-agent",
			"konnectivity-agent-autoscaler",
			"metrics-server",
			"microsoft-defender-collector-ds",
			"microsoft-defender-collector-misc",
			"microsoft-defender-publisher-ds",
		]);
	});

	it("go rather to system pools and bear their taint, unless they are on every node", () => {
		for (const { kind, prefers, tolerates } of aksSystemPods(cluster)) {
			const isDaemon = kind === "DaemonSet";
			assert.deepEqual(prefers, isDaemon ? undefined : { "kubernetes.azure.com/mode": "system" });
			assert.deepEqual(tolerates, isDaemon ? undefined : ["CriticalAddonsOnly"]);
		}
	});

	for (const [name, off, on] of [
		["kube-proxy", {}, { networkProfile: { networkDataplane: "azure", networkPlugin: "azure" } }],
		["cilium", { networkProfile: { networkDataplane: "azure" } }, {}],
		["azure-cns", { networkProfile: {} }, { networkProfile: { networkPluginMode: "overlay" } }],
		["azure-ip-masq-agent", { networkProfile: { networkPlugin: "none" } }, {}],
		["csi-azuredisk-node", { storageProfile: { diskCSIDriver: { enabled: false } } }, { storageProfile: {} }],
		["csi-azurefile-node", { storageProfile: { fileCSIDriver: { enabled: false } } }, { storageProfile: {} }],
		["csi-blob-node", {}, { storageProfile: { blobCSIDriver: { enabled: true } } }],
		["azure-wi-webhook-controller-manager", { securityProfile: {} }, {}],
		["eraser-controller-manager", {}, { securityProfile: { imageCleaner: { enabled: true } } }],
		["microsoft-defender-publisher-ds", { securityProfile: {} }, {}],
		["gatekeeper-controller", {}, { addonProfiles: { azurepolicy: { enabled: true } } }],
		["ama-logs", { addonProfiles: {} }, {}],
	] as const satisfies readonly (readonly [string, Properties, Properties])[]) {
		it(`run ${name} by the cluster's settings`, () => {
			assert.equal(has(name, off), false);
			assert.equal(has(name, on), true);
		});
	}
});

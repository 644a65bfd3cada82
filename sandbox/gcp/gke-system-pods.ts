import { gkeParts as parts } from "../../catalogue/gcp/system-pods";
import type { Properties } from "../../lib/values";
import { flag, text, texts } from "../check/inputs";
import type { Placeholder } from "../clusters/placeholders";
import { type PartRow, partsOf, systemPlaceholder } from "../clusters/system-pods";
import type { SandboxObject } from "../model";

/** Parts of Google Cloud's monitoring that read the state of objects. */
const STATE_METRICS = ["STORAGE", "HPA", "POD", "DAEMONSET", "DEPLOYMENT", "STATEFULSET"];

/** What GKE runs in a cluster by its settings. */
export function gkeSystemPods({ outputs }: SandboxObject): Placeholder[] {
	const rows = [...always, ...networkRows(outputs), ...addonRows(outputs), ...observationRows(outputs)];
	return partsOf(rows).map((part) => systemPlaceholder(part, { standsFor: "GKE itself" }));
}

const always: readonly PartRow[] = [
	[
		true,
		parts.konnectivityAgent,
		parts.konnectivityAutoscaler,
		parts.metricsServer,
		parts.eventExporter,
		parts.nvidiaDevicePlugin,
	],
];

/** That `netd` comes with Workload Identity and intranode visibility is seen in public listings, and unverified. */
function networkRows(cluster: Properties): PartRow[] {
	const isCilium = text(cluster, "datapathProvider") === "ADVANCED_DATAPATH";
	const hasIdentity = text(cluster, "workloadIdentityConfig.workloadPool") !== undefined;
	const clusterDns = text(cluster, "dnsConfig.clusterDns");
	return [
		[isCilium, parts.anetd],
		[!isCilium, parts.kubeProxy],
		[hasIdentity, parts.metadataServer],
		[hasIdentity || flag(cluster, "enableIntranodeVisibility") === true, parts.netd],
		[clusterDns !== "CLOUD_DNS", parts.kubeDns, parts.kubeDnsAutoscaler],
	];
}

function addonRows(cluster: Properties): PartRow[] {
	const setting = (name: string): boolean | undefined => flag(cluster, `addonsConfig.${name}`);
	return [
		[setting("gcePersistentDiskCsiDriverConfig.enabled") !== false, parts.persistentDisks],
		[setting("gcsFuseCsiDriverConfig.enabled") === true, parts.gcsFuse],
		[setting("dnsCacheConfig.enabled") === true, parts.nodeLocalDns],
		[setting("httpLoadBalancing.disabled") !== true, parts.l7DefaultBackend],
	];
}

/** A cluster that says nothing of logs or metrics has those of the system. */
function observationRows(cluster: Properties): PartRow[] {
	const components = (of: string): string[] => {
		const named = texts(cluster, `${of}.enableComponents`);
		return named.length > 0 ? named : ["SYSTEM_COMPONENTS"];
	};
	const metrics = components("monitoringConfig");
	const isManaged = flag(cluster, "monitoringConfig.managedPrometheus.enabled") === true;
	return [
		[components("loggingConfig").includes("SYSTEM_COMPONENTS"), parts.fluentbit],
		[metrics.includes("SYSTEM_COMPONENTS"), parts.metricsAgent],
		[metrics.some((each) => STATE_METRICS.includes(each)), parts.kubeStateMetrics],
		[metrics.includes("DCGM"), parts.dcgmExporter],
		[isManaged, parts.collector, parts.gmpOperator],
	];
}

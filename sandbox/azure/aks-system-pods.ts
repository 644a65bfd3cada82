import { aksParts as parts } from "../../catalogue/azure/system-pods";
import type { Properties } from "../../lib/values";
import { flag, text } from "../check/inputs";
import type { Placeholder } from "../clusters/placeholders";
import { type PartRow, partsOf, systemPlaceholder } from "../clusters/system-pods";
import type { SandboxObject } from "../model";

/** Nodes of system pools. Source: Microsoft Learn, "Use system node pools in AKS", read 2026-11-21. */
const systemPools = { "kubernetes.azure.com/mode": "system" };

/** What AKS runs in a cluster by its settings; what is not on every node is rather placed on the system pools. */
export function aksSystemPods({ outputs }: SandboxObject): Placeholder[] {
	const rows = [...always, ...networkRows(outputs), ...driverRows(outputs), ...securityRows(outputs)];
	return partsOf(rows).map((part) => systemPlaceholder(part, { standsFor: "AKS itself", prefers: systemPools }));
}

const always: readonly PartRow[] = [
	[
		true,
		parts.cloudNodeManager,
		parts.coredns,
		parts.corednsAutoscaler,
		parts.konnectivityAgent,
		parts.konnectivityAutoscaler,
		parts.metricsServer,
	],
];

function networkRows(cluster: Properties): PartRow[] {
	const isCilium = text(cluster, "networkProfile.networkDataplane") === "cilium";
	const isOverlay = text(cluster, "networkProfile.networkPluginMode") === "overlay";
	return [
		[isCilium, parts.cilium, parts.ciliumOperator],
		[!isCilium, parts.kubeProxy],
		[isCilium || isOverlay, parts.azureCns],
		[text(cluster, "networkProfile.networkPlugin") !== "none", parts.ipMasqAgent],
	];
}

function driverRows(cluster: Properties): PartRow[] {
	const setting = (driver: string): boolean | undefined => flag(cluster, `storageProfile.${driver}.enabled`);
	return [
		[setting("diskCSIDriver") !== false, parts.diskDriver],
		[setting("fileCSIDriver") !== false, parts.fileDriver],
		[setting("blobCSIDriver") === true, parts.blobDriver],
	];
}

function securityRows(cluster: Properties): PartRow[] {
	const isOn = (path: string): boolean => flag(cluster, `${path}.enabled`) === true;
	return [
		[isOn("securityProfile.workloadIdentity"), parts.workloadIdentity],
		[isOn("securityProfile.imageCleaner"), parts.imageCleaner],
		[
			isOn("securityProfile.defender.securityMonitoring"),
			parts.defenderCollector,
			parts.defenderCollectorOfCluster,
			parts.defenderPublisher,
		],
		[
			isOn("addonProfiles.azurepolicy"),
			parts.azurePolicy,
			parts.azurePolicyWebhook,
			parts.gatekeeperAudit,
			parts.gatekeeperController,
		],
		[isOn("addonProfiles.omsagent"), parts.amaLogs, parts.amaLogsOfCluster],
	];
}

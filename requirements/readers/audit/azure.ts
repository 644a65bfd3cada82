import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { type Value, valuesAt } from "../../../lib/values";
import { comesFrom, flagAt, numberAt, textAt } from "../../counting";
import { ACCOUNT } from "../azure-accounts";
import { azureStores } from "../encryption/azure";
import type { AuditReader, AuditStore } from "./audit";

const SETTING = "azure-native:monitor:DiagnosticSetting";
const SUBSCRIPTION = /^\/subscriptions\/[^/]+\/?$/i;
/** Parts of the activity log that say who changed what. */
const ACTIVITY = ["Administrative", "Security", "Policy"] as const;

/** The subscription's activity log and the accounts that keep it, the API server's log of each cluster. */
export const azureAudit: AuditReader = {
	stores: (graph) =>
		activityLogs(graph).flatMap((setting) =>
			graph.sourcesOf(setting, "storageAccountId", ACCOUNT).map((account) => storeOf(graph, setting, account)),
		),
	trails: (graph) => [{ nodes: activityLogs(graph), unit: "activity logs" }],
	logsAudit: (graph, cluster) =>
		graph
			.ofType(SETTING)
			.some((setting) => comesFrom(graph, setting, { property: "resourceUri", source: cluster }) && hasAudit(setting)),
};

/** Settings of a whole subscription that record the activity log. */
function activityLogs(graph: ResourceGraph): ResourceNode[] {
	return graph.ofType(SETTING).filter((setting) => {
		const categories = enabledLogs(setting).map((log) => textAt(log, "category"));
		const whole = SUBSCRIPTION.test(textAt(setting.inputs, "resourceUri") ?? "");
		return whole && ACTIVITY.every((category) => categories.includes(category));
	});
}

/** `kube-audit-admin` alone leaves the reads out. */
function hasAudit(setting: ResourceNode): boolean {
	return enabledLogs(setting).some(
		(log) =>
			textAt(log, "category") === "kube-audit" || ["audit", "allLogs"].includes(textAt(log, "categoryGroup") ?? ""),
	);
}

function enabledLogs({ inputs }: ResourceNode): Value[] {
	return valuesAt(inputs, "logs[]").flatMap(({ value }) => (flagAt(value, "enabled") === true ? [value] : []));
}

/** Only a locked policy holds against everyone; an unlocked one can be shortened and taken away. */
function storeOf(graph: ResourceGraph, setting: ResourceNode, account: ResourceNode): AuditStore {
	const [policy] = valuesAt(account.inputs, "immutableStorageWithVersioning");
	const locked =
		flagAt(policy?.value, "enabled") === true && textAt(policy?.value, "immutabilityPolicy.state") === "Locked";
	const days = numberAt(policy?.value, "immutabilityPolicy.immutabilityPeriodSinceCreationInDays");
	return {
		resources: [setting, account],
		lockDays: locked ? days : 0,
		atRest: azureStores.isEncrypted(graph, account),
		inTransit: isTlsOnly(account),
	};
}

function isTlsOnly({ inputs }: ResourceNode): boolean {
	const version = textAt(inputs, "minimumTlsVersion") ?? "";
	return flagAt(inputs, "enableHttpsTrafficOnly") === true && ["TLS1_2", "TLS1_3"].includes(version);
}

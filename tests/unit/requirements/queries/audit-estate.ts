import type { ResourceNode } from "../../../../lib/graph";
import { UNKNOWN } from "../../../../lib/values";
import { withInput } from "../../../support/resources";
import { azure, keyVault, storageAccount, vaultKey } from "../../../support/resources-azure";
import { cryptoKey, gcp, gcsBucket } from "../../../support/resources-gcp";
import { aks } from "./estate-azure";

/** The audit logs of a project, recorded in full, in a bucket that is locked for seven years. */
export function googleAudit(): { [part in "sink" | "store" | "config"]: ResourceNode } & { all: ResourceNode[] } {
	const retentionPolicy = { isLocked: true, retentionPeriod: String(2557 * 86_400) };
	const store = withInput(gcsBucket(cryptoKey("audit"), "audit"), "retentionPolicy", retentionPolicy);
	const sink = gcp(
		"logging/projectSink:ProjectSink",
		"audit",
		{ destination: UNKNOWN, filter: 'log_id("cloudaudit.googleapis.com/activity")' },
		{ from: { destination: [store] } },
	);
	const config = gcp("projects/iAMAuditConfig:IAMAuditConfig", "audit", {
		service: "allServices",
		auditLogConfigs: ["ADMIN_READ", "DATA_READ", "DATA_WRITE"].map((logType) => ({ logType })),
	});
	return { sink, store, config, all: [sink, store, cryptoKey("audit")] };
}

/** The activity log of a subscription in an account that is locked for seven years, and a cluster with its own log. */
export function azureAuditLog(): {
	[part in "setting" | "store" | "cluster" | "clusterLogs"]: ResourceNode;
} & { all: ResourceNode[] } {
	const vault = keyVault();
	const key = vaultKey(vault, "audit");
	const store = withInput(storageAccount(key, "audit"), "immutableStorageWithVersioning", {
		enabled: true,
		immutabilityPolicy: { immutabilityPeriodSinceCreationInDays: 2557, state: "Locked" },
	});
	const setting = azure(
		"monitor:DiagnosticSetting",
		"activity",
		{
			resourceUri: "/subscriptions/3f2b6c1e",
			storageAccountId: UNKNOWN,
			logs: ["Administrative", "Security", "Policy"].map((category) => ({ category, enabled: true })),
		},
		{ from: { storageAccountId: [store] } },
	);
	const cluster = aks();
	const clusterLogs = azure(
		"monitor:DiagnosticSetting",
		"cluster",
		{ resourceUri: UNKNOWN, logs: [{ category: "kube-audit", enabled: true }] },
		{ from: { resourceUri: [cluster] } },
	);
	return { setting, store, cluster, clusterLogs, all: [setting, store, key, vault] };
}

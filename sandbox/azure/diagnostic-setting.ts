import type { Value } from "../../lib/values";
import { oneOf } from "../check/did-you-mean";
import { faultsOf, type Refusal } from "../check/fault-table";
import { isAbsent, isSet, list, number, text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, SandboxObject, TypeModel, World } from "../model";
import { byId, defineAzure } from "./define";
import { locationOfObject } from "./place";
import { ALL_TYPES, TYPE } from "./types";

/** Settings of one resource. Source: Microsoft Learn, "Diagnostic settings in Azure Monitor", read 2026-11-21. */
const MAX_SETTINGS = 5;
const SUBSCRIPTION = /^\/subscriptions\/[0-9a-f-]{36}$/;
const BLOBS = /\/blobServices\/default$/;

/** Log categories by what is watched. Source: Microsoft Learn, "Supported Resource log categories", read 2026-11-21. */
const CATEGORIES: { readonly [kind: string]: readonly string[] } = {
	subscription: [
		"Administrative",
		"Security",
		"ServiceHealth",
		"Alert",
		"Recommendation",
		"Policy",
		"Autoscale",
		"ResourceHealth",
	],
	[TYPE.cluster]: [
		"kube-apiserver",
		"kube-audit",
		"kube-audit-admin",
		"kube-controller-manager",
		"kube-scheduler",
		"cluster-autoscaler",
		"cloud-controller-manager",
		"guard",
		"csi-azuredisk-controller",
		"csi-azurefile-controller",
		"csi-snapshot-controller",
	],
	[TYPE.vault]: ["AuditEvent", "AzurePolicyEvaluationDetails"],
	blobs: ["StorageRead", "StorageWrite", "StorageDelete"],
	[TYPE.storageAccount]: [],
	[TYPE.registry]: ["ContainerRegistryRepositoryEvents", "ContainerRegistryLoginEvents"],
	[TYPE.networkSecurityGroup]: ["NetworkSecurityGroupEvent", "NetworkSecurityGroupRuleCounter"],
	[TYPE.virtualNetwork]: ["VMProtectionAlerts"],
	[TYPE.vpnGateway]: ["GatewayDiagnosticLog", "TunnelDiagnosticLog", "RouteDiagnosticLog", "IKEDiagnosticLog"],
	[TYPE.firewall]: [
		"AZFWApplicationRule",
		"AZFWDnsQuery",
		"AZFWFatFlow",
		"AZFWFlowTrace",
		"AZFWFqdnResolveFailure",
		"AZFWIdpsSignature",
		"AZFWNatRule",
		"AZFWNetworkRule",
		"AZFWThreatIntel",
	],
	[TYPE.workspace]: ["Audit", "SummaryLogs"],
};

/** Where a resource's logs and metrics go, or those of a whole subscription (its activity log). */
export const diagnosticSetting: TypeModel = defineAzure({
	type: TYPE.diagnosticSetting,
	path: "{resourceUri}/providers/Microsoft.Insights/diagnosticSettings/{name}",
	naming: { pattern: /^[^<>*%&:\\?+/]{1,260}$/, allowed: "1 to 260 characters other than <>*%&:\\?+/" },
	references: [
		byId("storageAccountId", [TYPE.storageAccount]),
		byId("workspaceId", [TYPE.workspace]),
		{ ...byId("resourceUri", ALL_TYPES), only: /^(?!\/subscriptions\/[^/]+$)(?!.*\/blobServices\/default$)/ },
	],
	check: (context) => [...faultsOf(sinkRows(context)), ...faultsOf(logRows(context))],
});

/** What is watched: a kind for the table above, and the object itself where it is one. */
function watched(uri: string | undefined, world: World): { kind: string; object?: SandboxObject } {
	if (uri === undefined || SUBSCRIPTION.test(uri)) {
		return { kind: uri === undefined ? "" : "subscription" };
	}
	const isBlobs = BLOBS.test(uri);
	const [object] = world.find(ALL_TYPES, "id", uri.replace(BLOBS, ""));
	return { kind: isBlobs ? "blobs" : (object?.type ?? ""), ...(object ? { object } : {}) };
}

function sinkRows(context: CheckContext): Refusal[] {
	const { inputs, world } = context;
	const uri = text(inputs, "resourceUri");
	const { kind, object } = watched(uri, world);
	const sinks = ["storageAccountId", "workspaceId", "eventHubAuthorizationRuleId", "marketplacePartnerId"];
	const id = text(inputs, "storageAccountId");
	const [account] = id === undefined ? [] : world.find([TYPE.storageAccount], "id", id);
	const [here, there] = [object, account].map((each) => each && locationOfObject(each, world));
	const others = (uri === undefined ? [] : world.find([TYPE.diagnosticSetting], "resourceUri", uri)).filter(
		(other) => !isSelf(other, context) && other.urn !== context.self?.urn,
	);
	return [
		{
			when: sinks.every((path) => isAbsent(inputs, path)),
			property: "storageAccountId",
			reason: "at least one destination is needed: storageAccountId, workspaceId or an event hub; set one",
		},
		{
			when: kind === "blobs" && object === undefined,
			property: "resourceUri",
			reason: `names the blobs of no existing storage account: ${uri}; create the account first`,
		},
		{
			when: here !== undefined && here !== "global" && there !== undefined && here !== there,
			property: "storageAccountId",
			reason: `must be an account in ${here}, the region of the resource, but it is in ${there}`,
		},
		{
			when: object !== undefined && object.id === account?.id,
			property: "storageAccountId",
			reason: "cannot be the account that is watched: its own logs would never end; use another",
		},
		{
			when: others.length >= MAX_SETTINGS,
			property: "resourceUri",
			reason: `takes ${MAX_SETTINGS} diagnostic settings, and ${others.length} exist; use fewer`,
		},
	];
}

function logRows({ inputs, world }: CheckContext): Refusal[] {
	const { kind } = watched(text(inputs, "resourceUri"), world);
	const known = CATEGORIES[kind];
	const logs = list(inputs, "logs");
	const rows = logs.flatMap((log, i) => categoryRows(log, `logs[${i}]`, known, kind));
	const groups = logs.some((log) => isSet(log, "categoryGroup")) && logs.some((log) => isSet(log, "category"));
	return [
		...rows,
		{
			when: isAbsent(inputs, "logs") && isAbsent(inputs, "metrics"),
			property: "logs",
			reason: "at least one log or metric is needed; add one",
		},
		{
			when: groups,
			property: "logs",
			reason: "takes categories or category groups, not both in one setting; use one kind",
		},
		{
			when: kind === "subscription" && list(inputs, "metrics").length > 0,
			property: "metrics",
			reason: "a subscription has no metrics, only its activity log; remove them",
		},
	];
}

function categoryRows(log: Value, at: string, known: readonly string[] | undefined, kind: string): Refusal[] {
	const [category, group] = [text(log, "category"), text(log, "categoryGroup")];
	const given = ["category", "categoryGroup"].filter((path) => isSet(log, path)).length;
	const none = known?.length === 0 ? "nothing: an account has metrics, its blobs have logs" : oneOf(known ?? []);
	return [
		{
			when: given !== 1,
			property: at,
			reason: `exactly one of category and categoryGroup is needed, but ${given} were given`,
		},
		{
			when: known !== undefined && category !== undefined && !known.includes(category),
			property: `${at}.category`,
			reason: `must be ${none}, but ${JSON.stringify(category)} was given`,
		},
		{
			when:
				group !== undefined &&
				(kind === "subscription" || known?.length === 0 || !["audit", "allLogs"].includes(group)),
			property: `${at}.categoryGroup`,
			reason: `must be "audit" or "allLogs", of a resource that has logs, but ${JSON.stringify(group)} was given`,
		},
		{
			when: (number(log, "retentionPolicy.days") ?? 0) > 0,
			property: `${at}.retentionPolicy`,
			reason: "is retired (2025-09-30): use a management policy of the storage account, or the workspace's retention",
		},
	];
}

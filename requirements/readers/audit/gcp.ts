import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { valuesAt } from "../../../lib/values";
import { flagAt, numberAt, textAt } from "../../counting";
import { gcpStores } from "../encryption/gcp";
import type { AuditReader, AuditStore } from "./audit";

const BUCKET = "gcp:storage/bucket:Bucket";
const SINKS = [
	"gcp:logging/projectSink:ProjectSink",
	"gcp:logging/folderSink:FolderSink",
	"gcp:logging/organizationSink:OrganizationSink",
] as const;
const CONFIG = "gcp:projects/iAMAuditConfig:IAMAuditConfig";
const POLICIES = ["gcp:orgpolicy/policy:Policy", "gcp:projects/organizationPolicy:OrganizationPolicy"] as const;

/** Calls that Google records only where it is asked to; changes are recorded always. */
const LOG_TYPES = ["ADMIN_READ", "DATA_READ", "DATA_WRITE"] as const;
const SECONDS_A_DAY = 86_400;

/** Sinks of the audit logs and the buckets that they write to; GKE records calls by the project's configuration. */
export const gcpAudit: AuditReader = {
	stores: (graph) =>
		sinksOf(graph).flatMap((sink) =>
			graph.sourcesOf(sink, "destination", BUCKET).map((bucket) => storeOf(graph, sink, bucket)),
		),
	trails: (graph) => [
		{ nodes: sinksOf(graph), unit: "audit sinks" },
		{ nodes: fullConfigs(graph, ["allServices"]), unit: "full audit configurations" },
	],
	logsAudit: (graph) => fullConfigs(graph, ["allServices", "container.googleapis.com"]).length > 0,
};

/** Sinks whose filter names the audit logs; one without a filter takes every log. */
function sinksOf(graph: ResourceGraph): ResourceNode[] {
	return graph
		.ofType(...SINKS)
		.filter(({ inputs }) => flagAt(inputs, "disabled") !== true && namesAuditLogs(textAt(inputs, "filter") ?? ""));
}

function namesAuditLogs(filter: string): boolean {
	return filter.trim() === "" || filter.includes("cloudaudit.googleapis.com");
}

function storeOf(graph: ResourceGraph, sink: ResourceNode, bucket: ResourceNode): AuditStore {
	const { inputs } = bucket;
	const locked = flagAt(inputs, "retentionPolicy.isLocked") === true;
	return {
		resources: [sink, bucket],
		lockDays: locked ? Math.floor(numberAt(inputs, "retentionPolicy.retentionPeriod") / SECONDS_A_DAY) : 0,
		atRest: gcpStores.isEncrypted(graph, bucket),
		inTransit: graph.ofType(...POLICIES).some(refusesPlainText),
	};
}

/**
 * Cloud Storage's XML API takes requests without TLS unless an organization policy refuses them. Sources: Cloud Storage,
 * "Request endpoints", and Resource Manager, "Organization policy constraints", read 2026-11-21.
 */
function refusesPlainText({ inputs }: ResourceNode): boolean {
	const named = textAt(inputs, "name") ?? textAt(inputs, "constraint") ?? "";
	const rules = valuesAt(inputs, "spec.rules[]");
	const enforced =
		rules.some(({ value }) => String(textAt(value, "enforce")).toUpperCase() === "TRUE") ||
		flagAt(inputs, "booleanPolicy.enforced") === true;
	return named.endsWith("storage.secureHttpTransport") && enforced;
}

/** Configurations that record every type of call of a service, and exempt nobody. */
function fullConfigs(graph: ResourceGraph, services: readonly string[]): ResourceNode[] {
	return graph.ofType(CONFIG).filter(({ inputs }) => {
		const configs = valuesAt(inputs, "auditLogConfigs[]").map(({ value }) => value);
		const recorded = configs
			.filter((config) => valuesAt(config, "exemptedMembers[]").length === 0)
			.map((config) => textAt(config, "logType"));
		return services.includes(textAt(inputs, "service") ?? "") && LOG_TYPES.every((type) => recorded.includes(type));
	});
}

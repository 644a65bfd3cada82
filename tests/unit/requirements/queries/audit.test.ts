import assert from "node:assert/strict";
import type { ResourceNode } from "../../../../lib/graph";
import { UNKNOWN } from "../../../../lib/values";
import { auditQueries } from "../../../../requirements/queries/audit";
import { bucket, bucketEncryption, kmsKey, resource, withInput } from "../../../support/resources";
import { gcp } from "../../../support/resources-gcp";
import { ask, describeExamples, describeTopic, queryOf } from "./asking";
import { azureAuditLog, googleAudit } from "./audit-estate";
import { cluster } from "./estate";
import { vnet } from "./estate-azure";
import { gke } from "./estate-gcp";

const key = kmsKey();
const store = bucket("audit");
const trail = resource(
	"aws:cloudtrail/trail:Trail",
	"trail",
	{ s3BucketName: UNKNOWN, kmsKeyId: UNKNOWN, isMultiRegionTrail: true, enableLogging: true },
	{ from: { s3BucketName: [store], kmsKeyId: [key] } },
);
const lock = resource(
	"aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
	"lock",
	{ bucket: UNKNOWN, rule: { defaultRetention: { mode: "COMPLIANCE", days: 2557 } } },
	{ from: { bucket: [store] } },
);
const google = googleAudit();
const azureLog = azureAuditLog();
const POLICY = "immutableStorageWithVersioning.immutabilityPolicy";
const DAYS = "immutabilityPeriodSinceCreationInDays";
const tlsOnlyProject = gcp("orgpolicy/policy:Policy", "tls", {
	name: "projects/acme/policies/storage.secureHttpTransport",
	spec: { rules: [{ enforce: "TRUE" }] },
});
const tlsOnly = {
	Effect: "Deny",
	Principal: "*",
	Action: "s3:*",
	Resource: "*",
	Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const policy = resource(
	"aws:s3/bucketPolicy:BucketPolicy",
	"policy",
	{ bucket: UNKNOWN, policy: JSON.stringify({ Statement: [tlsOnly] }) },
	{ from: { bucket: [store] } },
);
const stored = [key, trail, store, lock, bucketEncryption(store, key), policy];

const LOCKED = "locked for everyone";
const OPEN = "no lock that holds for everyone";

/** The stored resources with one of them replaced. */
function changed(from: ResourceNode, to: ResourceNode): ResourceNode[] {
	return stored.map((node) => (node === from ? to : node));
}

const immutable = {
	served: stored,
	found: `AWS: ${LOCKED}`,
	broken: changed(lock, withInput(lock, "rule.defaultRetention.mode", "GOVERNANCE")),
	instead: `AWS: ${OPEN}`,
};
const kept = {
	served: stored,
	found: "AWS: locked for 2,557 of 2,557 days",
	broken: changed(lock, withInput(lock, "rule.defaultRetention.days", 365)),
	instead: "AWS: locked for 365 of 2,557 days",
};
const main = cluster();

describeTopic("audit queries", auditQueries, {
	"FR-SEC-2/audit-aws": immutable,
	"FR-SEC-2/audit-gcp": {
		served: google.all,
		found: `Google Cloud: ${LOCKED}`,
		broken: [google.sink, withInput(google.store, "retentionPolicy.isLocked", false)],
		instead: `Google Cloud: ${OPEN}`,
	},
	"FR-SEC-2/audit-azure": {
		served: azureLog.all,
		found: `Azure: ${LOCKED}`,
		broken: [azureLog.setting, withInput(azureLog.store, `${POLICY}.state`, "Unlocked")],
		instead: `Azure: ${OPEN}`,
	},
	"AG-AUD-1/immutable": {
		served: [...stored, ...google.all, ...azureLog.all],
		found: `AWS: ${LOCKED}, Azure: ${LOCKED}, Google Cloud: ${LOCKED}`,
		broken: [...stored, ...google.all, vnet()],
		instead: `AWS: ${LOCKED}, Azure: no audit log, Google Cloud: ${LOCKED}`,
	},
	"AG-AUD-1/retention": kept,
	"XX-PRIV-2/audit-retention": {
		served: [...stored, ...google.all, ...azureLog.all],
		found:
			"AWS: locked for 2,557 of 2,557 days, Azure: locked for 2,557 of 2,557 days, Google Cloud: locked for 2,557 of 2,557 days",
		broken: [...kept.broken, ...google.all, azureLog.setting, withInput(azureLog.store, `${POLICY}.${DAYS}`, 30)],
		instead:
			"AWS: locked for 365 of 2,557 days, Azure: locked for 30 of 2,557 days, Google Cloud: locked for 2,557 of 2,557 days",
	},
	"AG-AUD-1/encryption": {
		served: stored,
		found: "AWS: customer key at rest and TLS only in transit",
		broken: changed(policy, withInput(policy, "policy", UNKNOWN)),
		instead: "AWS: customer key at rest and nothing that refuses plain text in transit",
	},
	"OP-SEC-1/audit": {
		served: [trail, main],
		found: "AWS: 1 multi-region trail, 1 of 1 clusters log their audit",
		broken: [withInput(trail, "enableLogging", false), withInput(main, "enabledClusterLogTypes", ["api"])],
		instead: "AWS: 0 multi-region trails, 0 of 1 clusters log their audit",
	},
});

describeExamples("audit queries on Google Cloud", auditQueries, {
	"AG-AUD-1/encryption": {
		served: [...google.all, tlsOnlyProject],
		found: "Google Cloud: customer key at rest and TLS only in transit",
		broken: [...google.all, withInput(tlsOnlyProject, "spec.rules", [{ enforce: "FALSE" }])],
		instead: "Google Cloud: customer key at rest and nothing that refuses plain text in transit",
	},
	"AG-AUD-1/retention": {
		served: google.all,
		found: "Google Cloud: locked for 2,557 of 2,557 days",
		broken: [google.sink, withInput(google.store, "retentionPolicy.retentionPeriod", "86400")],
		instead: "Google Cloud: locked for 1 of 2,557 days",
	},
	"OP-SEC-1/audit": {
		served: [gke(), google.config, ...google.all],
		found: "Google Cloud: 1 audit sink, 1 full audit configuration, 1 of 1 clusters log their audit",
		broken: [
			...[gke(), withInput(google.config, "auditLogConfigs", [{ logType: "ADMIN_READ" }]), google.store],
			withInput(google.sink, "filter", 'log_id("compute.googleapis.com/vpc_flows")'),
		],
		instead: "Google Cloud: 0 audit sinks, 0 full audit configurations, 0 of 1 clusters log their audit",
	},
});

describeExamples("audit queries on Azure", auditQueries, {
	"AG-AUD-1/encryption": {
		served: azureLog.all,
		found: "Azure: customer key at rest and TLS only in transit",
		broken: [...azureLog.all.slice(2), azureLog.setting, withInput(azureLog.store, "enableHttpsTrafficOnly", false)],
		instead: "Azure: customer key at rest and nothing that refuses plain text in transit",
	},
	"OP-SEC-1/audit": {
		served: [azureLog.cluster, azureLog.clusterLogs, ...azureLog.all],
		found: "Azure: 1 activity log, 1 of 1 clusters log their audit",
		broken: [
			...[azureLog.cluster, withInput(azureLog.clusterLogs, "logs", [{ category: "kube-audit-admin", enabled: true }])],
			withInput(azureLog.setting, "logs", [{ category: "Security", enabled: true }]),
		],
		instead: "Azure: 0 activity logs, 0 of 1 clusters log their audit",
	},
});

describe("audit retention", () => {
	it("counts years with their leap days", () => {
		const years = withInput(lock, "rule.defaultRetention", { mode: "COMPLIANCE", years: 7 });
		const nodes = stored.map((node) => (node === lock ? years : node));
		assert.equal(ask(queryOf(auditQueries, "AG-AUD-1/retention"), nodes).works, true);
	});

	it("is not answered by a locked bucket that no trail writes to", () => {
		const nodes = stored.filter((node) => node !== trail);
		assert.equal(ask(queryOf(auditQueries, "AG-AUD-1/immutable"), nodes).found, "no audit log");
	});
});

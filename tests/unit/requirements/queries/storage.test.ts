import { UNKNOWN } from "../../../../lib/values";
import { storageQueries } from "../../../../requirements/queries/storage";
import { bucket, resource, withInput } from "../../../support/resources";
import { azure, keyVault, storageAccount, vaultKey } from "../../../support/resources-azure";
import { cryptoKey, gcp, gcsBucket } from "../../../support/resources-gcp";
import { describeExamples, describeTopic } from "./asking";

const [data, audit] = [bucket("data"), bucket("audit", { bucket: "frontier-audit" })];
const rules = [{ id: "old", status: "Enabled" }];
const lifecycle = resource(
	"aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
	"data",
	{ bucket: UNKNOWN, rules },
	{ from: { bucket: [data] } },
);
const named = resource("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "audit", {
	bucket: "frontier-audit",
	rules,
});
const replication = resource(
	"aws:s3/bucketReplicationConfig:BucketReplicationConfig",
	"data",
	{ bucket: UNKNOWN, rules },
	{ from: { bucket: [data] } },
);
const logs = resource("aws:cloudwatch/logGroup:LogGroup", "logs", { retentionInDays: 30 });

describeTopic("storage queries", storageQueries, {
	"FR-DATA-3/lifecycle": {
		served: [data, audit, lifecycle, named],
		found: "2 of 2 buckets with lifecycle rules",
		broken: [data, audit, lifecycle, withInput(named, "rules", [{ id: "old", status: "Disabled" }])],
		instead: "1 of 2 buckets with lifecycle rules",
	},
	"FR-DATA-3/replication": {
		served: [data, replication],
		found: "1 of 1 buckets replicated",
		broken: [data, audit, replication],
		instead: "1 of 2 buckets replicated",
	},
	"AG-AUD-1/lifecycle": {
		served: [data, lifecycle, logs],
		found: "1 of 1 buckets with lifecycle rules, 1 of 1 log stores with a retention",
		broken: [data, lifecycle, withInput(logs, "retentionInDays", 0)],
		instead: "1 of 1 buckets with lifecycle rules, 0 of 1 log stores with a retention",
	},
});

const google = gcsBucket(cryptoKey());
const expiring = withInput(google, "lifecycleRules", [{ action: { type: "Delete" }, condition: { age: 30 } }]);
const account = withInput(storageAccount(vaultKey(keyVault())), "accountName", "frontierdata");
const policy = azure("storage:ManagementPolicy", "data", {
	accountName: "frontierdata",
	policy: { rules: [{ name: "old-versions", enabled: true }] },
});
const computed = azure("storage:ManagementPolicy", "data", {
	policy: { rules: [{ name: "old" }] },
	accountName: UNKNOWN,
});
const workspace = azure("operationalinsights:Workspace", "logs", { retentionInDays: 30 });
const logBucket = gcp("logging/projectBucketConfig:ProjectBucketConfig", "logs", { retentionDays: 30 });

describeExamples("storage of Google Cloud and Azure", storageQueries, {
	"FR-DATA-3/lifecycle": {
		served: [expiring, account, policy],
		found: "2 of 2 buckets with lifecycle rules",
		broken: [google, account, withInput(policy, "policy.rules", [{ name: "old-versions", enabled: false }])],
		instead: "0 of 2 buckets with lifecycle rules",
	},
	"FR-DATA-3/replication": {
		served: [withInput(google, "location", "EU"), withInput(account, "sku.name", "Standard_RAGZRS")],
		found: "2 of 2 buckets replicated",
		broken: [google, account],
		instead: "0 of 2 buckets replicated",
	},
	"AG-AUD-1/lifecycle": {
		served: [
			expiring,
			account,
			{ ...computed, propertyDependencies: { accountName: [account.urn] } },
			workspace,
			logBucket,
		],
		found: "2 of 2 buckets with lifecycle rules, 2 of 2 log stores with a retention",
		broken: [
			...[expiring, account, withInput(policy, "accountName", "another")],
			withInput(workspace, "retentionInDays", undefined),
		],
		instead: "1 of 2 buckets with lifecycle rules, 0 of 1 log stores with a retention",
	},
});

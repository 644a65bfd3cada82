import { UNKNOWN } from "../../../../lib/values";
import { storageQueries } from "../../../../requirements/queries/storage";
import { bucket, resource, withInput } from "../../../support/resources";
import { describeTopic } from "./asking";

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
		found: "1 of 1 buckets with lifecycle rules, 1 of 1 log groups with a retention",
		broken: [data, lifecycle, withInput(logs, "retentionInDays", 0)],
		instead: "1 of 1 buckets with lifecycle rules, 0 of 1 log groups with a retention",
	},
});

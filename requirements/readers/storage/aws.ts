import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { valuesAt } from "../../../lib/values";
import { numberAt } from "../../counting";
import { BUCKET, sidesOf } from "../aws-buckets";
import type { StorageReader } from "./storage";

const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const REPLICATION = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

/** S3 buckets with what other resources say of them, CloudWatch log groups. */
export const awsStorage: StorageReader = {
	buckets: (graph) =>
		graph.ofType(BUCKET).map((node) => ({
			node,
			hasLifecycle: hasRule(graph, node, LIFECYCLE),
			isReplicated: hasRule(graph, node, REPLICATION),
		})),
	// 0 days keep for ever.
	logs: (graph) =>
		graph.ofType(LOG_GROUP).map((node) => ({ node, keepsForDays: numberAt(node.inputs, "retentionInDays") > 0 })),
};

/** One rule or more that is not switched off. */
function hasRule(graph: ResourceGraph, bucket: ResourceNode, type: string): boolean {
	return sidesOf(graph, bucket, type).some(({ inputs }) =>
		valuesAt(inputs, "rules[].status").some(({ value }) => value === "Enabled"),
	);
}

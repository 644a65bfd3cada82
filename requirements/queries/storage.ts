import type { ResourceGraph, ResourceNode } from "../../lib/graph";
import { valuesAt } from "../../lib/values";
import type { ItemAnswer, QueryRegistry } from "../row";
import { everyOne, together } from "./answers";
import { BUCKET, sidesOf } from "./buckets";
import { numberAt } from "./counting";

const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const REPLICATION = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

/** FR-DATA-3's rules of each bucket and AG-AUD-1's automated retention. */
export const storageQueries: QueryRegistry = {
	"FR-DATA-3/lifecycle": (graph) => bucketsWith(graph, LIFECYCLE, "buckets with lifecycle rules"),
	"FR-DATA-3/replication": (graph) => bucketsWith(graph, REPLICATION, "buckets replicated"),
	"AG-AUD-1/lifecycle": (graph) => {
		const buckets = bucketsWith(graph, LIFECYCLE, "buckets with lifecycle rules");
		const logs = everyOne(graph.ofType(LOG_GROUP), keepsForDays, "log groups with a retention");
		return together([buckets, logs]);
	},
};

function bucketsWith(graph: ResourceGraph, type: string, unit: string): ItemAnswer {
	const hasRule = (bucket: ResourceNode) => sidesOf(graph, bucket, type).some(isInForce);
	return everyOne(graph.ofType(BUCKET), hasRule, unit);
}

/** One rule or more that is not switched off. */
function isInForce({ inputs }: ResourceNode): boolean {
	return valuesAt(inputs, "rules[].status").some(({ value }) => value === "Enabled");
}

/** 0 days keep for ever. */
function keepsForDays({ inputs }: ResourceNode): boolean {
	return numberAt(inputs, "retentionInDays") > 0;
}

import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { valuesAt } from "../../../lib/values";
import { flagAt, numberAt, textAt } from "../../counting";
import { BUCKET, isTlsOnly, sidesOf } from "../aws-buckets";
import { awsStores } from "../encryption/aws";
import type { AuditReader, AuditStore } from "./audit";

const TRAIL = "aws:cloudtrail/trail:Trail";
const LOCK = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";

/** Days of seven years with their leap days, by which years are counted. */
const SEVEN_YEARS_DAYS = 2557;

/** CloudTrail's trails and the buckets that they write to, EKS's own log types. */
export const awsAudit: AuditReader = {
	stores: (graph) =>
		trailsOf(graph).flatMap((trail) =>
			graph.sourcesOf(trail, "s3BucketName", BUCKET).map((bucket) => storeOf(graph, trail, bucket)),
		),
	trails: (graph) => [
		{
			nodes: trailsOf(graph).filter(({ inputs }) => flagAt(inputs, "isMultiRegionTrail") === true),
			unit: "multi-region trails",
		},
	],
	logsAudit: (_, { inputs }) => valuesAt(inputs, "enabledClusterLogTypes[]").some(({ value }) => value === "audit"),
};

function trailsOf(graph: ResourceGraph): ResourceNode[] {
	return graph.ofType(TRAIL).filter(({ inputs }) => flagAt(inputs, "enableLogging") !== false);
}

function storeOf(graph: ResourceGraph, trail: ResourceNode, bucket: ResourceNode): AuditStore {
	const locks = sidesOf(graph, bucket, LOCK);
	return {
		resources: [trail, bucket, ...locks],
		lockDays: Math.max(0, ...locks.map(lockDays)),
		atRest: awsStores.isEncrypted(graph, bucket) && awsStores.isEncrypted(graph, trail),
		inTransit: isTlsOnly(graph, bucket),
	};
}

/** Only compliance mode holds against everyone; governance mode can be lifted. */
function lockDays({ inputs }: ResourceNode): number {
	const [retention] = valuesAt(inputs, "rule.defaultRetention");
	const years = Math.ceil((numberAt(retention?.value, "years") * SEVEN_YEARS_DAYS) / 7);
	return textAt(retention?.value, "mode") === "COMPLIANCE" ? numberAt(retention?.value, "days") + years : 0;
}

import { z } from "zod";
import { groupBy, type ResourceGraph, type ResourceNode } from "../../../lib/graph";
import type { Value } from "../../../lib/values";
import { controlsOf } from "../../controls";
import { about, fail, pass, problemsOr, undetermined } from "../../judging";
import { at, readList, readText } from "../../reading";
import { defineRule, type GraphJudgement, type Judgement } from "../../rule";
import { BUCKET_TYPES, type BucketJoin, bucketJoins } from "./bucket-joins";
import { keyOwner } from "./customer-key";

const CONFIG_TYPES = [
	"aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
	"aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
] as const;

const CONFIG_PLACES = CONFIG_TYPES.map((type) => ({ type, property: "bucket", path: "bucket" }));

/** Where S3 and the load balancers write access logs; to such buckets they write with SSE-S3 only. */
const LOG_TARGETS = [
	{ type: "aws:s3/bucketLogging:BucketLogging", property: "targetBucket", path: "targetBucket" },
	{ type: "aws:s3/bucketLoggingV2:BucketLoggingV2", property: "targetBucket", path: "targetBucket" },
	{ type: "aws:s3/bucket:Bucket", property: "logging", path: "logging.targetBucket" },
	{ type: "aws:s3/bucketV2:BucketV2", property: "loggings", path: "loggings.targetBucket" },
	{ type: "aws:lb/loadBalancer:LoadBalancer", property: "accessLogs", path: "accessLogs.bucket" },
	{ type: "aws:lb/loadBalancer:LoadBalancer", property: "connectionLogs", path: "connectionLogs.bucket" },
	{ type: "aws:alb/loadBalancer:LoadBalancer", property: "accessLogs", path: "accessLogs.bucket" },
	{ type: "aws:elb/loadBalancer:LoadBalancer", property: "accessLogs", path: "accessLogs.bucket" },
] as const;

const params = z.strictObject({
	/** Tag that marks a bucket as a target of access logs, for writers in another cell. */
	logTargetTag: z.strictObject({ key: z.string(), value: z.string() }).default({
		key: "meridian:purpose",
		value: "access-logs",
	}),
});
type Params = z.infer<typeof params>;

/** One place that sets a bucket's default encryption: the resource, the input and its rules. */
interface Setting {
	readonly node: ResourceNode;
	readonly property: string;
	readonly rulesPath: string;
}

const INLINE: readonly { readonly type: string; readonly property: string; readonly rulesPath: string }[] = [
	{
		type: "aws:s3/bucket:Bucket",
		property: "serverSideEncryptionConfiguration",
		rulesPath: "serverSideEncryptionConfiguration.rule",
	},
	{
		type: "aws:s3/bucketV2:BucketV2",
		property: "serverSideEncryptionConfigurations",
		rulesPath: "serverSideEncryptionConfigurations.rules",
	},
];

/** A01: every bucket's default encryption is SSE-KMS with a key of the customer. */
export const s3CustomerKeyEncryption = defineRule<Params>({
	id: "A01",
	name: "s3-customer-key-encryption",
	title: "S3 default encryption uses a customer key",
	severity: "high",
	level: "mandatory",
	blocksOnUndetermined: true,
	params,
	appliesTo: [...BUCKET_TYPES, ...CONFIG_TYPES],
	controls: controlsOf({
		soc2: ["PI1.4"],
		iso27001: ["A.8.11", "A.8.24"],
		hipaa: ["164.312(a)(2)(iv)", "164.312(c)(1)", "164.312(c)(2)", "164.312(e)(2)(ii)"],
		gdpr: ["Art. 32"],
		nist: ["SC-13", "SC-16", "SC-28", "SC-8", "AU-9", "CM-6"],
		ccm: ["CEK-03", "CEK-08", "DSP-17"],
		cis: ["3.11"],
	}),
	remedy: "set a bucketServerSideEncryptionConfiguration with sseAlgorithm aws:kms and a customer key's ARN",
	check: {
		kind: "graph",
		judge: (graph, given) => {
			const joins = bucketJoins(graph, CONFIG_PLACES);
			const byBucket = groupBy(joins, ({ bucket }) => bucket.urn);
			const joined = new Set(joins.map(({ node }) => node.urn));
			const logTargets = certainUrns(bucketJoins(graph, LOG_TARGETS));
			const orphans = graph.ofType(...CONFIG_TYPES).filter(({ urn }) => !joined.has(urn));
			return [
				...graph.ofType(...BUCKET_TYPES).flatMap((bucket) => {
					const logTarget = logTargets.has(bucket.urn) || isMarked(bucket, given);
					return about(bucket.urn, judgeBucket(graph, bucket, byBucket.get(bucket.urn) ?? [], logTarget));
				}),
				...orphans.flatMap((config) => judgeOrphan(graph, config)),
			];
		},
	},
});

function judgeBucket(
	graph: ResourceGraph,
	bucket: ResourceNode,
	joins: readonly BucketJoin[],
	logTarget: boolean,
): readonly Judgement[] {
	const own = joins.filter(({ certain }) => certain);
	if (own.length > 0) {
		return own.flatMap(({ node }) => judgeSetting(graph, { node, property: "rules", rulesPath: "rules" }, logTarget));
	}
	if (joins.length > 0) {
		return [undetermined("it is not known which of several buckets an encryption configuration belongs to")];
	}
	return INLINE.filter((inline) => inline.type === bucket.type).flatMap(({ property, rulesPath }) =>
		judgeSetting(graph, { node: bucket, property, rulesPath }, logTarget),
	);
}

function judgeOrphan(graph: ResourceGraph, config: ResourceNode): GraphJudgement[] {
	return about(config.urn, judgeSetting(graph, { node: config, property: "rules", rulesPath: "rules" }, false));
}

function judgeSetting(graph: ResourceGraph, setting: Setting, logTarget: boolean): readonly Judgement[] {
	const rules = readList(setting.node.inputs, setting.rulesPath);
	if (rules.items.length === 0 && rules.complete) {
		return logTarget
			? [pass("this target of access logs uses S3's own encryption")]
			: [fail("no default encryption with a customer key is set", setting.property)];
	}
	const problems = rules.items.flatMap((rule) => judgeRule(graph, setting, rule.value, logTarget));
	if (!rules.complete) {
		problems.push(undetermined("the encryption rules are not known yet", setting.property));
	}
	return problemsOr(problems, "default encryption uses a customer key, or S3's own for access logs");
}

function judgeRule(graph: ResourceGraph, setting: Setting, rule: Value, logTarget: boolean): Judgement[] {
	const byDefault =
		at(rule, "applyServerSideEncryptionByDefault") ?? at(rule, "applyServerSideEncryptionByDefaults") ?? {};
	const algorithm = readText(byDefault, "sseAlgorithm");
	const { node, property } = setting;
	if (algorithm.kind === "unknown") {
		return [undetermined("the encryption algorithm is not known yet", property)];
	}
	if (algorithm.kind !== "known" || !algorithm.value.startsWith("aws:kms")) {
		return logTarget ? [] : [fail("default encryption is not SSE-KMS", property)];
	}
	switch (keyOwner(graph, { node, property, holder: byDefault, path: "kmsMasterKeyId" })) {
		case "customer":
			return [];
		case "unproved":
			return [undetermined("it is not known yet whose key encrypts the bucket", property)];
		default:
			return [fail("SSE-KMS uses the key that AWS manages, not a customer key", property)];
	}
}

function certainUrns(joins: readonly BucketJoin[]): ReadonlySet<string> {
	return new Set(joins.filter(({ certain }) => certain).map(({ bucket }) => bucket.urn));
}

function isMarked(bucket: ResourceNode, given: Params): boolean {
	const tags = at(bucket.inputs, "tags");
	return tags !== undefined && ownText(tags, given.logTargetTag.key) === given.logTargetTag.value;
}

function ownText(holder: Value, key: string): Value | undefined {
	return typeof holder === "object" && holder !== null && !Array.isArray(holder) && Object.hasOwn(holder, key)
		? holder[key]
		: undefined;
}

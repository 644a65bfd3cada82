import { isUnknown } from "../../lib/values";
import { faultsOf, type Refusal } from "../check/fault-table";
import { flag, isSet, number, object, text } from "../check/inputs";
import type { CheckContext, Fault, TypeModel } from "../model";
import { lifecycleFaults } from "./bucket-lifecycle";
import { defineGcp } from "./define";
import { keyReference, keyUseFaults } from "./kms-use";
import { defineGrant } from "./members";
import { numberOf } from "./project-number";

/** Type of a bucket. */
export const BUCKET = "gcp:storage/bucket:Bucket";

const APIS = ["storage.googleapis.com"];

/** Storage classes that a new bucket may have. Source: the SDK's docstring (@pulumi/gcp 9.37.0). */
const STORAGE_CLASSES = ["STANDARD", "MULTI_REGIONAL", "REGIONAL", "NEARLINE", "COLDLINE", "ARCHIVE"];

/** A bucket; its name is unique among all projects. */
export const bucket: TypeModel = defineGcp({
	type: BUCKET,
	apis: APIS,
	name: {
		path: "name",
		pattern:
			/^(?!goog)(?!.*g[o0]{2}gle)(?!.*\.\.)(?!.*(\.-|-\.))(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/,
		allowed:
			"3 to 63 of lower-case letters, digits, hyphens, underscores and dots, beginning and ending with a letter or digit, " +
			'no IP address, without "goog" at the beginning and without "google"',
		unique: "everywhere",
		autoNameLength: 222,
	},
	references: [
		keyReference("encryption.defaultKmsKeyName"),
		{ path: "logging.logBucket", to: [BUCKET], by: "name", anyRegion: true, holds: false },
	],
	values: {
		"ipFilter.mode": ["Enabled", "Disabled"],
		"lifecycleRules[].action.storageClass": STORAGE_CLASSES,
		"lifecycleRules[].action.type": ["Delete", "SetStorageClass", "AbortIncompleteMultipartUpload"],
		"lifecycleRules[].condition.withState": ["LIVE", "ARCHIVED", "ANY"],
		publicAccessPrevention: ["inherited", "enforced"],
		rpo: ["DEFAULT", "ASYNC_TURBO"],
		storageClass: STORAGE_CLASSES,
	},
	check: (context) => [
		...faultsOf(retentionRows(context)),
		...faultsOf(layoutRows(context)),
		...lifecycleFaults(context),
		...keyUseFaults(context, { path: "encryption.defaultKmsKeyName", agent: "storage" }),
	],
	defaults: {
		defaultEventBasedHold: false,
		enableObjectRetention: false,
		forceDestroy: false,
		publicAccessPrevention: "inherited",
		requesterPays: false,
		storageClass: "STANDARD",
		uniformBucketLevelAccess: false,
		versioning: { enabled: false },
	},
	id: ({ inputs }) => text(inputs, "name") ?? "",
	computed: (context, id) => ({
		projectNumber: Number(numberOf(context)),
		selfLink: `https://www.googleapis.com/storage/v1/b/${id}`,
		timeCreated: context.now,
		url: `gs://${id}`,
	}),
	derived: ({ inputs, now }) => ({
		location: (text(inputs, "location") ?? "").toUpperCase(),
		rpo: text(inputs, "rpo") ?? "DEFAULT",
		softDeletePolicy: { effectiveTime: now, retentionDurationSeconds: 604_800, ...object(inputs, "softDeletePolicy") },
		updated: now,
	}),
	retains: ({ inputs }) =>
		flag(inputs, "retentionPolicy.isLocked") === true
			? "retention policy is locked: objects keep the bucket and its name until their retention ends"
			: undefined,
});

/**
 * Retention: 1 second to 100 years; soft delete: off or 7 to 90 days. Source: the SDK's docstrings
 * (@pulumi/gcp 9.37.0). That retention excludes versioning is what tools report of the API; unverified for today.
 */
function retentionRows({ inputs, self }: CheckContext): Refusal[] {
	const period = text(inputs, "retentionPolicy.retentionPeriod");
	const seconds = Number(period);
	const soft = number(inputs, "softDeletePolicy.retentionDurationSeconds");
	const locked = flag(self?.outputs, "retentionPolicy.isLocked") === true;
	const before = Number(text(self?.outputs, "retentionPolicy.retentionPeriod"));
	return [
		{
			when: period !== undefined && !(/^\d+$/.test(period) && seconds >= 1 && seconds <= 3_155_760_000),
			property: "retentionPolicy.retentionPeriod",
			reason: `must be 1 to 3155760000 seconds (100 years) as text, but ${JSON.stringify(period)} was given`,
		},
		{
			when: soft !== undefined && soft !== 0 && !(soft >= 604_800 && soft <= 7_776_000),
			property: "softDeletePolicy.retentionDurationSeconds",
			reason: `must be 0 (off) or 604800 to 7776000 seconds (7 to 90 days), but ${soft} was given`,
		},
		{
			when: isSet(inputs, "retentionPolicy") && flag(inputs, "versioning.enabled") === true,
			property: "versioning.enabled",
			reason: "cannot be combined with retentionPolicy; switch one of them off",
		},
		{
			when: locked && !isUnknown(inputs.retentionPolicy) && flag(inputs, "retentionPolicy.isLocked") !== true,
			property: "retentionPolicy.isLocked",
			reason: "the retention policy is locked, which cannot be undone; leave it true",
		},
		{
			when: locked && period !== undefined && seconds < before,
			property: "retentionPolicy.retentionPeriod",
			reason: `the retention policy is locked, so the period can only grow, but ${period} is less than ${before} seconds`,
		},
	];
}

function layoutRows({ inputs }: CheckContext): Refusal[] {
	const location = text(inputs, "location");
	const hierarchical = flag(inputs, "hierarchicalNamespace.enabled") === true;
	return [
		{
			when: location !== undefined && !/^([a-z]+-[a-z]+\d+|us|eu|asia|[a-z]+\d+)$/i.test(location),
			property: "location",
			reason: `must be a region such as US-CENTRAL1, a dual-region such as NAM4, US, EU or ASIA, but ${JSON.stringify(location)} was given`,
		},
		{
			when: hierarchical && flag(inputs, "uniformBucketLevelAccess") !== true,
			property: "uniformBucketLevelAccess",
			reason: "must be true with a hierarchical namespace; set it",
		},
		{
			when: hierarchical && flag(inputs, "versioning.enabled") === true,
			property: "versioning.enabled",
			reason: "cannot be combined with a hierarchical namespace; switch one of them off",
		},
		{
			when: text(inputs, "rpo") === "ASYNC_TURBO" && /^([a-z]+-[a-z]+\d+|us|eu|asia)$/i.test(location ?? ""),
			property: "rpo",
			reason: `ASYNC_TURBO needs a dual-region, but the location is ${location}; choose one such as NAM4 or use DEFAULT`,
		},
	];
}

/** A grant on a bucket. */
export const bucketMember: TypeModel = defineGrant({
	type: "gcp:storage/bucketIAMMember:BucketIAMMember",
	apis: APIS,
	global: true,
	references: [{ path: "bucket", to: [BUCKET], by: "name", anyRegion: true, holds: false }],
	check: publicFaults,
	on: ({ inputs }) => `b/${text(inputs, "bucket")}`,
});

function publicFaults(context: CheckContext): Fault[] {
	const { inputs, world } = context;
	const [owner] = world.find([BUCKET], "name", text(inputs, "bucket") ?? "");
	const [member, role] = [text(inputs, "member") ?? "", text(inputs, "role") ?? ""];
	return faultsOf([
		{
			when: text(owner?.outputs, "publicAccessPrevention") === "enforced" && /^all(Authenticated)?Users$/.test(member),
			property: "member",
			reason: `${member} is refused: the bucket has publicAccessPrevention enforced; name a principal`,
		},
		{
			when:
				isSet(inputs, "condition") && owner !== undefined && flag(owner.outputs, "uniformBucketLevelAccess") !== true,
			property: "condition",
			reason: "needs uniformBucketLevelAccess on the bucket; set it there or leave the condition out",
		},
		{
			when: /^roles\/storage\.legacy/.test(role) && isSet(inputs, "condition"),
			property: "condition",
			reason: `legacy roles such as ${role} take no condition; choose another role`,
		},
	]);
}

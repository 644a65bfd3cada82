import type { Properties } from "../../lib/values";
import { isUnknown } from "../../lib/values";
import { faultsOf, outside } from "../check/fault-table";
import { flag, isSet, list, number, object, text } from "../check/inputs";
import type { CheckContext, Fault, Reference, SandboxObject, TypeModel } from "../model";
import { defineAws } from "./define";
import { kmsReferences } from "./kms";
import { BUCKET } from "./s3-bucket";

const VERSIONING = "aws:s3/bucketVersioning:BucketVersioning";

/** Type of a bucket's default encryption. */
export const BUCKET_ENCRYPTION =
	"aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";

/** The bucket that a setting belongs to, by name; a bucket goes away with its settings. */
export const bucketReference: Reference = { path: "bucket", to: [BUCKET], by: "id", holds: false };

/** The id of a setting: the bucket's name, and the expected owner where one is given. */
export function settingId({ inputs }: CheckContext): string {
	const owner = text(inputs, "expectedBucketOwner");
	return [text(inputs, "bucket"), ...(owner ? [owner] : [])].join(",");
}

/** The bucket that the inputs name; undefined where it is not known. */
function bucketOf({ inputs, world }: CheckContext): SandboxObject | undefined {
	return world.find([BUCKET], "id", text(inputs, "bucket") ?? "")[0];
}

/** Versioning of a bucket; once a bucket has object lock it cannot be taken back. */
export const bucketVersioning: TypeModel = defineAws({
	type: VERSIONING,
	references: [bucketReference],
	values: {
		"versioningConfiguration.status": ["Enabled", "Suspended", "Disabled"],
		"versioningConfiguration.mfaDelete": ["Enabled", "Disabled"],
	},
	check: (context) => {
		const status = text(context.inputs, "versioningConfiguration.status");
		const before = text(context.self?.outputs, "versioningConfiguration.status");
		const locked = flag(bucketOf(context)?.outputs, "objectLockEnabled") === true;
		return faultsOf([
			{
				when: locked && status !== undefined && status !== "Enabled",
				property: "versioningConfiguration.status",
				reason: `the bucket has object lock, so its versioning must stay Enabled, but ${status} was given`,
			},
			{
				when: status === "Disabled" && before !== undefined && before !== "Disabled",
				property: "versioningConfiguration.status",
				reason: `cannot go from ${before} to Disabled: a versioned bucket can only be Suspended`,
			},
			{
				when: text(context.inputs, "versioningConfiguration.mfaDelete") === "Enabled" && !isSet(context.inputs, "mfa"),
				property: "mfa",
				reason: "is required where mfaDelete is Enabled: the device's serial number and a code",
			},
		]);
	},
	defaults: { expectedBucketOwner: "" },
	id: settingId,
	derived: ({ inputs }) => ({
		versioningConfiguration: { mfaDelete: "", ...object(inputs, "versioningConfiguration") },
	}),
});

/** Default encryption of a bucket. */
export const bucketServerSideEncryptionConfiguration: TypeModel = defineAws({
	type: BUCKET_ENCRYPTION,
	references: [bucketReference, ...kmsReferences("rules[].applyServerSideEncryptionByDefault.kmsMasterKeyId")],
	values: {
		"rules[].applyServerSideEncryptionByDefault.sseAlgorithm": ["AES256", "aws:kms", "aws:kms:dsse"],
		"rules[].blockedEncryptionTypes[]": ["SSE-C", "NONE"],
	},
	check: ({ inputs }) => [
		...faultsOf([
			{
				when: Array.isArray(inputs.rules) && inputs.rules.length !== 1,
				property: "rules",
				reason: `must be exactly one rule, but ${list(inputs, "rules").length} were given`,
			},
		]),
		...list(inputs, "rules").flatMap((rule, i) => {
			const algorithm = text(rule, "applyServerSideEncryptionByDefault.sseAlgorithm");
			const key = isSet(rule, "applyServerSideEncryptionByDefault.kmsMasterKeyId");
			return faultsOf([
				{
					when: key && algorithm === "AES256",
					property: `rules[${i}].applyServerSideEncryptionByDefault.kmsMasterKeyId`,
					reason: "goes with aws:kms or aws:kms:dsse only, not with AES256; remove it or change sseAlgorithm",
				},
				{
					when: algorithm === "aws:kms:dsse" && flag(rule, "bucketKeyEnabled") === true,
					property: `rules[${i}].bucketKeyEnabled`,
					reason: "does not go with aws:kms:dsse; remove it",
				},
			]);
		}),
	],
	defaults: { expectedBucketOwner: "" },
	id: settingId,
});

/** Who owns objects that others write. */
export const bucketOwnershipControls: TypeModel = defineAws({
	type: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
	references: [bucketReference],
	values: { "rule.objectOwnership": ["BucketOwnerPreferred", "ObjectWriter", "BucketOwnerEnforced"] },
	id: settingId,
});

/** Default retention of new objects; the bucket must be made with object lock, or have versioning enabled. */
export const bucketObjectLockConfiguration: TypeModel = defineAws({
	type: "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
	references: [bucketReference],
	values: { objectLockEnabled: ["Enabled"], "rule.defaultRetention.mode": ["COMPLIANCE", "GOVERNANCE"] },
	check: (context) => [...lockFaults(context), ...retentionFaults(context.inputs)],
	defaults: { expectedBucketOwner: "", objectLockEnabled: "Enabled" },
	id: settingId,
});

function lockFaults(context: CheckContext): Fault[] {
	const bucket = bucketOf(context);
	const versionings = context.world.list(VERSIONING, context.scope);
	const own = versionings.find((each) => each.outputs.bucket === context.inputs.bucket);
	const versioned = text(own?.outputs, "versioningConfiguration.status") === "Enabled";
	const unsure = versionings.some((each) => isUnknown(each.outputs.bucket));
	const locked = flag(bucket?.outputs, "objectLockEnabled") === true || isUnknown(bucket?.outputs.objectLockEnabled);
	return faultsOf([
		{
			when: bucket !== undefined && !locked && !versioned && !unsure,
			property: "bucket",
			reason: `the bucket ${bucket?.id} has neither objectLockEnabled nor versioning; set objectLockEnabled on it, or enable versioning first`,
		},
	]);
}

function retentionFaults(inputs: Properties): Fault[] {
	const at = "rule.defaultRetention";
	const given = ["days", "years"].filter((unit) => isSet(inputs, `${at}.${unit}`));
	return faultsOf([
		{
			when: isSet(inputs, at) && !isUnknown(inputs.rule) && given.length !== 1,
			property: at,
			reason: `needs exactly one of days and years, but ${given.length} were given`,
		},
		{
			when: isSet(inputs, at) && !isUnknown(inputs.rule) && !isSet(inputs, `${at}.mode`),
			property: `${at}.mode`,
			reason: "is required with a retention period: COMPLIANCE or GOVERNANCE",
		},
		outside(number(inputs, `${at}.days`), `${at}.days`, { min: 1, max: 36500, unit: "days" }),
		outside(number(inputs, `${at}.years`), `${at}.years`, { min: 1, max: 100, unit: "years" }),
	]);
}

import { isUnknown } from "../../lib/values";
import { faultsOf, type Refusal } from "../check/fault-table";
import { flag, isSet, list, text } from "../check/inputs";
import type { CheckContext, TypeModel } from "../model";
import { defineAws } from "./define";
import { kmsReferences } from "./kms";
import { arn } from "./names";
import type { ConditionKeys } from "./policy-conditions";
import { parsePolicy } from "./policy-document";
import { allows } from "./policy-grants";
import { BUCKET_POLICY } from "./s3-access";
import { BUCKET } from "./s3-bucket";
import { BUCKET_ENCRYPTION } from "./s3-settings";
import { keyClosed, untrusted } from "./trust";

const SERVICE = "cloudtrail.amazonaws.com";

/** A trail; its bucket must let CloudTrail write before the trail is made. */
export const trail: TypeModel = defineAws({
	type: "aws:cloudtrail/trail:Trail",
	name: {
		path: "name",
		pattern: /^(?!.*[._-]{2})(?!\d+\.\d+\.\d+\.\d+$)[A-Za-z0-9][\w.-]{1,126}[A-Za-z0-9]$/,
		allowed: "3 to 128 of letters, digits and ._-, beginning and ending with a letter or digit, no two signs in a row",
		unique: "region",
		autoNameLength: 255,
	},
	references: [
		{ path: "s3BucketName", to: [BUCKET], by: "id", anyRegion: true, holds: false },
		{ path: "cloudWatchLogsRoleArn", to: ["aws:iam/role:Role"], by: "arn", holds: false },
		...kmsReferences("kmsKeyId"),
	],
	values: {
		"eventSelectors[].readWriteType": ["All", "ReadOnly", "WriteOnly"],
		"eventSelectors[].dataResources[].type": ["AWS::S3::Object", "AWS::Lambda::Function", "AWS::DynamoDB::Table"],
		"insightSelectors[].insightType": ["ApiCallRateInsight", "ApiErrorRateInsight"],
	},
	check: (context) =>
		faultsOf([
			...logRows(context),
			closedBucket(context),
			...keyRows(context),
			untrusted(context, {
				path: "cloudWatchLogsRoleArn",
				service: SERVICE,
				actions: ["sts:AssumeRole"],
				keys: sourceKeys(context),
			}),
		]),
	defaults: {
		cloudWatchLogsGroupArn: "",
		cloudWatchLogsRoleArn: "",
		enableLogFileValidation: false,
		enableLogging: true,
		includeGlobalServiceEvents: true,
		isMultiRegionTrail: false,
		isOrganizationTrail: false,
		kmsKeyId: "",
		s3KeyPrefix: "",
		snsTopicArn: "",
		snsTopicName: "",
	},
	id: trailArn,
	computed: (context, id) => ({ arn: id, homeRegion: context.scope.region }),
});

function logRows({ inputs, world }: CheckContext): Refusal[] {
	const group = text(inputs, "cloudWatchLogsGroupArn");
	const bare = group?.replace(/:\*$/, "");
	const known = bare === undefined || world.find(["aws:cloudwatch/logGroup:LogGroup"], "arn", bare).length > 0;
	return [
		{
			when: isSet(inputs, "cloudWatchLogsGroupArn") !== isSet(inputs, "cloudWatchLogsRoleArn"),
			property: "cloudWatchLogsGroupArn",
			reason: "goes together with cloudWatchLogsRoleArn; set both or neither",
		},
		{
			when: group !== undefined && !group.endsWith(":*"),
			property: "cloudWatchLogsGroupArn",
			reason: `must end with :*, but ${group} was given; write ${group}:*`,
		},
		{
			when: !known,
			property: "cloudWatchLogsGroupArn",
			reason: `names no existing log group: ${group}; create it first`,
		},
		{
			when: list(inputs, "eventSelectors").length > 0 && list(inputs, "advancedEventSelectors").length > 0,
			property: "advancedEventSelectors",
			reason: "cannot be combined with eventSelectors; remove one of them",
		},
		{
			when: inputs.isMultiRegionTrail === true && inputs.includeGlobalServiceEvents === false,
			property: "includeGlobalServiceEvents",
			reason: "must be true for a multi-region trail; leave it out",
		},
	];
}

function trailArn({ inputs, scope }: CheckContext): string {
	return arn(scope, "cloudtrail", `trail/${text(inputs, "name")}`);
}

/** What CloudTrail says of itself where it asks for something: the trail. */
function sourceKeys(context: CheckContext): ConditionKeys {
	return { "aws:SourceArn": isSet(context.inputs, "name") ? trailArn(context) : undefined };
}

/** CloudTrail tries its key when a trail is made; with a bucket key S3 also decrypts in its name. */
function keyRows(context: CheckContext): Refusal[] {
	const keys = sourceKeys(context);
	const row = (action: string, more: ConditionKeys): Refusal =>
		keyClosed(context, { path: "kmsKeyId", service: SERVICE, actions: [action], keys: { ...keys, ...more } });
	return [
		row("kms:GenerateDataKey", { "kms:EncryptionContext:aws:cloudtrail:arn": keys["aws:SourceArn"] }),
		...(hasBucketKey(context) ? [row("kms:Decrypt", {})] : []),
	];
}

function hasBucketKey({ inputs, world }: CheckContext): boolean {
	const name = text(inputs, "s3BucketName");
	const [bucket] = name === undefined ? [] : world.find([BUCKET], "id", name);
	const settings = bucket ? world.list(BUCKET_ENCRYPTION, bucket) : [];
	return settings.some(
		({ outputs }) =>
			outputs.bucket === name && list(outputs, "rules").some((rule) => flag(rule, "bucketKeyEnabled") === true),
	);
}

/** CloudTrail looks at the bucket's policy when a trail is made; policies that are not known yet count as good. */
function closedBucket(context: CheckContext): Refusal {
	const { inputs, scope: home, world } = context;
	const name = text(inputs, "s3BucketName");
	const [bucket] = name === undefined ? [] : world.find([BUCKET], "id", name);
	const scope = bucket ?? { account: "", region: "" };
	const all = world.list(BUCKET_POLICY, scope);
	const unsure = all.some((each) => isUnknown(each.outputs.bucket));
	const [own] = all.filter((each) => each.outputs.bucket === name);
	const keys = {
		...sourceKeys(context),
		"aws:SourceAccount": home.account,
		"s3:x-amz-acl": "bucket-owner-full-control",
	};
	const request = { action: "s3:PutObject", principal: SERVICE, keys };
	const allowed = isUnknown(own?.outputs.policy) || allows(parsePolicy(own?.outputs.policy), request);
	return {
		when: bucket !== undefined && !unsure && !allowed,
		property: "s3BucketName",
		reason: `the bucket ${name} has no policy that lets ${SERVICE} call s3:PutObject; add a BucketPolicy and depend on it`,
	};
}

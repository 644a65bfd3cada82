import assert from "node:assert/strict";
import type { Properties } from "../../../lib/values";
import { UNKNOWN } from "../../../lib/values";
import { document, type Estate, estate, keyPolicy } from "./estate";
import { assertFault, type Refused, refuses, type Stage } from "./stage";

let at: Estate;
const set = (): Stage => {
	at = estate();
	return at.stage;
};
const arn = (name: string): string => String(at.of(name).outputs.arn);
const good = (name: string): Properties => at.of(name).inputs;
const rows = (type: string, list: readonly [string, Properties, string, RegExp][]): Refused[] =>
	list.map(([because, inputs, property, reason]) => ({ because, type, inputs, property, reason }));

const ALLOW = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };

describe("KMS and EBS", () => {
	refuses(
		() => [
			...rows("aws:kms/key:Key", [
				["a window of 6 days", { deletionWindowInDays: 6 }, "deletionWindowInDays", /7 to 30 days, but 6/],
				[
					"a rotation of 30 days",
					{ enableKeyRotation: true, rotationPeriodInDays: 30 },
					"rotationPeriodInDays",
					/90 to 2560 days/,
				],
				["a period without rotation", { rotationPeriodInDays: 90 }, "rotationPeriodInDays", /needs enableKeyRotation/],
				[
					"rotation of an RSA key",
					{ customerMasterKeySpec: "RSA_2048", enableKeyRotation: true },
					"enableKeyRotation",
					/symmetric keys only/,
				],
				["an HMAC key that encrypts", { customerMasterKeySpec: "HMAC_256" }, "keyUsage", /GENERATE_VERIFY_MAC/],
				["a usage that is none", { keyUsage: "ENCRYPT" }, "keyUsage", /"ENCRYPT_DECRYPT"/],
				["a policy that does not parse", { policy: "{" }, "policy", /does not parse/],
				[
					"a policy that locks everybody out",
					{ policy: document({ Effect: "Allow", Principal: "*", Action: "kms:Decrypt", Resource: "*" }) },
					"policy",
					/kms:PutKeyPolicy/,
				],
			]),
			...rows("aws:kms/alias:Alias", [
				["a name without alias/", { name: "main", targetKeyId: at.of("key").id }, "name", /alias\//],
				["no name", { targetKeyId: at.of("key").id }, "name", /is required/],
				["a name twice", { name: "alias/main", targetKeyId: at.of("key").id }, "name", /unique within the region/],
				[
					"AWS's own names",
					{ name: "alias/aws/s3", targetKeyId: at.of("key").id },
					"name",
					/not beginning with alias\/aws\//,
				],
				[
					"a key that is not there",
					{ name: "alias/b", targetKeyId: "00000000-0000-0000-0000-000000000000" },
					"targetKeyId",
					/names no existing Key/,
				],
			]),
			...rows("aws:ebs/encryptionByDefault:EncryptionByDefault", [["the setting twice", {}, "", /already/]]),
			...rows("aws:ebs/defaultKmsKey:DefaultKmsKey", [["the key twice", { keyArn: arn("key") }, "", /already/]]),
		],
		set,
	);
});

describe("IAM", () => {
	refuses(
		() => [
			...rows("aws:iam/role:Role", [
				["a name of 65 letters", { ...good("nodeRole"), name: "a".repeat(65) }, "name", /1 to 64/],
				["a name twice", good("nodeRole"), "name", /unique within the account/],
				[
					"a trust without principal",
					{ name: "a", assumeRolePolicy: document({ Effect: "Allow", Action: "sts:AssumeRole" }) },
					"assumeRolePolicy.Statement[0]",
					/must name a Principal/,
				],
				[
					"a trust with resource",
					{
						name: "a",
						assumeRolePolicy: document({ Effect: "Allow", Principal: "*", Action: "sts:AssumeRole", Resource: "*" }),
					},
					"assumeRolePolicy.Statement[0]",
					/Resource in a trust policy/,
				],
				[
					"a session of 10 minutes",
					{ ...good("nodeRole"), name: "a", maxSessionDuration: 600 },
					"maxSessionDuration",
					/3600 to 43200 seconds/,
				],
				["a path without slash", { ...good("nodeRole"), name: "a", path: "team" }, "path", /begin and end with \//],
			]),
			...rows("aws:iam/policy:Policy", [
				["no Version", { name: "a", policy: JSON.stringify({ Statement: [ALLOW] }) }, "policy", /Version/],
				["no statement", { name: "a", policy: document() }, "policy", /at least one Statement/],
				[
					"an effect that is none",
					{ name: "a", policy: document({ ...ALLOW, Effect: "Permit" }) },
					"policy.Statement[0]",
					/Effect/,
				],
				[
					"an action without service",
					{ name: "a", policy: document({ ...ALLOW, Action: "GetObject" }) },
					"policy.Statement[0]",
					/service:Action/,
				],
				[
					"a resource that is no ARN",
					{ name: "a", policy: document({ ...ALLOW, Resource: "bucket" }) },
					"policy.Statement[0]",
					/ARN or \*/,
				],
				[
					"a principal",
					{ name: "a", policy: document({ ...ALLOW, Principal: "*" }) },
					"policy.Statement[0]",
					/cannot name a Principal/,
				],
				[
					"a Sid twice",
					{ name: "a", policy: document({ ...ALLOW, Sid: "A" }, { ...ALLOW, Sid: "A" }) },
					"policy",
					/occurs twice/,
				],
				[
					"7000 characters",
					{
						name: "a",
						policy: document({
							...ALLOW,
							Resource: Array.from({ length: 300 }, (_, i) => `arn:aws:s3:::bucket-${i}/*`),
						}),
					},
					"policy",
					/at most 6144/,
				],
			]),
			...rows("aws:iam/rolePolicy:RolePolicy", [
				["a role that is not there", { ...good("rolePolicy"), role: "nobody" }, "role", /names no existing Role/],
			]),
			...rows("aws:iam/rolePolicyAttachment:RolePolicyAttachment", [
				["an attachment twice", good("attachment"), "policyArn", /already/],
				[
					"a policy that is not there",
					{ role: "node", policyArn: "arn:aws:iam::111122223333:policy/nobody" },
					"policyArn",
					/names no existing Policy/,
				],
				["a policy that is no ARN", { role: "node", policyArn: "ReadOnly" }, "policyArn", /ARN of a policy/],
			]),
			...rows("aws:iam/openIdConnectProvider:OpenIdConnectProvider", [
				["a provider twice", good("oidc"), "url", /already/],
				["an address without https", { ...good("oidc"), url: "http://a.example" }, "url", /https URL/],
				[
					"a thumbprint of another length",
					{ ...good("oidc"), url: "https://a.example", thumbprintLists: ["ab"] },
					"thumbprintLists",
					/40 hex/,
				],
			]),
		],
		set,
	);

	it("stops at 10 policies a role", () => {
		set();
		const attach = (i: number) => ({ role: "pod", policyArn: `arn:aws:iam::aws:policy/P${i}` });
		for (let i = 0; i < 10; i += 1) {
			at.stage.make("aws:iam/rolePolicyAttachment:RolePolicyAttachment", attach(i));
		}
		assertFault(
			at.stage.faults("aws:iam/rolePolicyAttachment:RolePolicyAttachment", attach(10)),
			"role",
			/allows 10 policies/,
		);
	});
});

describe("S3", () => {
	const BUCKET = "aws:s3/bucket:Bucket";
	const bucket = "meridian-audit-logs";
	refuses(
		() => [
			...rows(BUCKET, [
				["capitals", { bucket: "Meridian" }, "bucket", /lower-case/],
				["an IP address", { bucket: "10.0.0.1" }, "bucket", /no IP address/],
				["two dots in a row", { bucket: "a..b" }, "bucket", /3 to 63/],
				["a reserved prefix", { bucket: "xn--abc" }, "bucket", /reserved prefix/],
				["a public list", { bucket: "other-bucket", acl: "public-read" }, "acl", /BucketPolicy/],
			]),
			...rows("aws:s3/bucketVersioning:BucketVersioning", [
				[
					"versioning taken from a locked bucket",
					{ bucket, versioningConfiguration: { status: "Suspended" } },
					"versioningConfiguration.status",
					/object lock/,
				],
				[
					"a status that is none",
					{ bucket, versioningConfiguration: { status: "On" } },
					"versioningConfiguration.status",
					/"Enabled"/,
				],
				[
					"a bucket that is not there",
					{ bucket: "nobody", versioningConfiguration: { status: "Enabled" } },
					"bucket",
					/names no existing Bucket/,
				],
			]),
			...rows("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", [
				[
					"an algorithm that is none",
					{ bucket, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "KMS" } }] },
					"rules[0].applyServerSideEncryptionByDefault.sseAlgorithm",
					/"aws:kms"/,
				],
				[
					"a key with AES256",
					{
						bucket,
						rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256", kmsMasterKeyId: arn("key") } }],
					},
					"rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId",
					/not with AES256/,
				],
				["no rule", { bucket, rules: [] }, "rules", /exactly one rule/],
			]),
			...rows("aws:s3/bucketOwnershipControls:BucketOwnershipControls", [
				[
					"an owner that is none",
					{ bucket, rule: { objectOwnership: "Owner" } },
					"rule.objectOwnership",
					/"BucketOwnerEnforced"/,
				],
			]),
			...rows("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", [
				["text for a flag", { bucket, blockPublicAcls: "true" }, "blockPublicAcls", /true or false/],
			]),
			...rows("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", [
				["another account", { accountId: "444455556666" }, "accountId", /111122223333/],
			]),
			...rows("aws:s3/bucketPolicy:BucketPolicy", [
				[
					"another bucket's objects",
					{
						bucket,
						policy: document({ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "arn:aws:s3:::elsewhere/*" }),
					},
					"policy",
					/elsewhere/,
				],
				[
					"everybody where that is blocked",
					{
						bucket,
						policy: document({
							Effect: "Allow",
							Principal: "*",
							Action: "s3:GetObject",
							Resource: `arn:aws:s3:::${bucket}/*`,
						}),
					},
					"policy",
					/blocks public policies/,
				],
			]),
			...rows("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", [
				[
					"a class that is none",
					{ bucket, rules: [{ id: "a", status: "Enabled", transitions: [{ days: 30, storageClass: "COLD" }] }] },
					"rules[0].transitions[0].storageClass",
					/"GLACIER"/,
				],
				[
					"infrequent access after 10 days",
					{ bucket, rules: [{ id: "a", status: "Enabled", transitions: [{ days: 10, storageClass: "STANDARD_IA" }] }] },
					"rules[0].transitions[0].days",
					/at least 30 days/,
				],
				[
					"an end before the move",
					{
						bucket,
						rules: [
							{
								id: "a",
								status: "Enabled",
								transitions: [{ days: 90, storageClass: "GLACIER" }],
								expiration: { days: 60 },
							},
						],
					},
					"rules[0].expiration.days",
					/more than the last transition's 90 days/,
				],
				["a rule without action", { bucket, rules: [{ id: "a", status: "Enabled" }] }, "rules[0]", /at least one of/],
				[
					"an id twice",
					{ bucket, rules: [1, 2].map(() => ({ id: "a", status: "Enabled", expiration: { days: 1 } })) },
					"rules",
					/occurs twice/,
				],
				[
					"two predicates",
					{
						bucket,
						rules: [
							{ id: "a", status: "Enabled", expiration: { days: 1 }, filter: { prefix: "a", objectSizeLessThan: 5 } },
						],
					},
					"rules[0].filter",
					/put them under and/,
				],
			]),
			...rows("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration", [
				[
					"days and years",
					{ bucket, rule: { defaultRetention: { mode: "COMPLIANCE", days: 1, years: 1 } } },
					"rule.defaultRetention",
					/exactly one of days and years/,
				],
				[
					"a mode that is none",
					{ bucket, rule: { defaultRetention: { mode: "STRICT", days: 1 } } },
					"rule.defaultRetention.mode",
					/"COMPLIANCE" or "GOVERNANCE"/,
				],
				[
					"101 years",
					{ bucket, rule: { defaultRetention: { mode: "COMPLIANCE", years: 101 } } },
					"rule.defaultRetention.years",
					/1 to 100 years/,
				],
			]),
		],
		set,
	);

	it("keeps names unique across accounts and regions", () => {
		set();
		const scope = { account: "444455556666", region: "eu-west-1" };
		assertFault(at.stage.faults(BUCKET, { bucket }, { scope }), "bucket", /unique within all accounts and regions/);
	});

	it("wants versioning or object lock before a lock configuration", () => {
		set();
		at.stage.make(BUCKET, { bucket: "plain-bucket" });
		const type = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";
		assertFault(
			at.stage.faults(type, { bucket: "plain-bucket" }),
			"bucket",
			/neither objectLockEnabled nor versioning/,
		);
		at.stage.make("aws:s3/bucketVersioning:BucketVersioning", {
			bucket: "plain-bucket",
			versioningConfiguration: { status: "Enabled" },
		});
		assert.deepEqual(at.stage.faults(type, { bucket: "plain-bucket" }), []);
	});
});

describe("CloudTrail, logs, DNS and registries", () => {
	const TRAIL = "aws:cloudtrail/trail:Trail";
	refuses(
		() => [
			...rows(TRAIL, [
				["a name of two letters", { name: "ab", s3BucketName: "meridian-audit-logs" }, "name", /3 to 128/],
				[
					"a bucket that is not there",
					{ name: "other", s3BucketName: "nobody" },
					"s3BucketName",
					/names no existing Bucket/,
				],
				[
					"a log group without role",
					{ ...good("trail"), name: "other", cloudWatchLogsGroupArn: `${arn("logGroup")}:*` },
					"cloudWatchLogsGroupArn",
					/goes together/,
				],
				[
					"a log group's bare ARN",
					{
						...good("trail"),
						name: "other",
						cloudWatchLogsGroupArn: arn("logGroup"),
						cloudWatchLogsRoleArn: arn("podRole"),
					},
					"cloudWatchLogsGroupArn",
					/must end with :\*/,
				],
				[
					"both kinds of selectors",
					{ ...good("trail"), name: "other", eventSelectors: [{}], advancedEventSelectors: [{ fieldSelectors: [] }] },
					"advancedEventSelectors",
					/cannot be combined/,
				],
				[
					"a selector that is none",
					{ ...good("trail"), name: "other", eventSelectors: [{ readWriteType: "Write" }] },
					"eventSelectors[0].readWriteType",
					/"WriteOnly"/,
				],
			]),
			...rows("aws:cloudwatch/logGroup:LogGroup", [
				["100 days", { name: "a", retentionInDays: 100 }, "retentionInDays", /one of 0, 1, 3.*but 100/],
				["AWS's own names", { name: "aws/mine" }, "name", /not beginning with aws\//],
				["a name twice", { name: "/meridian/flows" }, "name", /unique within the region/],
				["a class that is none", { name: "a", logGroupClass: "COLD" }, "logGroupClass", /"STANDARD"/],
				[
					"a key that is closed to logs",
					{ name: "a", kmsKeyId: arn("key") },
					"kmsKeyId",
					/logs\.us-east-1\.amazonaws\.com/,
				],
			]),
			...rows("aws:route53/zone:Zone", [
				["an empty label", { name: "a..example" }, "name", /domain name/],
				[
					"a VPC that is not there",
					{ name: "a.example", vpcs: [{ vpcId: "vpc-0dead" }] },
					"vpcs[0].vpcId",
					/names no existing Vpc/,
				],
				[
					"servers of a private zone",
					{ name: "a.example", delegationSetId: "N1", vpcs: [{ vpcId: at.of("vpc").id }] },
					"delegationSetId",
					/public zones/,
				],
			]),
			...rows("aws:ecr/repository:Repository", [
				["capitals", { name: "Serving" }, "name", /lower-case/],
				["a mutability that is none", { name: "a1", imageTagMutability: "FIXED" }, "imageTagMutability", /"IMMUTABLE"/],
				[
					"exclusions without filters",
					{ name: "a1", imageTagMutability: "IMMUTABLE_WITH_EXCLUSION" },
					"imageTagMutabilityExclusionFilters",
					/0 filters/,
				],
				[
					"a key with AES256",
					{ name: "a1", encryptionConfigurations: [{ encryptionType: "AES256", kmsKey: arn("key") }] },
					"encryptionConfigurations[0].kmsKey",
					/KMS only/,
				],
			]),
			...rows("aws:ecr/lifecyclePolicy:LifecyclePolicy", [
				["no rules", { repository: "team/serving", policy: "{}" }, "policy", /at least one rule/],
				[
					"tagged without tags",
					{
						repository: "team/serving",
						policy: JSON.stringify({
							rules: [
								{
									rulePriority: 1,
									selection: { tagStatus: "tagged", countType: "imageCountMoreThan", countNumber: 1 },
									action: { type: "expire" },
								},
							],
						}),
					},
					"policy.rules[0]",
					/tagPrefixList/,
				],
				[
					"a repository that is not there",
					{ ...good("lifecyclePolicy"), repository: "nobody" },
					"repository",
					/names no existing Repository/,
				],
			]),
		],
		set,
	);

	it("wants a bucket policy that lets CloudTrail write", () => {
		set();
		at.stage.make("aws:s3/bucket:Bucket", { bucket: "trail-bucket" });
		const inputs = { name: "other", s3BucketName: "trail-bucket" };
		assertFault(
			at.stage.faults(TRAIL, inputs),
			"s3BucketName",
			/no policy that lets cloudtrail\.amazonaws\.com call s3:PutObject/,
		);
		at.stage.put("aws:s3/bucketPolicy:BucketPolicy", { bucket: UNKNOWN, policy: UNKNOWN });
		assert.deepEqual(at.stage.faults(TRAIL, inputs), []);
	});

	it("takes a key that the logs service may use", () => {
		set();
		const key = at.stage.make("aws:kms/key:Key", { policy: keyPolicy("logs.us-east-1.amazonaws.com") });
		assert.deepEqual(
			at.stage.faults("aws:cloudwatch/logGroup:LogGroup", { name: "a", kmsKeyId: String(key.outputs.arn) }),
			[],
		);
	});
});

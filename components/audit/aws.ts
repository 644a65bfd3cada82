import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { inDays } from "../../lib/units";
import { type CellContext, physicalName } from "../cell-context";
import { trailName } from "../keys/aws";
import type { Keys } from "../keys/keys";
import { retentionDays } from "../logs-retention";
import { policyDocument, type Statement, trustService } from "../policy-document";
import { AwsBucket } from "../storage/aws";

export interface AwsAuditArgs {
	readonly context: CellContext;
	readonly keys: Keys;
}

/** Records every call to the account, in all regions, into a locked bucket and a searchable log. */
export class AwsAudit extends pulumi.ComponentResource {
	readonly bucketArn: pulumi.Output<string>;

	constructor(
		private readonly name: string,
		private readonly args: AwsAuditArgs,
		opts: pulumi.ComponentResourceOptions,
	) {
		super("meridian:audit:AwsAudit", name, {}, opts);
		const bucket = this.createBucket();
		this.bucketArn = bucket.arn;
		this.createTrail(bucket);
		this.registerOutputs({ bucketArn: this.bucketArn });
	}

	private createBucket(): AwsBucket {
		const { context, keys } = this.args;
		const { relaxed, auditLock } = context.spec.protection;
		const lockDays = Math.ceil(inDays(auditLock));
		return new AwsBucket(
			`${this.name}-bucket`,
			{
				context,
				role: "audit",
				keyArn: keys.keyFor("audit"),
				oldVersionDays: lockDays,
				statements: (arn) => trailMayWrite(arn, context),
				...(relaxed ? {} : { lockDays }),
			},
			{ parent: this },
		);
	}

	private createTrail(bucket: AwsBucket): void {
		const { context, keys } = this.args;
		const name = trailName(context);
		const group = new aws.cloudwatch.LogGroup(
			`${this.name}-group`,
			{
				name: `/meridian/${context.spec.environment}/${context.cell}/trail`,
				retentionInDays: retentionDays(context),
				kmsKeyId: keys.keyFor("audit"),
			},
			{ parent: this },
		);
		const role = new aws.iam.Role(
			`${this.name}-role`,
			{ name: physicalName(context, "trail", 64), assumeRolePolicy: trustService("cloudtrail.amazonaws.com") },
			{ parent: this },
		);
		const permission = new aws.iam.RolePolicy(
			`${this.name}-role-write`,
			{ role: role.name, name: "write-trail", policy: group.arn.apply((arn) => writeStreams(arn)) },
			{ parent: this },
		);
		new aws.cloudtrail.Trail(
			`${this.name}-trail`,
			{
				name,
				s3BucketName: bucket.id,
				kmsKeyId: keys.keyFor("audit"),
				isMultiRegionTrail: true,
				includeGlobalServiceEvents: true,
				enableLogFileValidation: true,
				enableLogging: true,
				cloudWatchLogsGroupArn: pulumi.interpolate`${group.arn}:*`,
				cloudWatchLogsRoleArn: role.arn,
			},
			{ parent: this, dependsOn: [...bucket.ready, permission] },
		);
	}
}

/** CloudTrail checks the bucket's access list and writes under the account's prefix; only this trail may. */
function trailMayWrite(bucketArn: string, context: CellContext): Statement[] {
	const trail = `arn:aws:cloudtrail:${context.region}:${context.account}:trail/${trailName(context)}`;
	const service = { Service: "cloudtrail.amazonaws.com" };
	const fromTrail = { "aws:SourceArn": trail };
	return [
		{
			Sid: "TrailReadsAcl",
			Effect: "Allow",
			Principal: service,
			Action: "s3:GetBucketAcl",
			Resource: bucketArn,
			Condition: { StringEquals: fromTrail },
		},
		{
			Sid: "TrailWrites",
			Effect: "Allow",
			Principal: service,
			Action: "s3:PutObject",
			Resource: `${bucketArn}/AWSLogs/${context.account}/*`,
			Condition: { StringEquals: { ...fromTrail, "s3:x-amz-acl": "bucket-owner-full-control" } },
		},
	];
}

function writeStreams(groupArn: string): string {
	return policyDocument({
		Effect: "Allow",
		Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
		Resource: `${groupArn}:log-stream:*`,
	});
}

import type * as pulumi from "@pulumi/pulumi";
import type { CellContext } from "../cell-context";
import type { Keys } from "../keys/keys";
import { retentionDays } from "../logs-retention";
import type { Statement } from "../policy-document";
import { AwsBucket } from "../storage/aws";

/**
 * The audit store's part for records of traffic, which networks of all regions write to. It has no lock: the trail's bucket
 * keeps calls for years, records of traffic stay as long as logs do. Source: Amazon VPC user guide, "Publish flow logs to
 * Amazon S3"; that one bucket takes those of every region is what public baselines of many regions do
 * (nozaq/terraform-aws-secure-baseline, vpc_baselines.tf), read 2026-11-28.
 */
export function flowRecordStore(
	name: string,
	{ context, keys }: { readonly context: CellContext; readonly keys: Keys },
	opts: pulumi.ComponentResourceOptions,
): AwsBucket {
	return new AwsBucket(
		name,
		{
			context,
			role: "flow-records",
			keyArn: keys.keyFor("audit"),
			oldVersionDays: 30,
			objectDays: retentionDays(context),
			statements: (arn) => deliveryMayWrite(arn, context.account),
		},
		opts,
	);
}

/** Delivery of logs, for networks of this account alone, in whichever region. */
function deliveryMayWrite(bucketArn: string, account: string): Statement[] {
	const service = { Service: "delivery.logs.amazonaws.com" };
	const own = {
		StringEquals: { "aws:SourceAccount": account },
		ArnLike: { "aws:SourceArn": `arn:aws:logs:*:${account}:*` },
	};
	return [
		{
			Sid: "DeliveryReadsAcl",
			Effect: "Allow",
			Principal: service,
			Action: "s3:GetBucketAcl",
			Resource: bucketArn,
			Condition: own,
		},
		{
			Sid: "DeliveryWrites",
			Effect: "Allow",
			Principal: service,
			Action: "s3:PutObject",
			Resource: `${bucketArn}/AWSLogs/${account}/*`,
			Condition: { ...own, StringEquals: { ...own.StringEquals, "s3:x-amz-acl": "bucket-owner-full-control" } },
		},
	];
}

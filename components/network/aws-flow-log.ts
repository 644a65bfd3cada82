import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type CellContext, physicalName } from "../cell-context";
import type { Keys } from "../keys/keys";
import { retentionDays } from "../logs-retention";
import { policyDocument, trustService } from "../policy-document";

export interface AwsFlowLogArgs {
	readonly context: CellContext;
	readonly vpcId: pulumi.Output<string>;
	readonly keys: Keys;
	/** ARN of the audit store's bucket, which gets the records too; nothing without one. */
	readonly flowRecordsArn?: pulumi.Output<string>;
}

/** Records all traffic of a VPC, accepted and rejected: in an encrypted log group to look into, and in the audit store. */
export class AwsFlowLog extends pulumi.ComponentResource {
	constructor(name: string, args: AwsFlowLogArgs, opts: pulumi.ComponentResourceOptions) {
		super("meridian:network:AwsFlowLog", name, {}, opts);
		const { context, vpcId, keys } = args;
		const group = new aws.cloudwatch.LogGroup(
			`${name}-group`,
			{
				name: `/meridian/${context.spec.environment}/${context.cell}/flow-log`,
				retentionInDays: retentionDays(context),
				kmsKeyId: keys.keyFor("logs"),
			},
			{ parent: this },
		);
		const role = new aws.iam.Role(
			`${name}-role`,
			{ name: physicalName(context, "flow-log", 64), assumeRolePolicy: trustService("vpc-flow-logs.amazonaws.com") },
			{ parent: this },
		);
		const permission = new aws.iam.RolePolicy(
			`${name}-role-write`,
			{ role: role.name, name: "write-flow-log", policy: group.arn.apply(writeTo) },
			{ parent: this },
		);
		new aws.ec2.FlowLog(
			name,
			{
				vpcId,
				trafficType: "ALL",
				logDestinationType: "cloud-watch-logs",
				logDestination: group.arn,
				iamRoleArn: role.arn,
				maxAggregationInterval: 60,
			},
			{ parent: this, dependsOn: [permission] },
		);
		if (args.flowRecordsArn !== undefined) {
			new aws.ec2.FlowLog(
				`${name}-audit`,
				{
					vpcId,
					trafficType: "ALL",
					logDestinationType: "s3",
					logDestination: args.flowRecordsArn,
					maxAggregationInterval: 60,
				},
				{ parent: this },
			);
		}
		this.registerOutputs({});
	}
}

function writeTo(groupArn: string): string {
	return policyDocument(
		{ Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
		{
			Effect: "Allow",
			Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
			Resource: [groupArn, `${groupArn}:*`],
		},
	);
}

import { faultsOf } from "../check/fault-table";
import { isAbsent, isSet, number, text } from "../check/inputs";
import type { CheckContext, Fault, TypeModel } from "../model";
import { defineAws } from "./define";
import { arn, ec2Id } from "./names";
import { untrusted } from "./trust";

const SUBJECTS = [
	"vpcId",
	"subnetId",
	"eniId",
	"transitGatewayId",
	"transitGatewayAttachmentId",
	"regionalNatGatewayId",
];

const FIELDS =
	"version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status";

/** Version 2 of the record format, which AWS uses unless told otherwise. */
const DEFAULT_FORMAT = FIELDS.split(" ")
	.map((field) => `\${${field}}`)
	.join(" ");

/** A flow log: one subject, one destination that exists. */
export const flowLog: TypeModel = defineAws({
	type: "aws:ec2/flowLog:FlowLog",
	references: [
		{ path: "vpcId", to: ["aws:ec2/vpc:Vpc"], by: "id", holds: false },
		{ path: "subnetId", to: ["aws:ec2/subnet:Subnet"], by: "id", holds: false },
		{ path: "iamRoleArn", to: ["aws:iam/role:Role"], by: "arn", holds: false },
	],
	values: {
		trafficType: ["ACCEPT", "REJECT", "ALL"],
		logDestinationType: ["cloud-watch-logs", "s3", "kinesis-data-firehose"],
		"destinationOptions.fileFormat": ["plain-text", "parquet"],
	},
	check: (context) => [...shapeFaults(context), ...destinationFaults(context)],
	defaults: { logDestinationType: "cloud-watch-logs", logFormat: DEFAULT_FORMAT, maxAggregationInterval: 600 },
	id: (context) => ec2Id(context, "fl"),
	computed: (context, id) => ({ arn: arn(context.scope, "ec2", `vpc-flow-log/${id}`) }),
});

function shapeFaults({ inputs }: CheckContext): Fault[] {
	const subjects = SUBJECTS.filter((path) => isSet(inputs, path));
	const gateway = subjects.some((path) => path.startsWith("transitGateway"));
	const interval = number(inputs, "maxAggregationInterval");
	return faultsOf([
		{
			when: subjects.length !== 1,
			property: "vpcId",
			reason: `exactly one of ${SUBJECTS.join(", ")} is needed, but ${subjects.length} were given`,
		},
		{
			when: !gateway && isAbsent(inputs, "trafficType"),
			property: "trafficType",
			reason: 'is required for VPCs, subnets and interfaces: "ACCEPT", "REJECT" or "ALL"; set it',
		},
		{
			when: interval !== undefined && interval !== 60 && interval !== 600,
			property: "maxAggregationInterval",
			reason: `must be 60 or 600 seconds, but ${interval} was given`,
		},
	]);
}

function destinationFaults(context: CheckContext): Fault[] {
	const { inputs } = context;
	const kind = isSet(inputs, "logDestinationType") ? text(inputs, "logDestinationType") : "cloud-watch-logs";
	const destination = text(inputs, "logDestination");
	const gone = destination !== undefined && kind !== undefined && !destinationExists(kind, destination, context);
	return faultsOf([
		{
			when: isAbsent(inputs, "logDestination"),
			property: "logDestination",
			reason: "is required: the ARN of a log group, bucket or delivery stream",
		},
		{
			when: kind === "cloud-watch-logs" && isAbsent(inputs, "iamRoleArn"),
			property: "iamRoleArn",
			reason: "is required for delivery to CloudWatch Logs; give a role that vpc-flow-logs.amazonaws.com may assume",
		},
		{
			when: kind === "s3" && isSet(inputs, "iamRoleArn"),
			property: "iamRoleArn",
			reason: "is not applicable for delivery to S3 (the bucket's policy decides); remove it",
		},
		untrusted(context, { path: "iamRoleArn", service: "vpc-flow-logs.amazonaws.com", actions: ["sts:AssumeRole"] }),
		{
			when: kind === "cloud-watch-logs" && isSet(inputs, "destinationOptions"),
			property: "destinationOptions",
			reason: "can be given for delivery to S3 only; remove it",
		},
		{
			when: gone,
			property: "logDestination",
			reason: `names no existing destination of type ${kind}: ${destination}; create it first`,
		},
	]);
}

/** S3 ARNs may go on with a prefix, log group ARNs end with `:*` or not. Delivery streams are not emulated. */
function destinationExists(kind: string, destination: string, { world }: CheckContext): boolean {
	switch (kind) {
		case "s3":
			return world.find(["aws:s3/bucket:Bucket"], "arn", destination.split("/")[0] ?? "").length > 0;
		case "cloud-watch-logs":
			return world.find(["aws:cloudwatch/logGroup:LogGroup"], "arn", destination.replace(/:\*$/, "")).length > 0;
		default:
			return true;
	}
}

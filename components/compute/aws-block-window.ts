import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { awsTime, blockDrainsAt } from "../../catalogue/aws/capacity-blocks";
import type { AwsCapacity } from "../../spec/schema/aws-region";
import { scalingGroupOf } from "./aws-pool-bounds";

/** A block's window on a node group. */
export interface BlockWindow {
	readonly group: aws.eks.NodeGroup;
	readonly capacity: Extract<AwsCapacity, { readonly kind: "capacity-block" }>;
	/** Instances of the block. */
	readonly nodes: number;
	/** What the actions' names begin with: by its id the provider tells actions of a region apart, and the id is the name. */
	readonly name: string;
}

/** Leaves a bound of the Auto Scaling group alone; without it the provider would set 0. */
const unchanged = -1;

/**
 * Fills a node group when its capacity block begins and empties it in time before EC2 does. AWS refuses an action in the
 * past when it is made, and only then: a block that has begun says `opened` in the specification, and gets no opening.
 * Source: Amazon EC2 Auto Scaling API reference, PutScheduledUpdateGroupAction, read 2026-11-28.
 */
export function scheduleWindow(
	name: string,
	{ group, capacity, nodes, name: action }: BlockWindow,
	opts: pulumi.CustomResourceOptions,
): aws.autoscaling.Schedule[] {
	const opens = { key: "open", at: awsTime(Date.parse(capacity.starts)), size: nodes };
	const drains = { key: "drain", at: blockDrainsAt(capacity.ends), size: 0 };
	return [...(capacity.opened ? [] : [opens]), drains].map(
		({ key, at, size }) =>
			new aws.autoscaling.Schedule(
				`${name}-${key}`,
				{
					autoscalingGroupName: scalingGroupOf(group),
					scheduledActionName: `${action}-${key}`,
					startTime: at,
					desiredCapacity: size,
					minSize: unchanged,
					maxSize: unchanged,
				},
				opts,
			),
	);
}

import { z } from "zod";
import { text } from "../fields";
import {
	clusterFields,
	gpuPoolFields,
	regionFields,
	servingFields,
	systemPoolFields,
	windowFields,
} from "./region-fields";

const reservationId = text(/^cr-[0-9a-f]{17}$/, "a reservation id such as cr-0123456789abcdef0");

/** What a GPU pool's nodes are drawn from on AWS. */
const capacity = z.discriminatedUnion("kind", [
	/** On demand, in a cluster placement group made for the pool. */
	z.strictObject({ kind: z.literal("on-demand") }),
	/** An on-demand capacity reservation; `create` makes it, else `id` names one that exists. */
	z.strictObject({
		kind: z.literal("reservation"),
		id: reservationId.optional(),
		create: z.boolean().default(false),
	}),
	/** A purchased capacity block with its window; never in a placement group. */
	z.strictObject({
		kind: z.literal("capacity-block"),
		id: reservationId,
		...windowFields,
		/**
		 * True where the window has begun when the pool is made: its nodes come at once. AWS refuses to make what opens a
		 * window in the past; what was made before stays.
		 */
		opened: z.boolean().default(false),
	}),
]);

/** A region on AWS. */
export const awsRegion = z.strictObject({
	cloud: z.literal("aws"),
	...regionFields,
	cluster: z
		.strictObject({
			...clusterFields,
			/** ARNs of the roles that administer the cluster; without any, whoever creates it does. */
			administrators: z.array(text(/^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+$/, "the ARN of an IAM role")).default([]),
		})
		.prefault({}),
	systemPool: z.strictObject({ instanceType: z.string().default("m7i.2xlarge"), ...systemPoolFields }).prefault({}),
	gpuPools: z.array(z.strictObject({ ...gpuPoolFields, capacity })).default([]),
	/** The pools of the inference modules in this region, one a module. */
	serving: z.strictObject({ ...servingFields, capacity }).optional(),
	/** A NAT gateway a zone, or one for all (dev). */
	nat: z.enum(["per-zone", "single"]).default("per-zone"),
});

export type AwsRegionSpec = z.output<typeof awsRegion>;
export type AwsGpuPoolSpec = AwsRegionSpec["gpuPools"][number];
export type AwsCapacity = AwsGpuPoolSpec["capacity"];

import { z } from "zod";
import { hours, text } from "../fields";
import {
	clusterFields,
	gpuPoolFields,
	regionFields,
	servingFields,
	systemPoolFields,
	windowFields,
} from "./region-fields";

const reservationName = text(
	/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
	"the name of a reservation in the project, 1 to 63 of a-z, 0-9 and inner hyphens",
);

/** What a GPU pool's nodes are drawn from on Google Cloud. */
const capacity = z.discriminatedUnion("kind", [
	/** On demand, placed compactly in its zone. */
	z.strictObject({ kind: z.literal("on-demand") }),
	/** A specific reservation; `create` makes it, else `name` names one that exists. */
	z.strictObject({
		kind: z.literal("reservation"),
		name: reservationName.optional(),
		create: z.boolean().default(false),
	}),
	/** Capacity of a calendar reservation (Dynamic Workload Scheduler) with its window. */
	z.strictObject({ kind: z.literal("calendar"), name: reservationName, ...windowFields }),
	/** Flex-start (Dynamic Workload Scheduler): nodes come all together when a job asks, and go after `maxRun`. */
	z.strictObject({
		kind: z.literal("flex-start"),
		/** Longest life of a node: 1 hour to 7 days. */
		maxRun: hours(1, 168),
	}),
]);

/** A region on Google Cloud. */
export const gcpRegion = z.strictObject({
	cloud: z.literal("gcp"),
	...regionFields,
	cluster: z
		.strictObject({
			...clusterFields,
			/** Groups and users that administer the cluster, as `group:platform@frontier.example`. */
			administrators: z
				.array(
					text(
						/^(group|user):[^\s@:]+@[^\s@:]+$/,
						"group: or user: with an address, as group:platform@frontier.example",
					),
				)
				.default([]),
		})
		.prefault({}),
	systemPool: z.strictObject({ instanceType: z.string().default("n2-standard-8"), ...systemPoolFields }).prefault({}),
	gpuPools: z.array(z.strictObject({ ...gpuPoolFields, capacity })).default([]),
	/** The pools of the inference modules in this region, one a module. */
	serving: z.strictObject({ ...servingFields, capacity }).optional(),
});

export type GcpRegionSpec = z.output<typeof gcpRegion>;
export type GcpGpuPoolSpec = GcpRegionSpec["gpuPools"][number];
export type GcpCapacity = GcpGpuPoolSpec["capacity"];

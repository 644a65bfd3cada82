import { isUnknown } from "../../lib/values";
import { faultsOf, outside } from "../check/fault-table";
import { flag, number, text } from "../check/inputs";
import type { CheckContext, Fault, TypeModel } from "../model";
import { BUCKET } from "./bucket";
import { defineGcp } from "./define";
import { numberOf } from "./project-number";
import { overLimit } from "./quota";

const SINK = "gcp:logging/projectSink:ProjectSink";

/** Destinations of a sink. Source: Cloud Logging, Route logs to supported destinations, unverified. */
const DESTINATION =
	/^(storage\.googleapis\.com\/[^/]+|bigquery\.googleapis\.com\/projects\/[^/]+\/datasets\/[^/]+|pubsub\.googleapis\.com\/projects\/[^/]+\/topics\/[^/]+|logging\.googleapis\.com\/projects\/[^/]+(\/locations\/[^/]+\/buckets\/[^/]+)?)$/;

/** Sends a project's log entries elsewhere; its writer needs a grant on the destination afterwards. */
export const projectSink: TypeModel = defineGcp({
	type: SINK,
	apis: ["logging.googleapis.com"],
	global: true,
	name: {
		path: "name",
		pattern: /^(?!_)[\w.-]{1,100}$/,
		allowed: "1 to 100 of letters, digits, underscores, hyphens and dots, not beginning with an underscore",
		unique: "account",
		autoNameLength: 255,
	},
	check: sinkFaults,
	defaults: { description: "", disabled: false, filter: "", uniqueWriterIdentity: true },
	id: ({ inputs, scope }) => `projects/${scope.account}/sinks/${text(inputs, "name")}`,
	computed: (context) => ({
		writerIdentity:
			text(context.inputs, "customWriterIdentity") ??
			(flag(context.inputs, "uniqueWriterIdentity") === false
				? "serviceAccount:cloud-logs@system.gserviceaccount.com"
				: `serviceAccount:service-${numberOf(context)}@gcp-sa-logging.iam.gserviceaccount.com`),
	}),
	derived: () => ({ bigqueryOptions: { usePartitionedTables: false } }),
});

/** A log bucket of the project: `_Default` and `_Required` are Google's own, and their retention is set, not made. */
export const projectBucketConfig: TypeModel = defineGcp({
	type: "gcp:logging/projectBucketConfig:ProjectBucketConfig",
	apis: ["logging.googleapis.com"],
	global: true,
	check: ({ inputs }) => {
		const name = text(inputs, "bucketId");
		return faultsOf([
			outside(number(inputs, "retentionDays"), "retentionDays", { min: 1, max: 3650, unit: "days" }),
			{
				when: name === "_Required",
				property: "bucketId",
				reason:
					"must not be _Required, which keeps 400 days and cannot be changed; use _Default or a bucket of your own",
			},
		]);
	},
	defaults: { locked: false, enableAnalytics: false },
	id: ({ inputs }) =>
		`projects/${text(inputs, "project")}/locations/${text(inputs, "location")}/buckets/${text(inputs, "bucketId")}`,
	computed: (_, id) => ({ name: id, lifecycleState: "ACTIVE" }),
});

function sinkFaults(context: CheckContext): Fault[] {
	const { inputs, scope, world } = context;
	const destination = text(inputs, "destination");
	const target = /^storage\.googleapis\.com\/([^/]+)$/.exec(destination ?? "")?.[1];
	const filter = text(inputs, "filter") ?? "";
	return faultsOf([
		{
			when: destination !== undefined && !DESTINATION.test(destination),
			property: "destination",
			reason: `must be storage.googleapis.com/<bucket>, or a BigQuery, Pub/Sub or Logging destination, but ${JSON.stringify(destination)} was given`,
		},
		{
			when: target !== undefined && !isUnknown(target) && world.find([BUCKET], "name", target).length === 0,
			property: "destination",
			reason: `names no existing bucket: ${JSON.stringify(target)}; create it first`,
		},
		{
			when: filter.length > 20_000,
			property: "filter",
			reason: `must have at most 20000 characters, but has ${filter.length}; shorten it`,
		},
		overLimit("sinksPerProject", world.list(SINK, scope), context, ""),
	]);
}

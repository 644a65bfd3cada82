import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { inDays } from "../../lib/units";
import { type CellContext, physicalName } from "../cell-context";
import type { Keys } from "../keys/keys";
import { retentionDays } from "../logs-retention";
import { GcpBucket } from "../storage/gcp";

export interface GcpAuditArgs {
	readonly context: CellContext;
	readonly keys: Keys;
	/** The project's services, without which nothing can be made. */
	readonly servicesReady: readonly pulumi.Resource[];
}

/** Google's audit logs of everything but clusters, which each cell's own sink brings. */
const projectFilter = 'log_id("cloudaudit.googleapis.com/activity") OR log_id("cloudaudit.googleapis.com/data_access")';
const systemFilter = 'log_id("cloudaudit.googleapis.com/system_event") OR log_id("cloudaudit.googleapis.com/policy")';

/** Records every call to the project, reads too, into a locked bucket. */
export class GcpAudit extends pulumi.ComponentResource {
	readonly bucket: pulumi.Output<string>;

	constructor(name: string, args: GcpAuditArgs, opts: pulumi.ComponentResourceOptions) {
		super("meridian:audit:GcpAudit", name, {}, opts);
		const { context, keys, servicesReady } = args;
		const { relaxed, auditLock } = context.spec.protection;
		const lockDays = Math.ceil(inDays(auditLock));
		const bucket = new GcpBucket(
			`${name}-bucket`,
			{
				context,
				role: "audit",
				keyId: keys.keyFor("audit"),
				oldVersionDays: lockDays,
				servicesReady,
				...(relaxed ? {} : { lockDays }),
			},
			{ parent: this },
		);
		const config = new gcp.projects.IAMAuditConfig(
			`${name}-config`,
			{
				project: context.account,
				service: "allServices",
				auditLogConfigs: ["ADMIN_READ", "DATA_READ", "DATA_WRITE"].map((logType) => ({ logType })),
			},
			{ parent: this, dependsOn: [...servicesReady] },
		);
		const sink = auditSink(
			name,
			{
				context,
				bucket: bucket.id,
				filter: `(${projectFilter} OR ${systemFilter}) AND NOT resource.type="k8s_cluster"`,
			},
			{ parent: this, dependsOn: [config] },
		);
		// All sinks of a project write as one account: granted here once, or the end of one region would end all others.
		const grant = new gcp.storage.BucketIAMMember(
			`${name}-sink-writer`,
			{ bucket: bucket.id, role: "roles/storage.objectCreator", member: sink.writerIdentity },
			{ parent: this },
		);
		this.bucket = pulumi.all([bucket.id, grant.id]).apply(([id]) => id);
		this.keepLogs(name, args);
		this.registerOutputs({ bucket: this.bucket });
	}

	/** Everything else that is logged stays in the project's own log bucket for as long as the specification says. */
	private keepLogs(name: string, { context, servicesReady }: GcpAuditArgs): void {
		new gcp.logging.ProjectBucketConfig(
			`${name}-logs`,
			{
				project: context.account,
				location: "global",
				bucketId: "_Default",
				retentionDays: retentionDays(context),
			},
			{ parent: this, dependsOn: [...servicesReady] },
		);
	}
}

/** Sends what a filter lets through to the audit bucket, as the project's one writer, who may add objects and nothing else. */
export function auditSink(
	name: string,
	args: {
		readonly context: CellContext;
		/** Part of its name, which is one of the project; `audit` where it is left out. */
		readonly role?: string;
		readonly bucket: pulumi.Output<string>;
		readonly filter: string;
	},
	opts: pulumi.CustomResourceOptions,
): gcp.logging.ProjectSink {
	return new gcp.logging.ProjectSink(
		`${name}-sink`,
		{
			name: physicalName(args.context, args.role ?? "audit", 100),
			destination: pulumi.interpolate`storage.googleapis.com/${args.bucket}`,
			filter: args.filter,
			uniqueWriterIdentity: true,
		},
		opts,
	);
}

import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { calendar } from "../../catalogue/gcp/calendar";
import { fitName } from "../../lib/names";
import type { GcpGpuPoolSpec } from "../../spec/schema/gcp-region";
import { type CellContext, physicalName } from "../cell-context";

export interface GcpWindowsArgs {
	readonly context: CellContext;
	/** The project's services, without which nothing can be made. */
	readonly servicesReady: readonly pulumi.Resource[];
}

/** A node pool whose capacity exists in a window only. */
export interface WindowedPool {
	readonly pool: GcpGpuPoolSpec;
	readonly nodePool: gcp.container.NodePool;
	/** UTC, as `2026-12-01T11:30:00Z`. */
	readonly starts: string;
	readonly ends: string;
}

/** What setting a node pool's size needs. Source: GKE API, nodePools.setSize; IAM permissions reference, 2026-11-28. */
const resizing = ["container.clusters.update"];

/**
 * Opens pools on calendar capacity when their window starts, and empties them before it ends: two jobs a pool that set
 * its size, as an account that may do nothing else. Making a pool smaller drains its nodes (gcloud container clusters
 * resize). A cron line has no year: take the pool away before its window's date comes round again.
 */
export class GcpWindows extends pulumi.ComponentResource {
	private readonly account: gcp.serviceaccount.Account;
	private readonly grant: gcp.projects.IAMMember;

	constructor(
		private readonly name: string,
		private readonly args: GcpWindowsArgs,
		opts: pulumi.ComponentResourceOptions,
	) {
		super("meridian:compute:GcpWindows", name, {}, opts);
		const { context, servicesReady } = args;
		const { environment } = context.spec;
		const child = { parent: this, dependsOn: [...servicesReady] };
		this.account = new gcp.serviceaccount.Account(
			`${name}-account`,
			{
				accountId: fitName(`${environment}-${context.cell}-windows`, 30),
				displayName: `${environment} ${context.cell}: windows`,
			},
			child,
		);
		const role = new gcp.projects.IAMCustomRole(
			`${name}-role`,
			{
				// Ids of roles have no hyphen.
				roleId: fitName(`${environment}-${context.cell}-windows`, 64).replaceAll("-", "_"),
				title: `${environment} ${context.cell}: sets the size of node pools`,
				permissions: resizing,
			},
			child,
		);
		this.grant = new gcp.projects.IAMMember(
			`${name}-grant`,
			{ project: context.account, role: role.name, member: this.account.member },
			{ parent: this },
		);
		this.registerOutputs({});
	}

	/** Makes the two jobs of a pool. */
	add(windowed: WindowedPool): void {
		const drain = new Date(Date.parse(windowed.ends) - calendar.drainMinutes * 60_000);
		this.resizeAt(windowed, { role: "open", at: new Date(windowed.starts), nodes: windowed.pool.nodes });
		this.resizeAt(windowed, { role: "drain", at: drain, nodes: 0 });
	}

	private resizeAt(
		{ pool, nodePool }: WindowedPool,
		{ role, at, nodes }: { readonly role: string; readonly at: Date; readonly nodes: number },
	): void {
		const { context } = this.args;
		new gcp.cloudscheduler.Job(
			`${this.name}-${pool.name}-${role}`,
			{
				name: physicalName(context, `${pool.name}-${role}`, 500),
				region: context.region,
				description: `${role} ${pool.name} at ${at.toISOString()}: ${nodes} nodes`,
				schedule: cronAt(at),
				timeZone: "Etc/UTC",
				httpTarget: {
					uri: pulumi.interpolate`https://container.googleapis.com/v1/${nodePool.id}:setSize`,
					httpMethod: "POST",
					headers: { "Content-Type": "application/json" },
					body: Buffer.from(JSON.stringify({ nodeCount: nodes })).toString("base64"),
					oauthToken: { serviceAccountEmail: this.account.email },
				},
				// Another operation on the cluster makes GKE refuse; it is asked again for about half an hour.
				retryConfig: { retryCount: 5, minBackoffDuration: "60s", maxBackoffDuration: "900s" },
			},
			{ parent: this, dependsOn: [this.grant] },
		);
	}
}

/** The cron line of one minute of the year, UTC. */
export function cronAt(at: Date): string {
	return `${at.getUTCMinutes()} ${at.getUTCHours()} ${at.getUTCDate()} ${at.getUTCMonth() + 1} *`;
}

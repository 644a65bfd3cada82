import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import type { CellContext } from "../cell-context";
import { projectNumber } from "../gcp-provider";
import type { BoundIdentity, ServiceAccountRef, WorkloadIdentity } from "./identity";

export interface GcpWorkloadIdentityArgs {
	readonly context: CellContext;
	/** The cluster, whose workload identity pool must be there before a grant may name it. */
	readonly cluster: pulumi.Resource;
}

/**
 * Workload Identity Federation for GKE: IAM names the Kubernetes service account itself, so no service account of
 * Google's and no key stands between. Source: GKE, "Authenticate to Google Cloud APIs from GKE workloads", 2026-11-21.
 */
export class GcpWorkloadIdentity extends pulumi.ComponentResource implements WorkloadIdentity {
	constructor(
		private readonly name: string,
		private readonly args: GcpWorkloadIdentityArgs,
		opts: pulumi.ComponentResourceOptions,
	) {
		super("meridian:identity:GcpWorkloadIdentity", name, {}, opts);
		this.registerOutputs({});
	}

	bind(account: ServiceAccountRef, permissions: readonly string[] = []): BoundIdentity {
		const { context, cluster } = this.args;
		const member = memberOf(context, account);
		const grants = permissions.map(
			(role) =>
				new gcp.projects.IAMMember(
					`${this.name}-${account.namespace}-${account.name}-${role.split("/").at(-1)}`,
					{ project: context.account, role, member },
					{ parent: this, dependsOn: [cluster] },
				),
		);
		// The pool of the project's clusters comes with the first one: a grant made before is refused.
		const principal = pulumi.all([cluster.urn, ...grants.map((grant) => grant.id)]).apply(() => member);
		return { principal, ready: grants.at(-1) ?? cluster, annotations: {} };
	}
}

/** A Kubernetes service account as an IAM member. */
function memberOf(context: CellContext, { namespace, name }: ServiceAccountRef): string {
	const pool = `projects/${projectNumber(context)}/locations/global/workloadIdentityPools/${context.account}.svc.id.goog`;
	return `principal://iam.googleapis.com/${pool}/subject/ns/${namespace}/sa/${name}`;
}

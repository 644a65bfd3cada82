import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { fitName } from "../../lib/names";
import type { CellContext } from "../cell-context";

/** The nodes' own service account with what a node needs. */
export interface NodeAccount {
	readonly email: pulumi.Output<string>;
	readonly ready: readonly pulumi.Resource[];
}

/**
 * What a node may do: write logs and metrics. Source: GKE, "Use a least privilege service account for your nodes"
 * (roles/container.defaultNodeServiceAccount), read 2026-11-21.
 */
const nodeRoles = ["roles/container.defaultNodeServiceAccount"] as const;

/** Makes the service account that nodes run as, in place of the project's default one. */
export function nodeAccount(name: string, context: CellContext, opts: pulumi.CustomResourceOptions): NodeAccount {
	const account = new gcp.serviceaccount.Account(
		`${name}-nodes`,
		{
			// An account's id has 6 to 30 characters.
			accountId: fitName(`${context.spec.environment}-${context.cell}-nodes`, 30),
			displayName: `${context.spec.environment} ${context.cell}: nodes`,
		},
		opts,
	);
	const ready = nodeRoles.map(
		(role) =>
			new gcp.projects.IAMMember(
				`${name}-nodes-${role.split("/").at(-1)}`,
				{ project: context.account, role, member: account.member },
				opts,
			),
	);
	return { email: account.email, ready };
}

import * as azure from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import { type AzurePlace, type BuiltInRole, builtInRoles, knownName, roleDefinition } from "../azure-place";
import { physicalName } from "../cell-context";
import type { BoundIdentity, ServiceAccountRef, WorkloadIdentity } from "./identity";

export interface AzureWorkloadIdentityArgs extends AzurePlace {
	readonly oidcIssuer: pulumi.Output<string>;
}

/**
 * Entra Workload ID: a managed identity that trusts the cluster's tokens of one service account. Pods also carry the
 * label `azure.workload.identity/use: "true"`. Source: Microsoft Learn, "Workload identity on AKS", 2026-11-21.
 */
export class AzureWorkloadIdentity extends pulumi.ComponentResource implements WorkloadIdentity {
	constructor(
		private readonly name: string,
		private readonly args: AzureWorkloadIdentityArgs,
		opts: pulumi.ComponentResourceOptions,
	) {
		super("meridian:identity:AzureWorkloadIdentity", name, {}, opts);
		this.registerOutputs({});
	}

	/** `permissions` are names of `builtInRoles`, given over the cell's resource group. */
	bind(account: ServiceAccountRef, permissions: readonly string[] = []): BoundIdentity {
		const { context, group, oidcIssuer } = this.args;
		const key = `${account.namespace}-${account.name}`;
		const resourceName = physicalName(context, key, 120);
		const identity = new azure.managedidentity.UserAssignedIdentity(
			`${this.name}-${key}`,
			{ resourceGroupName: group.name, resourceName },
			{ parent: this },
		);
		for (const permission of permissions.filter(isBuiltIn)) {
			new azure.authorization.RoleAssignment(
				`${this.name}-${key}-${permission}`,
				{
					scope: group.id,
					roleDefinitionId: roleDefinition(context, permission),
					principalId: identity.principalId,
					principalType: "ServicePrincipal",
				},
				{ parent: this },
			);
		}
		const ready = new azure.managedidentity.FederatedIdentityCredential(
			`${this.name}-${key}`,
			{
				resourceGroupName: group.name,
				resourceName: knownName(identity, resourceName),
				federatedIdentityCredentialResourceName: key,
				issuer: oidcIssuer,
				subject: `system:serviceaccount:${account.namespace}:${account.name}`,
				audiences: ["api://AzureADTokenExchange"],
			},
			{ parent: this },
		);
		return {
			principal: identity.principalId,
			ready,
			annotations: { "azure.workload.identity/client-id": identity.clientId },
		};
	}
}

function isBuiltIn(name: string): name is BuiltInRole {
	return Object.hasOwn(builtInRoles, name);
}

import * as azure from "@pulumi/azure-native";
import type * as pulumi from "@pulumi/pulumi";
import { type AzurePlace, roleDefinition } from "../azure-place";
import { physicalName } from "../cell-context";

export interface ControlPlaneArgs extends AzurePlace {
	readonly network: azure.network.VirtualNetwork;
	readonly disks: azure.compute.DiskEncryptionSet;
}

/** The control plane's identity with what must be granted before a cluster can be made. */
export interface ControlPlaneIdentity {
	readonly identity: azure.managedidentity.UserAssignedIdentity;
	readonly granted: readonly pulumi.Resource[];
}

/** The control plane joins nodes and balancers to the network, and attaches disks of the encryption set. */
export function controlPlaneIdentity(
	name: string,
	args: ControlPlaneArgs,
	opts: pulumi.CustomResourceOptions,
): ControlPlaneIdentity {
	const { context, disks, group, network } = args;
	const identity = new azure.managedidentity.UserAssignedIdentity(
		`${name}-identity`,
		{ resourceGroupName: group.name, resourceName: physicalName(context, "cluster", 128) },
		opts,
	);
	const grant = (key: string, scope: pulumi.Output<string>, role: "networkContributor" | "reader"): pulumi.Resource =>
		new azure.authorization.RoleAssignment(
			`${name}-${key}`,
			{
				scope,
				roleDefinitionId: roleDefinition(context, role),
				principalId: identity.principalId,
				principalType: "ServicePrincipal",
			},
			opts,
		);
	return {
		identity,
		granted: [grant("joins-network", network.id, "networkContributor"), grant("reads-disks", disks.id, "reader")],
	};
}

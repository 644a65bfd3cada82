import * as azure from "@pulumi/azure-native";
import type * as pulumi from "@pulumi/pulumi";
import { roleDefinition } from "../azure-place";
import type { CellContext } from "../cell-context";

/** Who may fetch the kubeconfig of a cluster. */
interface AdmissionArgs {
	readonly context: CellContext;
	readonly cluster: azure.containerservice.ManagedCluster;
	/** Object ids of Entra groups. */
	readonly administrators: readonly string[];
}

/** Lets groups fetch the kubeconfig; what they may do in the cluster is the cluster's own matter. */
export function admitGroups(
	name: string,
	{ administrators, cluster, context }: AdmissionArgs,
	opts: pulumi.CustomResourceOptions,
): void {
	for (const group of administrators) {
		new azure.authorization.RoleAssignment(
			`${name}-admits-${group}`,
			{
				scope: cluster.id,
				roleDefinitionId: roleDefinition(context, "clusterUser"),
				principalId: group,
				principalType: "Group",
			},
			opts,
		);
	}
}

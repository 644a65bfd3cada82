import * as azure from "@pulumi/azure-native";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { AzureGroup } from "../azure-place";
import type { AzureCluster } from "./azure";

export interface AzureLocalDisksArgs {
	readonly group: AzureGroup;
	readonly cluster: AzureCluster;
}

/**
 * Azure Container Storage, which gives pods volumes on the local NVMe disks of their node, striped over all of them; AKS by
 * itself leaves these disks raw. Its driver runs on tainted nodes too. Sources: Microsoft Learn, "Use Azure Container
 * Storage with local NVMe" (striping cannot be switched off); the chart of Azure/local-csi-driver (tolerations); read
 * 2026-11-28.
 */
export class AzureLocalDisks extends pulumi.ComponentResource {
	constructor(name: string, { cluster, group }: AzureLocalDisksArgs, opts: pulumi.ComponentResourceOptions) {
		super("meridian:cluster:AzureLocalDisks", name, {}, opts);
		const extension = new azure.kubernetesconfiguration.Extension(
			`${name}-driver`,
			{
				resourceGroupName: group.name,
				clusterRp: "Microsoft.ContainerService",
				clusterResourceName: "managedClusters",
				clusterName: cluster.name,
				// The name by which Azure's own tools look for it.
				extensionName: "acstor",
				extensionType: "microsoft.azurecontainerstoragev2",
				autoUpgradeMinorVersion: true,
				releaseTrain: "Stable",
				scope: { cluster: { releaseNamespace: "kube-system" } },
			},
			{ parent: this, dependsOn: [...cluster.ready()], replaceOnChanges: ["extensionType", "scope"] },
		);
		new kubernetes.storage.v1.StorageClass(
			`${name}-class`,
			{
				metadata: { name: "local-nvme" },
				provisioner: "localdisk.csi.acstor.io",
				reclaimPolicy: "Delete",
				// A volume is where its pod is, so the pod is placed first.
				volumeBindingMode: "WaitForFirstConsumer",
				allowVolumeExpansion: true,
			},
			{ parent: this, provider: cluster.provider, dependsOn: [extension] },
		);
		this.registerOutputs({});
	}
}

import type { Properties } from "../../lib/values";
import { flag, list, texts } from "../check/inputs";
import type { Manifest } from "../clusters/manifest";
import { type StorageClassSettings, storageClassManifest } from "../clusters/storage-class";
import type { SandboxObject } from "../model";

/**
 * Storage classes of an AKS cluster from birth, by the drivers that it has. In a cluster of several zones its disks are
 * kept in all of them (ZRS), since Kubernetes 1.29. Sources: Microsoft Learn, "Storage options for applications in AKS";
 * `kubectl get storageclass` in public listings; both read 2026-11-21. Unverified: ZRS of `managed` and
 * `managed-premium`, mount options of shares, parameters of the two classes of blobs.
 */
export function aksStorageClasses({ outputs }: SandboxObject): Manifest[] {
	const classes = [
		...(flag(outputs, "storageProfile.diskCSIDriver.enabled") === false ? [] : disks(redundancy(outputs))),
		...(flag(outputs, "storageProfile.fileCSIDriver.enabled") === false ? [] : files),
		...(flag(outputs, "storageProfile.blobCSIDriver.enabled") === true ? blobs : []),
	];
	return classes.map(storageClassManifest);
}

function redundancy(cluster: Properties): "LRS" | "ZRS" {
	const zones = list(cluster, "agentPoolProfiles").flatMap((pool) => texts(pool, "availabilityZones"));
	return new Set(zones).size > 1 ? "ZRS" : "LRS";
}

function disks(copies: "LRS" | "ZRS"): StorageClassSettings[] {
	const [standard, premium] = [`StandardSSD_${copies}`, `Premium_${copies}`];
	const disk = { provisioner: "disk.csi.azure.com", binding: "WaitForFirstConsumer", expansion: true } as const;
	const former = { cachingmode: "ReadOnly", kind: "Managed" } as const;
	return [
		{ ...disk, name: "default", isDefault: true, parameters: { skuname: standard } },
		{ ...disk, name: "managed", parameters: { ...former, storageaccounttype: standard } },
		{ ...disk, name: "managed-premium", parameters: { ...former, storageaccounttype: premium } },
		{ ...disk, name: "managed-csi", parameters: { skuname: standard } },
		{ ...disk, name: "managed-csi-premium", parameters: { skuname: premium } },
	];
}

const share = {
	provisioner: "file.csi.azure.com",
	binding: "Immediate",
	expansion: true,
	mountOptions: ["mfsymlinks", "actimeo=30", "nosharesock"],
} as const;

const files: readonly StorageClassSettings[] = [
	{ ...share, name: "azurefile", parameters: { skuName: "Standard_LRS" } },
	{ ...share, name: "azurefile-csi", parameters: { skuName: "Standard_LRS" } },
	{ ...share, name: "azurefile-premium", parameters: { skuName: "Premium_LRS" } },
	{ ...share, name: "azurefile-csi-premium", parameters: { skuName: "Premium_LRS" } },
];

const blob = { provisioner: "blob.csi.azure.com", binding: "Immediate", expansion: true } as const;

const blobs: readonly StorageClassSettings[] = [
	{ ...blob, name: "azureblob-fuse-premium", parameters: { protocol: "fuse2", skuName: "Premium_LRS" } },
	{ ...blob, name: "azureblob-nfs-premium", parameters: { protocol: "nfs", skuName: "Premium_LRS" } },
];

import type { LocalDisks } from "./pool";

/**
 * Local NVMe disks of accelerated sizes, GB of one disk. Source: field guide 2 (28 TB in 8 disks), general knowledge,
 * unverified: `NvmeDiskSizeInMiB` and `NvmeSizePerDiskInMiB` of `az vm list-skus` confirm it.
 */
const LOCAL_DISKS: { readonly [size: string]: Pick<LocalDisks, "count" | "sizeGb"> } = {
	Standard_ND96isr_H100_v5: { count: 8, sizeGb: 3500 },
	Standard_ND96isr_H200_v5: { count: 8, sizeGb: 3500 },
};

/** The local NVMe disks of a size, undefined where they are not known; AKS leaves them raw and apart. */
export function azureLocalDisks(size: string): LocalDisks | undefined {
	const disks = Object.hasOwn(LOCAL_DISKS, size) ? LOCAL_DISKS[size] : undefined;
	return disks && { ...disks, layout: undefined, striped: false };
}

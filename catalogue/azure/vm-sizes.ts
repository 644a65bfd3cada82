import type { Machine } from "../machine";
import type { Source } from "../provenance";

/** What the platform needs to know of an Azure VM size. */
export interface VmSize extends Machine {
	/** Quota family, as `az vm list-usage` names it; quotas count its vCPUs. */
	readonly family: string;
	/** InfiniBand adapters that a pod may request; 0 where the size has none (no `r` in its name). */
	readonly infinibandAdapters: number;
	/** Local NVMe disks; nothing where the size has none, or where their number is not known. */
	readonly localNvme?: { readonly count: number; readonly sizeGb: number };
	readonly provenance: Source;
}

const DATE = "2026-11-21";
const GPU_SIZES = "Microsoft Learn, ND and NC size series; memory, adapters: field guide 1.3 and 2";

/** Nodes in one placement group, beyond which InfiniBand does not reach. Source: AKS, RDMA guide of Azure/aks-rdma-infiniband, 2026-11-21. */
export const placementGroupNodes = 100;

/**
 * The 28,000 GB of ND H100 v5 and H200 v5, as the size pages have them, on the eight disks that are in the machine; of ND
 * A100 v4 only the sum is published. `NvmeDiskSizeInMiB` and `NvmeSizePerDiskInMiB` of `az vm list-skus` confirm it.
 */
const EIGHT_DISKS = { count: 8, sizeGb: 3500 };

/** Pools of one cluster, the system pool among them. Source: Microsoft Learn, "Quotas, VM size restrictions and region availability in AKS", 2026-11-21. */
export const poolsOfCluster = 100;

/** A GPU size with eight GPUs; `family` and InfiniBand as its series page has them. */
function eightGpus(
	sizes: { readonly vcpus: number; readonly memoryGib: number },
	gpu: { readonly model: string; readonly memoryGib: number },
	series: Pick<VmSize, "family" | "infinibandAdapters" | "localNvme">,
): VmSize {
	return {
		...sizes,
		...series,
		gpus: { ...gpu, count: 8 },
		arch: "x86_64",
		provenance: {
			source: GPU_SIZES,
			date: DATE,
			verified: false,
			unverified: ["memoryGib", "family", ...(series.localNvme ? ["localNvme"] : [])],
		},
	};
}

/** A size without accelerators. */
function general(vcpus: number, memoryGib: number, family: string): VmSize {
	return {
		vcpus,
		memoryGib,
		gpus: undefined,
		arch: "x86_64",
		family,
		infinibandAdapters: 0,
		provenance: {
			source: "Microsoft Learn, general purpose sizes: Dds have 4 GiB a vCPU, Eds 8",
			date: DATE,
			verified: true,
		},
	};
}

/** VM sizes in use, by name. */
export const VM_SIZES = {
	Standard_ND96isr_H100_v5: eightGpus(
		{ vcpus: 96, memoryGib: 1900 },
		{ model: "h100", memoryGib: 640 },
		{ family: "standardNDSH100v5Family", infinibandAdapters: 8, localNvme: EIGHT_DISKS },
	),
	Standard_ND96isr_H200_v5: eightGpus(
		{ vcpus: 96, memoryGib: 1850 },
		{ model: "h200", memoryGib: 1128 },
		{ family: "standardNDISRH200V5Family", infinibandAdapters: 8, localNvme: EIGHT_DISKS },
	),
	Standard_ND96amsr_A100_v4: eightGpus(
		{ vcpus: 96, memoryGib: 1900 },
		{ model: "a100-80gb", memoryGib: 640 },
		{ family: "standardNDAMSv4_A100Family", infinibandAdapters: 8 },
	),
	Standard_D4ds_v5: general(4, 16, "standardDDSv5Family"),
	Standard_D8ds_v5: general(8, 32, "standardDDSv5Family"),
	Standard_D16ds_v5: general(16, 64, "standardDDSv5Family"),
	Standard_E8ds_v5: general(8, 64, "standardEDSv5Family"),
} as const satisfies { readonly [name: string]: VmSize };

/** The facts of a VM size by name; undefined where the catalogue does not have it. */
export function vmSize(name: string): VmSize | undefined {
	const all: { readonly [name: string]: VmSize } = VM_SIZES;
	return Object.hasOwn(all, name) ? all[name] : undefined;
}

import type { Reserve } from "./node";

/** A step of a table that goes by size: of the part up to `upTo`, `share` is kept. */
interface Step {
	readonly upTo: number;
	readonly share: number;
}

/** Shares of cores that EKS and GKE keep: 6 % of the first, 1 % of the second, 0.5 % of the next two, 0.25 % of the rest. */
const cores: readonly Step[] = [
	{ upTo: 1, share: 0.06 },
	{ upTo: 2, share: 0.01 },
	{ upTo: 4, share: 0.005 },
	{ upTo: Number.POSITIVE_INFINITY, share: 0.0025 },
];

function stepped(amount: number, steps: readonly Step[]): number {
	let below = 0;
	let sum = 0;
	for (const { upTo, share } of steps) {
		sum += Math.max(0, Math.min(amount, upTo) - below) * share;
		below = upTo;
	}
	return sum;
}

const roundedMillis = (vcpus: number): number => Math.round(stepped(vcpus, cores) * 1000);

/** Memory at which every cloud's kubelet begins to evict pods, MiB. */
const EVICTION_MIB = 100;

/**
 * What EKS keeps: cores by steps, 255 MiB and 11 MiB a pod, 1 GiB of disk. Source: amazon-eks-ami, nodeadm's kubelet
 * defaults, read 2026-11-21.
 */
export function eksReserve({ vcpus, pods }: { readonly vcpus: number; readonly pods: number }): Reserve {
	return { cpuMillis: roundedMillis(vcpus), memoryMib: 255 + 11 * pods + EVICTION_MIB, diskGib: 1 };
}

/** Shares of memory that GKE keeps, by GiB. */
const gkeMemory: readonly Step[] = [
	{ upTo: 4, share: 0.25 },
	{ upTo: 8, share: 0.2 },
	{ upTo: 16, share: 0.1 },
	{ upTo: 128, share: 0.06 },
	{ upTo: Number.POSITIVE_INFINITY, share: 0.02 },
];

/** What GKE keeps. Source: Google Cloud, "Plan node sizes" (resource reservations), read 2026-11-21. */
export function gkeReserve({
	vcpus,
	memoryGib,
	diskGib,
}: {
	readonly vcpus: number;
	readonly memoryGib: number;
	readonly diskGib: number;
}): Reserve {
	const system = Math.min(diskGib / 2, 6 + 0.35 * diskGib, 100);
	return {
		cpuMillis: roundedMillis(vcpus),
		memoryMib: Math.round(stepped(memoryGib, gkeMemory) * 1024) + EVICTION_MIB,
		diskGib: Math.ceil(diskGib * 0.1 + system),
	};
}

/** Millicores that AKS keeps, by cores. */
const aksCores: readonly (readonly [cores: number, millis: number])[] = [
	[1, 60],
	[2, 100],
	[4, 140],
	[8, 180],
	[16, 260],
	[32, 420],
	[64, 740],
];

/**
 * What AKS keeps: 20 MB a pod and 50 MB, at most a quarter of the memory. Source: Microsoft Learn, "Core concepts for
 * AKS" (node reservations, 1.29 and later), read 2026-11-21. Its table ends at 64 cores; larger machines keep as much.
 */
export function aksReserve({
	vcpus,
	memoryGib,
	pods,
}: {
	readonly vcpus: number;
	readonly memoryGib: number;
	readonly pods: number;
}): Reserve {
	const millis = aksCores.findLast(([least]) => vcpus >= least)?.[1] ?? 60;
	const memory = Math.min(20 * pods + 50, (memoryGib * 1024) / 4);
	return { cpuMillis: millis, memoryMib: Math.round(memory) + EVICTION_MIB, diskGib: 0 };
}

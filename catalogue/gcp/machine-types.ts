import type { Machine } from "../machine";
import type { Source } from "../provenance";

/** How the GPUs of a machine type reach those of other machines. */
export type GcpFabric =
	/** Further gVNIC networks beside the first, one a GPU NIC (GPUDirect-TCPX and TCPXO). */
	| { readonly kind: "gvnic"; readonly networks: number }
	/** A second gVNIC network, and one RDMA network over RoCE with a subnet a NIC. */
	| { readonly kind: "roce"; readonly rdmaSubnets: number };

/** The TPUs of a node that is a slice by itself: no node pool of several hosts, so nodes come and go one by one. */
export interface TpuSlice {
	/** Value of the label `cloud.google.com/gke-tpu-accelerator`. */
	readonly accelerator: string;
	/** Value of the label `cloud.google.com/gke-tpu-topology`. */
	readonly topology: string;
}

/** What the platform needs to know of a Compute Engine machine type. */
export interface MachineType extends Machine {
	/** Accelerator type as node pools name it; undefined without GPUs. */
	readonly acceleratorType: string | undefined;
	readonly fabric: GcpFabric | undefined;
	/** How GKE labels nodes with TPUs; undefined for every other type. */
	readonly tpu?: TpuSlice;
	/** Local SSDs of 375 GB that come with the type. */
	readonly localSsds: number;
	/** Kinds of capacity that Google sells the type by. Source: AI Hypercomputer, "Consumption models", read 2026-11-21. */
	readonly capacityKinds: readonly string[];
	/** Kind of boot disk that the type takes: A3 Ultra and A4 boot from Hyperdisk alone (disk types by machine series). */
	readonly bootDisk: "pd-balanced" | "hyperdisk-balanced";
	readonly provenance: Source;
}

const DATE = "2026-11-21";

const accelerated: Source = {
	source:
		"Google Cloud, Accelerator-optimized machine family; NICs and local SSDs: field guide 1.2 and 2 (cluster-toolkit); vCPU and memory: a public price catalogue, commit 006059e0",
	date: DATE,
	verified: true,
};

const allKinds = ["on-demand", "reservation", "calendar", "flex-start"];
/** A3 Ultra and A4 are not sold on demand. */
const scheduledOnly = ["reservation", "calendar", "flex-start"];

/** A type without accelerators. */
function general(vcpus: number, memoryGib: number): MachineType {
	return {
		vcpus,
		memoryGib,
		gpus: undefined,
		arch: "x86_64",
		acceleratorType: undefined,
		fabric: undefined,
		localSsds: 0,
		bootDisk: "pd-balanced",
		capacityKinds: ["on-demand", "reservation"],
		provenance: {
			source: "Google Cloud, General-purpose machine family: standard types have 4 GB a vCPU, highmem 8",
			date: DATE,
			verified: true,
		},
	};
}

/** An accelerator-optimized type with eight GPUs. */
function eightGpus(
	sizes: { readonly vcpus: number; readonly memoryGib: number; readonly localSsds: number },
	gpu: { readonly model: string; readonly memoryGib: number; readonly acceleratorType: string },
	fabric: GcpFabric | undefined,
): MachineType {
	return {
		...sizes,
		gpus: { model: gpu.model, count: 8, memoryGib: gpu.memoryGib },
		arch: "x86_64",
		acceleratorType: gpu.acceleratorType,
		fabric,
		capacityKinds: fabric?.kind === "roce" ? scheduledOnly : allKinds,
		bootDisk: fabric?.kind === "roce" ? "hyperdisk-balanced" : "pd-balanced",
		provenance: accelerated,
	};
}

/** Machine types in use, by name. Memory in GB as Google states it. */
export const MACHINE_TYPES = {
	"a2-highgpu-8g": eightGpus(
		{ vcpus: 96, memoryGib: 680, localSsds: 8 },
		{ model: "a100", memoryGib: 320, acceleratorType: "nvidia-tesla-a100" },
		undefined,
	),
	"a2-ultragpu-8g": eightGpus(
		{ vcpus: 96, memoryGib: 1360, localSsds: 8 },
		{ model: "a100-80gb", memoryGib: 640, acceleratorType: "nvidia-a100-80gb" },
		undefined,
	),
	"a3-highgpu-8g": eightGpus(
		{ vcpus: 208, memoryGib: 1872, localSsds: 16 },
		{ model: "h100", memoryGib: 640, acceleratorType: "nvidia-h100-80gb" },
		{ kind: "gvnic", networks: 4 },
	),
	"a3-megagpu-8g": eightGpus(
		{ vcpus: 208, memoryGib: 1872, localSsds: 16 },
		{ model: "h100", memoryGib: 640, acceleratorType: "nvidia-h100-mega-80gb" },
		{ kind: "gvnic", networks: 8 },
	),
	"a3-ultragpu-8g": eightGpus(
		{ vcpus: 224, memoryGib: 2952, localSsds: 32 },
		{ model: "h200", memoryGib: 1128, acceleratorType: "nvidia-h200-141gb" },
		{ kind: "roce", rdmaSubnets: 8 },
	),
	"a4-highgpu-8g": eightGpus(
		{ vcpus: 224, memoryGib: 3968, localSsds: 32 },
		{ model: "b200", memoryGib: 1440, acceleratorType: "nvidia-b200" },
		{ kind: "roce", rdmaSubnets: 8 },
	),
	"ct6e-standard-4t": {
		vcpus: 180,
		memoryGib: 720,
		gpus: { model: "tpu-v6e", count: 4, memoryGib: 128 },
		arch: "x86_64",
		acceleratorType: undefined,
		tpu: { accelerator: "tpu-v6e-slice", topology: "2x2" },
		fabric: undefined,
		localSsds: 0,
		// Reservations of TPUs are made with Google's sales: one can be named, none is made here (spec/capacity-rules.ts).
		capacityKinds: ["on-demand", "reservation"],
		bootDisk: "hyperdisk-balanced",
		provenance: {
			source: "GKE, Plan TPUs in GKE (machine types and labels); Cloud TPU, v6e (Hyperdisk Balanced)",
			date: "2026-11-28",
			verified: false,
			unverified: ["vcpus", "memoryGib", "capacityKinds"],
		},
	},
	"n2-standard-4": general(4, 16),
	"n2-standard-8": general(8, 32),
	"n2-standard-16": general(16, 64),
	"n2-highmem-8": general(8, 64),
	"e2-standard-8": general(8, 32),
} as const satisfies { readonly [name: string]: MachineType };

/** The facts of a machine type by name; undefined where the catalogue does not have it. */
export function machineType(name: string): MachineType | undefined {
	const all: { readonly [name: string]: MachineType } = MACHINE_TYPES;
	return Object.hasOwn(all, name) ? all[name] : undefined;
}

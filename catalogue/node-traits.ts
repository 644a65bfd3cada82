import type { Cloud } from "../lib/cells";
import { instanceType } from "./aws/instance-types";
import { vmSize } from "./azure/vm-sizes";
import { machineType } from "./gcp/machine-types";

/** What an inference node is made of, in the units that the requirements ask in. */
export interface NodeTraits {
	/** GPU model as the catalogue names it, as `h100`. */
	readonly gpu: string;
	readonly gpus: number;
	/** Memory of one GPU, GiB. */
	readonly gpuMemoryGib: number;
	/** Memory of the node, TB (10^12 bytes). */
	readonly memoryTb: number;
	/** Local NVMe of the node, TB (10^12 bytes). */
	readonly nvmeTb: number;
	/** Bandwidth between nodes, Gbit/s. */
	readonly fabricGbps: number;
	/** RDMA between GPUs of different nodes. */
	readonly rdma: boolean;
	/** InfiniBand, not EFA or RoCE. */
	readonly infiniband: boolean;
}

const GIB = 2 ** 30;
const TERA = 1e12;

/** GB of one local SSD of Google Cloud. */
const LOCAL_SSD_GB = 375;

/** Bandwidth of all interfaces, Gbit/s. Source: Google Cloud, "Network bandwidth" of accelerator-optimized types, 2026-11-28, unverified. */
const GCP_GBPS: { readonly [type: string]: number } = {
	"a2-highgpu-8g": 100,
	"a2-ultragpu-8g": 100,
	"a3-highgpu-8g": 1000,
	"a3-megagpu-8g": 1800,
	"a3-ultragpu-8g": 3600,
	"a4-highgpu-8g": 3600,
};

/** Local NVMe of a size, TB: eight disks of 3.5 TB. Source: Microsoft Learn, ND H100 v5 and H200 v5 series, 2026-11-28, unverified. */
const AZURE_NVME_TB: { readonly [size: string]: number } = {
	Standard_ND96isr_H100_v5: 28,
	Standard_ND96isr_H200_v5: 28,
};

/** Gbit/s of one InfiniBand adapter, by GPU: NDR of the H100 and H200 series, HDR of A100. Source: field guide 2. */
const ADAPTER_GBPS: { readonly [gpu: string]: number } = { h100: 400, h200: 400, "a100-80gb": 200 };

/** The traits of a cloud's accelerated type; undefined for a type without accelerators or one that the catalogue lacks. */
export function nodeTraits(cloud: Cloud, name: string): NodeTraits | undefined {
	switch (cloud) {
		case "aws":
			return awsTraits(name);
		case "gcp":
			return gcpTraits(name);
		case "azure":
			return azureTraits(name);
	}
}

function awsTraits(name: string): NodeTraits | undefined {
	const type = instanceType(name);
	if (type?.gpus === undefined) {
		return undefined;
	}
	const { count = 0, sizeGb = 0 } = type.localNvme ?? {};
	return {
		...accelerators(type.gpus, type.memoryGib),
		nvmeTb: (count * sizeGb) / 1000,
		fabricGbps: type.networkGbps,
		rdma: type.maxEfa > 0,
		infiniband: false,
	};
}

function gcpTraits(name: string): NodeTraits | undefined {
	const type = machineType(name);
	if (type?.gpus === undefined) {
		return undefined;
	}
	return {
		...accelerators(type.gpus, type.memoryGib),
		nvmeTb: (type.localSsds * LOCAL_SSD_GB) / 1000,
		fabricGbps: GCP_GBPS[name] ?? 0,
		rdma: type.fabric?.kind === "roce",
		infiniband: false,
	};
}

function azureTraits(name: string): NodeTraits | undefined {
	const size = vmSize(name);
	if (size?.gpus === undefined) {
		return undefined;
	}
	return {
		...accelerators(size.gpus, size.memoryGib),
		nvmeTb: AZURE_NVME_TB[name] ?? 0,
		fabricGbps: size.infinibandAdapters * (ADAPTER_GBPS[size.gpus.model] ?? 0),
		rdma: size.infinibandAdapters > 0,
		infiniband: size.infinibandAdapters > 0,
	};
}

function accelerators(
	gpus: { readonly model: string; readonly count: number; readonly memoryGib: number },
	memoryGib: number,
): Pick<NodeTraits, "gpu" | "gpus" | "gpuMemoryGib" | "memoryTb"> {
	return {
		// Models with more memory carry it in their name, as a100-80gb.
		gpu: gpus.model,
		gpus: gpus.count,
		gpuMemoryGib: gpus.memoryGib / gpus.count,
		memoryTb: (memoryGib * GIB) / TERA,
	};
}

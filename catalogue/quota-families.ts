import type { Cloud } from "../lib/cells";
import { vmSize } from "./azure/vm-sizes";
import { cloudFacts } from "./clouds";
import { machineType } from "./gcp/machine-types";

/** The quota that nodes of a type count against in their region, and how much each counts. */
export interface QuotaFamily {
	/** Key under `accounts.<cloud>.quotas.<region>`. */
	readonly key: string;
	/** The quota as the cloud's console names it. */
	readonly title: string;
	readonly unit: "vCPU" | "GPUs" | "TPU chips";
	/** What one node counts. */
	readonly perNode: number;
}

/** A family of EC2 instance types that share a quota of running on-demand vCPUs. */
interface AwsFamily {
	readonly pattern: RegExp;
	readonly key: string;
	readonly title: string;
}

/**
 * Quotas of running on-demand instances, which reservations count against too; capacity blocks do not. Source: AWS,
 * "Amazon EC2 On-Demand instance quotas" (codes from Service Quotas), 2026-11-28; the codes beside P are unverified.
 */
const AWS_FAMILIES: readonly AwsFamily[] = [
	{ pattern: /^p\d/, key: "p", title: "Running On-Demand P instances (L-417A185B)" },
	{ pattern: /^(g|gr|vt)\d/, key: "g", title: "Running On-Demand G and VT instances (L-DB2E81BA)" },
	{ pattern: /^trn\d/, key: "trn", title: "Running On-Demand Trn instances (L-2C3B7624)" },
	{ pattern: /^inf\d/, key: "inf", title: "Running On-Demand Inf instances (L-1945791B)" },
	{
		pattern: /^[acdhimrtz]\d/,
		key: "standard",
		title: "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances (L-1216C47A)",
	},
];

/** The quota that a type counts against; undefined for a type that the catalogue does not have. */
export function quotaFamily(cloud: Cloud, type: string): QuotaFamily | undefined {
	const vcpus = cloudFacts[cloud].machine(type)?.vcpus;
	if (vcpus === undefined) {
		return undefined;
	}
	switch (cloud) {
		case "aws": {
			const family = AWS_FAMILIES.find(({ pattern }) => pattern.test(type));
			return family && { key: family.key, title: family.title, unit: "vCPU", perNode: vcpus };
		}
		case "gcp":
			return gcpFamily(type, vcpus);
		case "azure": {
			const family = vmSize(type)?.family;
			return family === undefined ? undefined : { key: family, title: `${family} vCPUs`, unit: "vCPU", perNode: vcpus };
		}
	}
}

/**
 * Accelerators have a quota of their own a region, general machines one of their family's CPUs. Source: Google Cloud,
 * "Allocation quotas" (GPU and CPU quotas), 2026-11-28, unverified: newer GPUs count in GPUS_PER_GPU_FAMILY with the
 * family as its dimension.
 */
const GCP_GPU_KEYS: { readonly [accelerator: string]: string } = {
	"nvidia-tesla-a100": "a100",
	"nvidia-a100-80gb": "a100-80gb",
	"nvidia-h100-80gb": "h100",
	"nvidia-h100-mega-80gb": "h100-mega",
	"nvidia-h200-141gb": "h200",
	"nvidia-b200": "b200",
};

function gcpFamily(type: string, vcpus: number): QuotaFamily {
	const machine = machineType(type);
	const count = machine?.gpus?.count;
	const accelerator = machine?.acceleratorType ?? "";
	const series = type.split("-")[0] ?? type;
	if (count === undefined) {
		return { key: series, title: `${series.toUpperCase()} CPUs`, unit: "vCPU", perNode: vcpus };
	}
	const gpu = GCP_GPU_KEYS[accelerator];
	return gpu === undefined
		? { key: series, title: `TPU chips of ${series}`, unit: "TPU chips", perNode: count }
		: { key: gpu, title: `GPUs of family ${accelerator}`, unit: "GPUs", perNode: count };
}

import type { Machine } from "../machine";
import type { Source } from "../provenance";

/** Network adapters of an instance type. */
export interface Fabric {
	/** Network cards (`maximumNetworkCards`). */
	readonly networkCards: number;
	/** Network interfaces over all cards. */
	readonly maxInterfaces: number;
	/** Elastic Fabric Adapters at most (`efaMaximumInterfaces`); 0 where the type has none. Never count cards instead. */
	readonly maxEfa: number;
	/** Indices of the network cards that carry EFA, ascending. */
	readonly efaCards: readonly number[];
	/** True where card 0 carries EFA; p6-b300 has plain ENA there. */
	readonly primaryCardEfa: boolean;
	/** Bandwidth of all cards together, Gbit/s (burst for small types). */
	readonly networkGbps: number;
}

/** What the platform needs to know of an EC2 instance type. */
export interface InstanceType extends Fabric, Machine {
	/** Local NVMe disks; undefined where there are none. */
	readonly localNvme: { readonly count: number; readonly sizeGb: number } | undefined;
	/** Pods per node with the VPC CNI without prefix delegation: interfaces of card 0 x (addresses - 1) + 2. */
	readonly maxPods: number;
	readonly provenance: Source;
}

const SPECIFICATIONS = "AWS, Amazon EC2 instance types, accelerated computing specifications (vCPU, memory, cards)";
const GUIDE = "field guide 1.1 and 2 (EFA cards: AWS efa-acc-inst-types, parallelcluster #7143)";
const GENERAL = "AWS, Amazon EC2 instance types, general purpose, compute and memory optimized specifications";

/** EFA on the first `count` network cards. */
function efaOn(count: number): Pick<Fabric, "efaCards" | "maxEfa" | "primaryCardEfa"> {
	return { maxEfa: count, efaCards: Array.from({ length: count }, (_, i) => i), primaryCardEfa: count > 0 };
}

/** The provenance of a type of the accelerated page, with the fields that are general knowledge. */
function accelerated(...unverified: string[]): Source {
	return { source: `${SPECIFICATIONS}; ${GUIDE}`, date: "2026-11-21", verified: unverified.length === 0, unverified };
}

/** A type without accelerators, one network card and no EFA. */
function general(
	vcpus: number,
	memoryGib: number,
	pods: number,
	eni: number,
	arch: InstanceType["arch"],
): InstanceType {
	return {
		vcpus,
		memoryGib,
		gpus: undefined,
		networkCards: 1,
		maxInterfaces: eni,
		...efaOn(0),
		networkGbps: arch === "arm64" && vcpus > 4 ? 15 : 12.5,
		localNvme: undefined,
		maxPods: pods,
		arch,
		provenance: {
			source: `${GENERAL}; vCPU and memory: AWS price list of 2026-07-20`,
			date: "2026-11-21",
			verified: false,
			unverified: ["maxInterfaces", "maxPods", "networkGbps"],
		},
	};
}

/** Instance types in use, by name; a type that is not here is not checked for interfaces and sizes. */
export const INSTANCE_TYPES = {
	"p4d.24xlarge": {
		vcpus: 96,
		memoryGib: 1152,
		gpus: { model: "a100", count: 8, memoryGib: 320 },
		networkCards: 4,
		maxInterfaces: 60,
		...efaOn(4),
		networkGbps: 400,
		localNvme: { count: 8, sizeGb: 1000 },
		maxPods: 737,
		arch: "x86_64",
		provenance: accelerated("localNvme", "maxPods"),
	},
	"p4de.24xlarge": {
		vcpus: 96,
		memoryGib: 1152,
		gpus: { model: "a100-80gb", count: 8, memoryGib: 640 },
		networkCards: 4,
		maxInterfaces: 60,
		...efaOn(4),
		networkGbps: 400,
		localNvme: { count: 8, sizeGb: 1000 },
		maxPods: 737,
		arch: "x86_64",
		provenance: accelerated("localNvme", "maxPods"),
	},
	"p5.48xlarge": {
		vcpus: 192,
		memoryGib: 2048,
		gpus: { model: "h100", count: 8, memoryGib: 640 },
		networkCards: 32,
		maxInterfaces: 64,
		...efaOn(32),
		networkGbps: 3200,
		localNvme: { count: 8, sizeGb: 3840 },
		maxPods: 100,
		arch: "x86_64",
		provenance: accelerated(),
	},
	"p5e.48xlarge": {
		vcpus: 192,
		memoryGib: 2048,
		gpus: { model: "h200", count: 8, memoryGib: 1128 },
		networkCards: 32,
		maxInterfaces: 64,
		...efaOn(32),
		networkGbps: 3200,
		localNvme: { count: 8, sizeGb: 3840 },
		maxPods: 100,
		arch: "x86_64",
		provenance: accelerated("localNvme"),
	},
	"p5en.48xlarge": {
		vcpus: 192,
		memoryGib: 2048,
		gpus: { model: "h200", count: 8, memoryGib: 1128 },
		networkCards: 16,
		maxInterfaces: 64,
		...efaOn(16),
		networkGbps: 3200,
		localNvme: { count: 8, sizeGb: 3840 },
		maxPods: 198,
		arch: "x86_64",
		provenance: accelerated("localNvme"),
	},
	"p6-b200.48xlarge": {
		vcpus: 192,
		memoryGib: 2048,
		gpus: { model: "b200", count: 8, memoryGib: 1432 },
		networkCards: 8,
		maxInterfaces: 32,
		...efaOn(8),
		networkGbps: 3200,
		localNvme: { count: 8, sizeGb: 3840 },
		maxPods: 198,
		arch: "x86_64",
		provenance: accelerated("localNvme"),
	},
	"p6-b300.48xlarge": {
		vcpus: 192,
		memoryGib: 4096,
		gpus: { model: "b300", count: 8, memoryGib: 2148 },
		networkCards: 17,
		maxInterfaces: 68,
		maxEfa: 16,
		efaCards: Array.from({ length: 16 }, (_, i) => i + 1),
		primaryCardEfa: false,
		networkGbps: 6400,
		localNvme: { count: 8, sizeGb: 3840 },
		maxPods: 198,
		arch: "x86_64",
		provenance: accelerated("localNvme"),
	},
	"g6.48xlarge": {
		vcpus: 192,
		memoryGib: 768,
		gpus: { model: "l4", count: 8, memoryGib: 178 },
		networkCards: 1,
		maxInterfaces: 15,
		...efaOn(1),
		networkGbps: 100,
		localNvme: { count: 8, sizeGb: 940 },
		maxPods: 737,
		arch: "x86_64",
		provenance: accelerated("localNvme", "maxPods"),
	},
	"g6e.48xlarge": {
		vcpus: 192,
		memoryGib: 1536,
		gpus: { model: "l40s", count: 8, memoryGib: 357 },
		networkCards: 4,
		maxInterfaces: 40,
		...efaOn(4),
		networkGbps: 400,
		localNvme: { count: 4, sizeGb: 1900 },
		maxPods: 492,
		arch: "x86_64",
		provenance: accelerated("localNvme", "maxPods"),
	},
	"trn2.48xlarge": {
		vcpus: 192,
		memoryGib: 2048,
		gpus: { model: "trainium2", count: 16, memoryGib: 1536 },
		networkCards: 16,
		maxInterfaces: 32,
		...efaOn(16),
		networkGbps: 3200,
		localNvme: { count: 4, sizeGb: 1920 },
		maxPods: 100,
		arch: "x86_64",
		// The page says 8192 GiB (16 x 512), the product page 1.5 TB of HBM3 (16 x 96): the second is the hardware's.
		provenance: accelerated("gpus", "localNvme", "maxPods", "efaCards"),
	},
	"inf2.48xlarge": {
		vcpus: 192,
		memoryGib: 768,
		gpus: { model: "inferentia2", count: 12, memoryGib: 384 },
		networkCards: 1,
		maxInterfaces: 15,
		...efaOn(0),
		networkGbps: 100,
		localNvme: undefined,
		maxPods: 737,
		arch: "x86_64",
		provenance: accelerated("maxPods"),
	},
	"m7i.large": general(2, 8, 29, 3, "x86_64"),
	"m7i.xlarge": general(4, 16, 58, 4, "x86_64"),
	"m7i.2xlarge": general(8, 32, 58, 4, "x86_64"),
	"m7i.4xlarge": general(16, 64, 234, 8, "x86_64"),
	"m7g.xlarge": general(4, 16, 58, 4, "arm64"),
	"m7g.2xlarge": general(8, 32, 58, 4, "arm64"),
	"c7i.2xlarge": general(8, 16, 58, 4, "x86_64"),
	"r7i.2xlarge": general(8, 64, 58, 4, "x86_64"),
} as const satisfies { readonly [name: string]: InstanceType };

/** The facts of an instance type by name; undefined where the catalogue does not have it. */
export function instanceType(name: string): InstanceType | undefined {
	const all: { readonly [name: string]: InstanceType } = INSTANCE_TYPES;
	return Object.hasOwn(all, name) ? all[name] : undefined;
}

/** Whose accelerators a type has, by its family: AWS names GPU families p and g (g4ad is AMD's), its own trn and inf. */
export function acceleratorKind(name: string): "nvidia" | "neuron" | undefined {
	if (/^(trn|inf)\d/.test(name)) {
		return "neuron";
	}
	return /^(p|g|gr)\d/.test(name) && !name.startsWith("g4ad.") ? "nvidia" : undefined;
}

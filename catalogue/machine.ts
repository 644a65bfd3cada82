/** Accelerators of a machine. */
export interface Accelerators {
	/** Model name, as `h100`. */
	readonly model: string;
	readonly count: number;
	/** Memory of all of them together, GiB as the API reports it. */
	readonly memoryGib: number;
}

/** What the platform asks of any cloud's instance type, machine type or VM size. */
export interface Machine {
	readonly vcpus: number;
	readonly memoryGib: number;
	readonly gpus: Accelerators | undefined;
	readonly arch: "x86_64" | "arm64";
}

/** A region as the catalogue knows it: its zones by name, and where in it accelerated types are offered. */
export interface RegionFacts {
	readonly zones: readonly string[];
	/** Accelerated types with the zones that offer them. */
	readonly offers: { readonly [type: string]: readonly string[] };
}

import type { Source } from "../provenance";

/** What AWS says of Capacity Blocks for ML. */
export interface CapacityBlockFacts {
	/** Instances of one block at most. */
	readonly instances: number;
	/** Minutes before a block's end at which EC2 begins to terminate its instances. */
	readonly terminationMinutes: number;
	/** Minutes before that at which the nodes are taken out, so that pods end in good order. */
	readonly drainMinutes: number;
	readonly provenance: Source;
}

/**
 * Limits and lead times of instance blocks; blocks of UltraServers, of which the catalogue has no type, end 60 minutes
 * early. The time to drain is ours: AWS asks for "more than 30 minutes before the end".
 */
export const capacityBlocks: CapacityBlockFacts = {
	instances: 64,
	terminationMinutes: 30,
	drainMinutes: 30,
	provenance: {
		source:
			'AWS: Amazon EC2 user guide "Capacity Blocks for ML" (64 instances a block); Amazon EC2 Auto Scaling user guide "Use Capacity Blocks for machine learning workloads" and Amazon EKS user guide "Create self-managed nodes with Capacity Blocks for ML" (scale to zero more than 30 minutes before the end)',
		date: "2026-11-28",
		verified: false,
		unverified: ["drainMinutes"],
	},
};

/** Minutes before its end at which a block is emptied. */
export const blockLeadMinutes = capacityBlocks.terminationMinutes + capacityBlocks.drainMinutes;

/** When a block that ends then is emptied, as AWS takes times: `2026-12-15T10:30:00Z`. */
export function blockDrainsAt(ends: string): string {
	return awsTime(Date.parse(ends) - blockLeadMinutes * 60_000);
}

/** A moment in UTC to the second, as AWS takes times. */
export function awsTime(milliseconds: number): string {
	return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, "Z");
}

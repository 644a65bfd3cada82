import type { AwsGpuPoolSpec } from "../../spec/schema/aws-region";
import { poolBounds } from "./aws-pool-bounds";

/** What of a pool decides how its capacity shows. */
export type PoolCapacity = Pick<AwsGpuPoolSpec, "capacity" | "nodes" | "min" | "max">;

/** How a kind of capacity shows in the launch template and the node group. */
export interface CapacityShape {
	readonly capacityType: "ON_DEMAND" | "CAPACITY_BLOCK";
	/** EKS wants a block's instance type in the template and nowhere else; all others in the node group. */
	readonly typeIn: "template" | "group";
	readonly marketType?: "capacity-block";
	/** A placement group is made by us; a block brings its own placement. */
	readonly placementGroup: boolean;
	/**
	 * How nodes draw on a reservation: `only` from it; `first` from it, and on demand beyond; `none`. With one, an update
	 * has no spare instance to start with.
	 */
	readonly reserved: "none" | "first" | "only";
	/** A block has no instance before its window: its group is made empty and filled when the window opens. */
	readonly startsEmpty: boolean;
}

/** The rules of each kind; source: EKS user guide "Create a managed node group with Capacity Blocks for ML". */
export function capacityShape(pool: PoolCapacity): CapacityShape {
	const { capacity } = pool;
	switch (capacity.kind) {
		case "on-demand":
			return {
				capacityType: "ON_DEMAND",
				typeIn: "group",
				placementGroup: true,
				reserved: "none",
				startsEmpty: false,
			};
		case "reservation":
			// A reservation of ours is made in our placement group; one that exists was made without it.
			return {
				capacityType: "ON_DEMAND",
				typeIn: "group",
				placementGroup: capacity.create,
				reserved: capacity.create && poolBounds(pool).max > pool.nodes ? "first" : "only",
				startsEmpty: false,
			};
		case "capacity-block":
			return {
				capacityType: "CAPACITY_BLOCK",
				typeIn: "template",
				marketType: "capacity-block",
				placementGroup: false,
				reserved: "only",
				startsEmpty: !capacity.opened,
			};
	}
}

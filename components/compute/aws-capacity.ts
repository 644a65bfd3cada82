import type { AwsCapacity } from "../../spec/schema/aws-region";

/** How a kind of capacity shows in the launch template and the node group. */
export interface CapacityShape {
	readonly capacityType: "ON_DEMAND" | "CAPACITY_BLOCK";
	/** EKS wants a block's instance type in the template and nowhere else; all others in the node group. */
	readonly typeIn: "template" | "group";
	readonly marketType?: "capacity-block";
	/** A placement group is made by us; a block brings its own placement. */
	readonly placementGroup: boolean;
	/** The reservation must be used, and nothing else: an update has no spare instance to start with. */
	readonly reservedOnly: boolean;
	/** A block has no instance before its window: its group is made empty and filled when the window opens. */
	readonly startsEmpty: boolean;
}

/** The rules of each kind; source: EKS user guide "Create a managed node group with Capacity Blocks for ML". */
export function capacityShape(capacity: AwsCapacity): CapacityShape {
	switch (capacity.kind) {
		case "on-demand":
			return {
				capacityType: "ON_DEMAND",
				typeIn: "group",
				placementGroup: true,
				reservedOnly: false,
				startsEmpty: false,
			};
		case "reservation":
			// A reservation of ours is made in our placement group; one that exists was made without it.
			return {
				capacityType: "ON_DEMAND",
				typeIn: "group",
				placementGroup: capacity.create,
				reservedOnly: true,
				startsEmpty: false,
			};
		case "capacity-block":
			return {
				capacityType: "CAPACITY_BLOCK",
				typeIn: "template",
				marketType: "capacity-block",
				placementGroup: false,
				reservedOnly: true,
				startsEmpty: true,
			};
	}
}

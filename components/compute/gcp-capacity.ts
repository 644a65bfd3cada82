import type * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { inHours } from "../../lib/units";
import type { GcpCapacity } from "../../spec/schema/gcp-region";

type NodeConfig = gcp.types.input.container.NodePoolNodeConfig;

/** How a kind of capacity shows in the node pool; source: field guide 1.2, from cluster-toolkit's preconditions. */
export interface GcpCapacityShape {
	/** Nodes side by side in the zone's fabric; capacity that a reservation or scheduler places is not placed again. */
	readonly compact: boolean;
	/** Jobs ask for nodes and a scheduler gives them: no fixed count, no repair. */
	readonly flexible: boolean;
	/** Purchased capacity has no node before its window: its pool is made empty and filled when the window opens. */
	readonly startsEmpty: boolean;
	/** An upgrade takes nodes away before it adds some: there is no spare one. */
	readonly reservedOnly: boolean;
}

/** The rules of each kind. */
export function gcpCapacityShape(capacity: GcpCapacity): GcpCapacityShape {
	const fixed = { compact: false, flexible: false, startsEmpty: false, reservedOnly: true };
	switch (capacity.kind) {
		case "on-demand":
			return { ...fixed, compact: true, reservedOnly: false };
		case "reservation":
			// The provider cannot attach a placement policy to a reservation, and a compact pool draws from no other.
			return fixed;
		case "calendar":
			return { ...fixed, startsEmpty: true };
		case "flex-start":
			return { ...fixed, flexible: true, reservedOnly: false };
	}
}

/** What of the nodes' own settings says where they are drawn from; `reservation` is the reservation's name. */
export function capacityConfig(
	capacity: GcpCapacity,
	reservation: pulumi.Input<string> | undefined,
): Pick<NodeConfig, "flexStart" | "maxRunDuration" | "reservationAffinity"> {
	const none = { reservationAffinity: { consumeReservationType: "NO_RESERVATION" } };
	if (capacity.kind === "flex-start") {
		return { ...none, flexStart: true, maxRunDuration: `${Math.floor(inHours(capacity.maxRun) * 3600)}s` };
	}
	if (reservation === undefined) {
		return none;
	}
	return {
		reservationAffinity: {
			consumeReservationType: "SPECIFIC_RESERVATION",
			key: "compute.googleapis.com/reservation-name",
			values: [reservation],
		},
	};
}

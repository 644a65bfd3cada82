import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { AwsGpuPoolSpec } from "../../spec/schema/aws-region";
import type { CapacityShape } from "./aws-capacity";

type ReservationSpecification = aws.types.input.ec2.LaunchTemplateCapacityReservationSpecification;

/** A reservation that a pool makes for itself. */
export interface OwnReservation {
	readonly pool: AwsGpuPoolSpec;
	readonly shape: CapacityShape;
	/** The pool's placement group, in which the instances are reserved. */
	readonly group: aws.ec2.PlacementGroup | undefined;
}

/**
 * Reserves as many instances as the pool has at the start. A pool that may outgrow it takes what is reserved first: the
 * reservation is then open, and since it stands in the pool's placement group, only what is launched into that group
 * can use it. Source: Amazon EC2 user guide, "Use Capacity Reservations with cluster placement groups" and "Launch
 * instances into an existing Capacity Reservation", read 2026-11-28.
 */
export function createReservation(
	name: string,
	{ pool, shape, group }: OwnReservation,
	opts: pulumi.CustomResourceOptions,
): aws.ec2.CapacityReservation {
	return new aws.ec2.CapacityReservation(
		name,
		{
			instanceType: pool.instanceType,
			instancePlatform: "Linux/UNIX",
			availabilityZone: pool.zone,
			instanceCount: pool.nodes,
			instanceMatchCriteria: shape.reserved === "first" ? "open" : "targeted",
			endDateType: "unlimited",
			...(group ? { placementGroupArn: group.arn } : {}),
		},
		opts,
	);
}

/** What a launch template says of reservations; nothing where the pool has none. */
export function reservationSpecification(
	shape: CapacityShape,
	id: pulumi.Input<string> | undefined,
): ReservationSpecification | undefined {
	if (id === undefined) {
		return undefined;
	}
	// With a target an instance is refused where the reservation is full; `open` launches it on demand.
	return shape.reserved === "first"
		? { capacityReservationPreference: "open" }
		: {
				capacityReservationPreference: "capacity-reservations-only",
				capacityReservationTarget: { capacityReservationId: id },
			};
}

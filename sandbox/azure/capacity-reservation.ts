import { azureRegions } from "../../catalogue/azure/regions";
import { vmSize } from "../../catalogue/azure/vm-sizes";
import { faultsOf } from "../check/fault-table";
import { isAbsent, number, text, texts } from "../check/inputs";
import type { CheckContext, CreateContext, Fault, TypeModel } from "../model";
import { guid, inGroup } from "./arm-id";
import { defineAzure } from "./define";
import { azureGrantFaults } from "./drawn-capacity";
import { COMPUTE_NAME } from "./names";
import { locationOf, locationOfObject, parentOf } from "./place";
import { zoneFaults } from "./public-ip";
import { TYPE } from "./types";

/** A group of reservations, which a pool of machines names. */
export const reservationGroup: TypeModel = defineAzure({
	type: TYPE.reservationGroup,
	path: inGroup("Microsoft.Compute/capacityReservationGroups/{capacityReservationGroupName}"),
	naming: COMPUTE_NAME,
	check: (context) => zoneFaults(TYPE.reservationGroup, context, "zones"),
	immutable: ["zones"],
	computed: () => ({ capacityReservations: [], virtualMachinesAssociated: [] }),
});

/** Machines of one size that are kept, and paid for, until the reservation is deleted. */
export const reservation: TypeModel = defineAzure({
	type: TYPE.reservation,
	path: inGroup(
		"Microsoft.Compute/capacityReservationGroups/{capacityReservationGroupName}/capacityReservations/{capacityReservationName}",
	),
	naming: COMPUTE_NAME,
	check: (context) => [
		...shapeFaults(context),
		...zoneFaults(TYPE.reservation, context, "zones"),
		...offerFaults(text(context.inputs, "sku.name"), locationOf(TYPE.reservation, context), "sku.name"),
		...azureGrantFaults(context, TYPE.reservation),
	],
	immutable: ["sku.name", "zones"],
	computed: (context: CreateContext) => ({
		platformFaultDomainCount: 1,
		provisioningTime: context.now,
		reservationId: guid(context),
		timeCreated: context.now,
		virtualMachinesAssociated: [],
	}),
});

function shapeFaults(context: CheckContext): Fault[] {
	const { inputs, world } = context;
	const group = parentOf(TYPE.reservation, context);
	const zones = texts(inputs, "zones");
	const allowed = texts(group?.outputs, "zones");
	const capacity = number(inputs, "sku.capacity");
	const here = locationOf(TYPE.reservation, context);
	const there = group && locationOfObject(group, world);
	return faultsOf([
		{
			when: isAbsent(inputs, "sku.name"),
			property: "sku.name",
			reason: "is required: a VM size such as Standard_ND96isr_H100_v5; set it",
		},
		{
			when: capacity === undefined ? isAbsent(inputs, "sku.capacity") : !Number.isInteger(capacity) || capacity < 0,
			property: "sku.capacity",
			reason: `must be a whole number of machines, 0 or more, but ${capacity} was given`,
		},
		{
			when: zones.length > 1,
			property: "zones",
			reason: `must be one zone at most, but ${zones.join(", ")} were given; make a reservation for each`,
		},
		{
			when: allowed.length > 0 && (zones.some((zone) => !allowed.includes(zone)) || isAbsent(inputs, "zones")),
			property: "zones",
			reason: `must be one of the group's zones ${allowed.join(", ")}, but ${zones.join(", ") || "none"} was given`,
		},
		{
			when: group !== undefined && isAbsent(group.outputs, "zones") && zones.length > 0,
			property: "zones",
			reason: "cannot be given: the group has no zones; set zones on the group",
		},
		{
			when: here !== undefined && there !== undefined && here !== there,
			property: "location",
			reason: `must be that of the group, ${there}, but it is ${here}`,
		},
	]);
}

/** A size whose name has not the form of one, or that the catalogue knows not to be in the region. */
export function offerFaults(size: string | undefined, location: string | undefined, property: string): Fault[] {
	const region = location !== undefined && Object.hasOwn(azureRegions, location) ? azureRegions[location] : undefined;
	const isAccelerated = size !== undefined && vmSize(size)?.gpus !== undefined;
	return faultsOf([
		{
			when: size !== undefined && !/^Standard_[A-Z]+\d+(-\d+)?[a-z]*(_[A-Za-z0-9]+)*$/.test(size),
			property,
			reason: `must be the name of a VM size such as Standard_D8ds_v5, but ${JSON.stringify(size)} was given`,
		},
		{
			when: isAccelerated && region !== undefined && !Object.hasOwn(region.offers, size),
			property,
			reason: `${size} is not offered in ${location}, which has ${Object.keys(region?.offers ?? {}).join(", ") || "no accelerators"}; choose another size or region`,
		},
	]);
}

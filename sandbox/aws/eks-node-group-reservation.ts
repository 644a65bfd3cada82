import { isDeepStrictEqual } from "node:util";
import { hasUnknown } from "../../lib/values";
import type { Refusal } from "../check/fault-table";
import { at, number, text, texts } from "../check/inputs";
import type { CheckContext, SandboxObject } from "../model";

const SPECIFICATION = "capacityReservationSpecification";

/** What cannot be launched from the capacity reservation that a template targets: other zones, other types, more nodes. */
export function reservationRows(context: CheckContext, template: SandboxObject): Refusal[] {
	const { inputs, world } = context;
	const id = text(template.outputs, `${SPECIFICATION}.capacityReservationTarget.capacityReservationId`);
	const [reservation] =
		id === undefined ? [] : world.find(["aws:ec2/capacityReservation:CapacityReservation"], "id", id);
	if (!reservation) {
		return [];
	}
	const [zone, type] = ["availabilityZone", "instanceType"].map((path) => text(reservation.outputs, path));
	const own = text(template.outputs, "instanceType");
	const types = own === undefined ? texts(inputs, "instanceTypes") : [own];
	const elsewhere = zonesOf(context).find((other) => other !== zone);
	const other = types.find((each) => each !== type);
	return [
		{
			when: zone !== undefined && elsewhere !== undefined,
			property: "subnetIds",
			reason: `the capacity reservation ${id} is in ${zone}, but a subnet is in ${elsewhere}; give subnets of ${zone} only`,
		},
		{
			when: type !== undefined && other !== undefined,
			property: "launchTemplate",
			reason: `the capacity reservation ${id} holds ${type}, but the nodes are ${other}; use the same type`,
		},
		...sizeRows(context, reservation),
		surgeRow(context, template, reservation),
	];
}

function sizeRows({ inputs }: CheckContext, { id, outputs }: SandboxObject): Refusal[] {
	const held = number(outputs, "instanceCount");
	return ["desiredSize", "maxSize"].map((name) => {
		const wanted = number(inputs, `scalingConfig.${name}`);
		return {
			when: held !== undefined && wanted !== undefined && wanted > held,
			property: `scalingConfig.${name}`,
			reason: `must be at most ${held}, the instances that the capacity reservation ${id} holds, but ${wanted} was given; lower it or enlarge the reservation`,
		};
	});
}

/** An update starts new nodes before it ends old ones, unless its strategy is MINIMAL; a full reservation has no room. */
function surgeRow({ inputs, self }: CheckContext, template: SandboxObject, reservation: SandboxObject): Refusal {
	const only =
		text(template.outputs, `${SPECIFICATION}.capacityReservationPreference`) === "capacity-reservations-only";
	const full = number(inputs, "scalingConfig.desiredSize") === number(reservation.outputs, "instanceCount");
	const rolls = ["launchTemplate", "version", "releaseVersion"].some((path) => {
		const wanted = at(inputs, path);
		return self !== undefined && !hasUnknown(wanted) && !isDeepStrictEqual(wanted, at(self.inputs, path));
	});
	const strategy = at(inputs, "updateConfig.updateStrategy") ?? "DEFAULT";
	return {
		when: only && full && rolls && strategy === "DEFAULT",
		property: "updateConfig.updateStrategy",
		reason: `must be "MINIMAL": the nodes take all of the capacity reservation ${reservation.id}, so an update has no instance to start first`,
	};
}

/** The zones of the subnets that are known. */
export function zonesOf({ inputs, world }: CheckContext): string[] {
	return texts(inputs, "subnetIds").flatMap((id) => {
		const [subnet] = world.find(["aws:ec2/subnet:Subnet"], "id", id);
		return text(subnet?.outputs, "availabilityZone") ?? [];
	});
}

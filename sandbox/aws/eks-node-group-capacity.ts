import { isUnknown } from "../../lib/values";
import type { Refusal } from "../check/fault-table";
import { isAbsent, isSet, list, text } from "../check/inputs";
import type { CheckContext, SandboxObject } from "../model";
import { zonesOf } from "./eks-node-group-reservation";

/** What AWS refuses between a capacity block, the node group and its launch template. */
export function blockRows({ inputs }: CheckContext, template: SandboxObject | undefined): Refusal[] {
	const block = text(inputs, "capacityType") === "CAPACITY_BLOCK";
	const market = text(template?.outputs, "instanceMarketOptions.marketType");
	return [
		{
			when: block && isAbsent(inputs, "launchTemplate"),
			property: "launchTemplate",
			reason: "is required where capacityType is CAPACITY_BLOCK: the template names the block and the instance type",
		},
		{
			when: block && template !== undefined && market !== "capacity-block",
			property: "capacityType",
			reason: `CAPACITY_BLOCK needs instanceMarketOptions.marketType capacity-block in the launch template, which has ${market ?? "none"}`,
		},
		{
			when: block && template !== undefined && isAbsent(template.outputs, "instanceType"),
			property: "capacityType",
			reason: "CAPACITY_BLOCK needs instanceType in the launch template; set it there",
		},
		{
			when: block && isSet(inputs, "instanceTypes") && list(inputs, "instanceTypes").length > 0,
			property: "instanceTypes",
			reason: "cannot be given where capacityType is CAPACITY_BLOCK; the launch template has the instance type",
		},
		{
			when: !block && isSet(inputs, "capacityType") && !isUnknown(inputs.capacityType) && market === "capacity-block",
			property: "capacityType",
			reason: "must be CAPACITY_BLOCK where the launch template's marketType is capacity-block",
		},
		{
			when: block && (isSet(template?.outputs, "placement.groupName") || isSet(template?.outputs, "placement.groupId")),
			property: "launchTemplate",
			reason: "a capacity block places its instances itself; remove the placement group from the template",
		},
	];
}

/** A cluster placement group ties the nodes to one zone, so the subnets must lie there. */
export function placementRows(context: CheckContext, { outputs }: SandboxObject): Refusal[] {
	const zones = zonesOf(context);
	const [group] = context.world.find(
		["aws:ec2/placementGroup:PlacementGroup"],
		"name",
		text(outputs, "placement.groupName") ?? "",
	);
	const held = context.world
		.find(["aws:ec2/capacityReservation:CapacityReservation"], "placementGroupArn", text(group?.outputs, "arn") ?? "")
		.flatMap((reservation) => text(reservation.outputs, "availabilityZone") ?? [])[0];
	const elsewhere = zones.find((zone) => zone !== held);
	return [
		{
			when: text(group?.outputs, "strategy") === "cluster" && new Set(zones).size > 1,
			property: "subnetIds",
			reason: `a placement group of strategy cluster lies in one zone, but the subnets lie in ${[...new Set(zones)].join(", ")}`,
		},
		{
			when: held !== undefined && elsewhere !== undefined,
			property: "subnetIds",
			reason: `the placement group lies in ${held}, where capacity is reserved in it, but a subnet is in ${elsewhere}; give subnets of ${held} only`,
		},
	];
}

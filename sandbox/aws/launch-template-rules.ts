import { didYouMean } from "../check/did-you-mean";
import { outside, type Refusal } from "../check/fault-table";
import { isAbsent, isSet, list, number, text } from "../check/inputs";
import type { CheckContext, Fault } from "../model";
import { instanceTypeNames } from "./instance-names";

/** What is wrong with the machine that a template describes. */
export function machineRows({ inputs }: CheckContext): Refusal[] {
	const type = text(inputs, "instanceType");
	const image = text(inputs, "imageId");
	const userData = text(inputs, "userData");
	const encoded = userData === undefined || /^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(userData);
	const bytes = userData === undefined ? 0 : Buffer.from(userData, "base64").length;
	return [
		{
			when: type !== undefined && !instanceTypeNames().includes(type),
			property: "instanceType",
			reason: `there is no instance type ${JSON.stringify(type)}${didYouMean(type ?? "", instanceTypeNames())}`,
		},
		{
			when: isSet(inputs, "instanceType") && isSet(inputs, "instanceRequirements"),
			property: "instanceRequirements",
			reason: "cannot be combined with instanceType; remove one of them",
		},
		{
			when: image !== undefined && !/^(ami-[0-9a-f]{8}([0-9a-f]{9})?|resolve:ssm:.+)$/.test(image),
			property: "imageId",
			reason: `must be an image id (ami- and 17 hex digits) or resolve:ssm:<parameter>, but ${JSON.stringify(image)} was given`,
		},
		{
			when: !encoded,
			property: "userData",
			reason: "must be base64; encode the text",
		},
		{
			when: encoded && bytes > 16384,
			property: "userData",
			reason: `must be at most 16384 bytes before base64, but has ${bytes}; fetch the rest at boot`,
		},
		outside(number(inputs, "metadataOptions.httpPutResponseHopLimit"), "metadataOptions.httpPutResponseHopLimit", {
			min: 1,
			max: 64,
			unit: "hops",
		}),
		{
			when: isSet(inputs, "placement.groupName") && isSet(inputs, "placement.groupId"),
			property: "placement.groupId",
			reason: "cannot be combined with placement.groupName; remove one of them",
		},
		{
			when: isSet(inputs, "defaultVersion") && isSet(inputs, "updateDefaultVersion"),
			property: "updateDefaultVersion",
			reason: "cannot be combined with defaultVersion; remove one of them",
		},
		{
			when: list(inputs, "securityGroupNames").length > 0,
			property: "securityGroupNames",
			reason: "works outside of a VPC only; give vpcSecurityGroupIds",
		},
	];
}

/** What is wrong with the market and the reservation that a template buys from. */
export function marketRows({ inputs }: CheckContext): Refusal[] {
	const block = text(inputs, "instanceMarketOptions.marketType") === "capacity-block";
	const target = "capacityReservationSpecification.capacityReservationTarget";
	const preference = text(inputs, "capacityReservationSpecification.capacityReservationPreference");
	const reservation = `${target}.capacityReservationId`;
	return [
		{
			when: block && isAbsent(inputs, "instanceType"),
			property: "instanceType",
			reason: "is required where marketType is capacity-block; give the block's instance type",
		},
		{
			when: block && isAbsent(inputs, reservation),
			property: reservation,
			reason: "is required where marketType is capacity-block; give the id of the capacity block",
		},
		{
			when: block && (isSet(inputs, "placement.groupName") || isSet(inputs, "placement.groupId")),
			property: "placement",
			reason: "a capacity block places its instances itself; remove the placement group",
		},
		{
			when: block && isSet(inputs, "instanceMarketOptions.spotOptions"),
			property: "instanceMarketOptions.spotOptions",
			reason: "cannot be given where marketType is capacity-block; remove it",
		},
		{
			when: isSet(inputs, reservation) && isSet(inputs, `${target}.capacityReservationResourceGroupArn`),
			property: target,
			reason: "takes a reservation or a resource group, not both; remove one of them",
		},
		{
			when: isSet(inputs, target) && (preference === "open" || preference === "none"),
			property: "capacityReservationSpecification.capacityReservationPreference",
			reason: `${preference} cannot be combined with a target; use capacity-reservations-only or remove one of them`,
		},
	];
}

/** Faults of instance types in a list, as a node group has them. */
export function instanceTypeFaults(types: readonly string[], property: string): Fault[] {
	return types.flatMap((type, i) => {
		const reason = `there is no instance type ${JSON.stringify(type)}${didYouMean(type, instanceTypeNames())}`;
		return instanceTypeNames().includes(type) ? [] : [{ property: `${property}[${i}]`, reason }];
	});
}

import { isUnknown, type Properties, type Value } from "../../lib/values";
import { faultsOf, type Refusal } from "../check/fault-table";
import { isAbsent, isSet, list, number, text } from "../check/inputs";
import type { Fault } from "../model";
import { cardOf, fitFaults } from "./launch-template-fit";
import { limitOf } from "./quota";

/** What is wrong with the network interfaces of a launch template: places, adapters, security groups. */
export function templateInterfaceFaults(inputs: Properties): Fault[] {
	const interfaces = list(inputs, "networkInterfaces");
	if (interfaces.length === 0 || isUnknown(inputs.networkInterfaces)) {
		return [];
	}
	const type = text(inputs, "instanceType");
	return [
		...faultsOf(togetherRows(inputs, interfaces)),
		...(type === undefined ? [] : fitFaults(interfaces, type)),
		...interfaces.flatMap((each, i) => faultsOf(singleRows(each, `networkInterfaces[${i}]`))),
	];
}

function deviceOf(each: Value): number {
	return number(each, "deviceIndex") ?? 0;
}

function togetherRows(inputs: Properties, interfaces: readonly Value[]): Refusal[] {
	const places = interfaces.map((each) => `card ${cardOf(each)}, device ${deviceOf(each)}`);
	const twice = places.findIndex((place, i) => places.indexOf(place) !== i);
	const publicIp = interfaces.findIndex((each) => text(each, "associatePublicIpAddress") === "true");
	const groups = list(inputs, "vpcSecurityGroupIds").length > 0 || isUnknown(inputs.vpcSecurityGroupIds);
	return [
		{
			when: twice >= 0,
			property: `networkInterfaces[${twice}]`,
			reason: `${places[twice]} is taken by another interface; give each interface a place of its own`,
		},
		{
			when: !places.includes("card 0, device 0"),
			property: "networkInterfaces",
			reason: "there is no primary interface; give one with networkCardIndex 0 and deviceIndex 0",
		},
		{
			when: publicIp >= 0 && interfaces.length > 1,
			property: `networkInterfaces[${publicIp}].associatePublicIpAddress`,
			reason: "cannot be true where there are several interfaces; leave it out",
		},
		{
			when: groups,
			property: "vpcSecurityGroupIds",
			reason: "cannot be combined with networkInterfaces; give securityGroups in each interface",
		},
	];
}

function singleRows(each: Value, at: string): Refusal[] {
	const [card, device] = [cardOf(each), deviceOf(each)];
	const kind = text(each, "interfaceType") ?? "interface";
	const groups = list(each, "securityGroups").length;
	const limit = limitOf("securityGroupsPerInterface");
	return [
		{
			when: device !== 0 && device !== 1,
			property: `${at}.deviceIndex`,
			reason: `must be 0 or 1, but ${device} was given; count further interfaces by networkCardIndex`,
		},
		{
			when: card < 0 || !Number.isInteger(card),
			property: `${at}.networkCardIndex`,
			reason: `must be a whole number from 0, but ${card} was given; count the instance type's network cards`,
		},
		{
			when: kind === "efa-only" && card === 0 && device === 0,
			property: `${at}.interfaceType`,
			reason: "an efa-only interface cannot be the primary one (card 0, device 0); use interface or efa there",
		},
		{
			when: isSet(each, "subnetId"),
			property: `${at}.subnetId`,
			reason: "cannot be given: a managed node group chooses the subnet; set subnetIds on the node group",
		},
		{
			when: groups > limit,
			property: `${at}.securityGroups`,
			reason: `${groups} security groups were given, but an interface takes ${limit}; merge some`,
		},
		{
			when: isSet(each, "networkInterfaceId") && !isAbsent(each, "securityGroups"),
			property: `${at}.securityGroups`,
			reason: "cannot be given for an existing interface; remove it",
		},
	];
}

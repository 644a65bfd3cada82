import { parseCidr } from "../../lib/cidr";
import { isObject, isUnknown, type Value } from "../../lib/values";
import { faultsOf, outside, type Refusal } from "../check/fault-table";
import { isAbsent, isSet, list, number, text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, Fault, TypeModel } from "../model";
import { guid, inGroup } from "./arm-id";
import { defineAzure } from "./define";
import { NETWORK_NAME } from "./names";
import { sharing } from "./place";
import { TYPE } from "./types";

/** A network security group; rules may be inline or resources of their own, never both for one group. */
export const networkSecurityGroup: TypeModel = defineAzure({
	type: TYPE.networkSecurityGroup,
	path: inGroup("Microsoft.Network/networkSecurityGroups/{networkSecurityGroupName}"),
	naming: NETWORK_NAME,
	check: ({ inputs }) => inlineFaults(list(inputs, "securityRules")),
	computed: (context) => ({ resourceGuid: guid(context) }),
	defaults: { securityRules: [] },
});

/** A rule of a network security group; priorities are unique within the group and direction. */
export const securityRule: TypeModel = defineAzure({
	type: TYPE.securityRule,
	path: inGroup("Microsoft.Network/networkSecurityGroups/{networkSecurityGroupName}/securityRules/{securityRuleName}"),
	naming: NETWORK_NAME,
	check: (context) => [...faultsOf(ruleRows(context.inputs, "")), ...faultsOf(twinRows(context))],
});

function twinRows(context: CheckContext): Refusal[] {
	const { inputs } = context;
	const same = (path: string, other: Value | undefined): boolean => isSet(inputs, path) && at(inputs, path) === other;
	const twin = sharing(TYPE.securityRule, ["networkSecurityGroupName"], context)
		.filter(
			(other) =>
				!isSelf(other, context) && text(other.outputs, "securityRuleName") !== text(inputs, "securityRuleName"),
		)
		.find(({ outputs }) => same("priority", outputs.priority) && same("direction", outputs.direction));
	return [
		{
			when: twin !== undefined,
			property: "priority",
			reason: `must be unique within the group and direction, but ${number(inputs, "priority")} is taken by ${twin?.urn || twin?.id}; choose another`,
		},
	];
}

function inlineFaults(rules: readonly Value[]): Fault[] {
	return rules.flatMap((rule, i) => {
		const key = (value: Value): string => `${text(value, "direction")} ${number(value, "priority")}`;
		const twin = rules.slice(0, i).some((other) => key(other) === key(rule));
		return faultsOf([
			...ruleRows(rule, `securityRules[${i}].`),
			{
				when: isAbsent(rule, "name"),
				property: `securityRules[${i}].name`,
				reason: "is required for an inline rule; set it",
			},
			{
				when: twin && number(rule, "priority") !== undefined,
				property: `securityRules[${i}].priority`,
				reason: `must be unique within the direction, but ${number(rule, "priority")} is given twice; choose another`,
			},
		]);
	});
}

function at(bag: Value, path: string): Value | undefined {
	return isObject(bag) && !isUnknown(bag[path]) ? bag[path] : undefined;
}

const SIDES = [
	["sourceAddressPrefix", "sourceAddressPrefixes", "sourceApplicationSecurityGroups"],
	["destinationAddressPrefix", "destinationAddressPrefixes", "destinationApplicationSecurityGroups"],
	["sourcePortRange", "sourcePortRanges"],
	["destinationPortRange", "destinationPortRanges"],
] as const;

function ruleRows(rule: Value, under: string): Refusal[] {
	const priority = number(rule, "priority");
	return [
		outside(priority, `${under}priority`, { min: 100, max: 4096, unit: "(lower first)" }),
		...SIDES.map((paths) => {
			const given = paths.filter((path) => isSet(rule, path));
			return {
				when: given.length !== 1,
				property: under + paths[0],
				reason: `exactly one of ${paths.join(", ")} is needed, but ${given.join(" and ") || "none"} was given`,
			};
		}),
		...["source", "destination"].flatMap((side) => [
			...valuesOf(rule, `${side}AddressPrefix`, `${side}AddressPrefixes`).map(([path, value]) => ({
				when: !isAddress(value),
				property: under + path,
				reason: `must be an address, a block, a service tag or *, but ${JSON.stringify(value)} was given`,
			})),
			...valuesOf(rule, `${side}PortRange`, `${side}PortRanges`).map(([path, value]) => ({
				when: !isPort(value),
				property: under + path,
				reason: `must be a port of 0 to 65535, a range such as 8000-8080 or *, but ${JSON.stringify(value)} was given`,
			})),
		]),
	];
}

function valuesOf(rule: Value, one: string, many: string): [string, string][] {
	const single = text(rule, one);
	const several = list(rule, many).flatMap((value, i): [string, string][] =>
		typeof value === "string" && !isUnknown(value) ? [[`${many}[${i}]`, value]] : [],
	);
	return single === undefined ? several : [[one, single], ...several];
}

function isAddress(value: string): boolean {
	const isTag = /^[A-Z][A-Za-z]+(\.[A-Za-z0-9]+)?$/.test(value);
	return value === "*" || isTag || parseCidr(value) !== undefined || parseCidr(`${value}/32`) !== undefined;
}

function isPort(value: string): boolean {
	const [from, to = from] = value.split("-").map(Number);
	const good = (port: number | undefined): boolean =>
		port !== undefined && Number.isInteger(port) && port >= 0 && port <= 65535;
	return value === "*" || (/^\d+(-\d+)?$/.test(value) && good(from) && good(to) && Number(from) <= Number(to));
}

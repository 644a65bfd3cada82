import type { Value } from "../../lib/values";
import { faultsOf, outside, type Refusal } from "../check/fault-table";
import { isAbsent, list, number, text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, TypeModel } from "../model";
import { inGroup } from "./arm-id";
import { defineAzure } from "./define";
import { ruleFaults } from "./firewall-rule";
import { NETWORK_NAME } from "./names";
import { parentOf, sharing } from "./place";
import { TYPE } from "./types";

/** Priorities of groups and collections. Source: Microsoft Learn, "Azure Firewall policy rule sets", read 2026-11-28. */
const PRIORITY = { min: 100, max: 65000, unit: "(the lower, the earlier)" };

/** A group of a policy's collections of rules. */
export const firewallRules: TypeModel = defineAzure({
	type: TYPE.firewallRules,
	path: inGroup(
		"Microsoft.Network/firewallPolicies/{firewallPolicyName}/ruleCollectionGroups/{ruleCollectionGroupName}",
	),
	naming: NETWORK_NAME,
	check: (context) => faultsOf([...groupRows(context), ...collectionRows(context)]),
	computed: () => ({ size: "0.1MB" }),
});

function groupRows(context: CheckContext): Refusal[] {
	const { inputs, self } = context;
	const priority = number(inputs, "priority");
	const twin = sharing(TYPE.firewallRules, ["firewallPolicyName"], context).find(
		(other) => !isSelf(other, context) && other.urn !== self?.urn && number(other.outputs, "priority") === priority,
	);
	return [
		{ when: isAbsent(inputs, "priority"), property: "priority", reason: "is required: 100 to 65000; set it" },
		outside(priority, "priority", PRIORITY),
		{
			when: priority !== undefined && twin !== undefined,
			property: "priority",
			reason: `must be unique within the policy, but ${priority} is taken by ${twin?.id}; choose another`,
		},
	];
}

function collectionRows(context: CheckContext): Refusal[] {
	const collections = list(context.inputs, "ruleCollections");
	const policy = parentOf(TYPE.firewallRules, context);
	return [
		...["name", "priority"].map((field) => {
			const values = collections.flatMap((each) => (field === "name" ? text(each, field) : number(each, field)) ?? []);
			return {
				when: new Set(values).size < values.length,
				property: "ruleCollections",
				reason: `must have a ${field} of their own, but ${values.join(", ")} were given`,
			};
		}),
		...collections.flatMap((each, i) => rowsOf(each, `ruleCollections[${i}]`, policy?.outputs ?? {})),
	];
}

function rowsOf(collection: Value, under: string, policy: Value): Refusal[] {
	const rules = list(collection, "rules");
	const kinds = new Set(rules.flatMap((rule) => text(rule, "ruleType") ?? []));
	const names = rules.flatMap((rule) => text(rule, "name") ?? []);
	return [
		outside(number(collection, "priority"), `${under}.priority`, PRIORITY),
		{ when: isAbsent(collection, "name"), property: `${under}.name`, reason: "is required; set it" },
		{
			when: isAbsent(collection, "action.type"),
			property: `${under}.action.type`,
			reason: 'is required: "Allow" or "Deny"; set it',
		},
		{
			when: kinds.size > 1,
			property: `${under}.rules`,
			reason: `must be of one kind, but ${[...kinds].join(" and ")} were given; make a collection of each`,
		},
		{
			when: new Set(names).size < names.length,
			property: `${under}.rules`,
			reason: `must have names of their own, but ${names.join(", ")} were given`,
		},
		...rules.flatMap((rule, i) => ruleFaults(rule, `${under}.rules[${i}]`, policy)),
	];
}

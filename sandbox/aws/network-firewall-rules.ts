import { isUnknown, type Value } from "../../lib/values";
import { faultsOf, outside } from "../check/fault-table";
import { at, isSet, list, number, text, texts } from "../check/inputs";
import type { CheckContext, CreateContext, Fault, TypeModel } from "../model";
import { defineAws } from "./define";
import { arn, uuid } from "./names";

/** Type of rule groups. */
export const RULE_GROUP = "aws:networkfirewall/ruleGroup:RuleGroup";

const LIST = "ruleGroup.rulesSource.rulesSourceList";
const SOURCES = ["rulesSourceList", "rulesString", "statefulRules", "statelessRulesAndCustomActions"];

/** The name rule of everything in the service. */
export const firewallName: NonNullable<TypeModel["name"]> = {
	path: "name",
	pattern: /^[a-zA-Z0-9-]{1,128}$/,
	allowed: "1 to 128 letters, digits and hyphens",
	unique: "region",
	autoNameLength: 128,
};

/** A key that the program names is of the caller's own, in the same region. */
export const firewallKey = {
	path: "encryptionConfiguration.keyId",
	to: ["aws:kms/key:Key"],
	by: "arn",
	only: /^arn:/,
	holds: false,
} as const;

/** What encryption takes: a key of ours names it. */
export function encryptionFaults({ inputs }: CheckContext): Fault[] {
	const kind = text(inputs, "encryptionConfiguration.type");
	return faultsOf([
		{
			when: kind === "CUSTOMER_KMS" && !isSet(inputs, "encryptionConfiguration.keyId"),
			property: "encryptionConfiguration.keyId",
			reason: "is required where type is CUSTOMER_KMS; give the key's ARN",
		},
	]);
}

/** Types of encryption. */
export const firewallEncryption = { "encryptionConfiguration.type": ["CUSTOMER_KMS", "AWS_OWNED_KMS_KEY"] };

/** Outputs that everything in the service has. */
export function firewallOutputs(context: CreateContext, id: string): { arn: string; updateToken: string } {
	return { arn: id, updateToken: uuid(context) };
}

/** Rules of the stateful or the stateless engine; their capacity is fixed. */
export const ruleGroup: TypeModel = defineAws({
	type: RULE_GROUP,
	name: firewallName,
	references: [firewallKey],
	values: {
		type: ["STATEFUL", "STATELESS"],
		"ruleGroup.statefulRuleOptions.ruleOrder": ["DEFAULT_ACTION_ORDER", "STRICT_ORDER"],
		[`${LIST}.generatedRulesType`]: ["ALLOWLIST", "DENYLIST", "REJECTLIST", "ALERTLIST"],
		[`${LIST}.targetTypes[]`]: ["TLS_SNI", "HTTP_HOST"],
		"ruleGroup.rulesSource.statefulRules[].action": ["PASS", "DROP", "ALERT", "REJECT"],
		"ruleGroup.rulesSource.statefulRules[].header.direction": ["FORWARD", "ANY"],
		...firewallEncryption,
	},
	check: (context) => [...encryptionFaults(context), ...groupFaults(context)],
	id: ({ inputs, scope }) => arn(scope, "network-firewall", `${kindOf(inputs.type)}-rulegroup/${text(inputs, "name")}`),
	computed: firewallOutputs,
});

function kindOf(type: Value | undefined): string {
	return type === "STATELESS" ? "stateless" : "stateful";
}

function groupFaults({ inputs }: CheckContext): Fault[] {
	const capacity = number(inputs, "capacity");
	const given = ["ruleGroup", "rules"].filter((path) => isSet(inputs, path));
	const sources = SOURCES.filter((path) => isSet(inputs, `ruleGroup.rulesSource.${path}`));
	const targets = texts(inputs, `${LIST}.targets`);
	const rules = targets.length * Math.max(1, list(inputs, `${LIST}.targetTypes`).length);
	const odd = targets.findIndex((target) => !/^\.?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(target));
	return faultsOf([
		outside(capacity, "capacity", { min: 1, max: 30_000, unit: "units" }),
		{
			when: given.length !== 1,
			property: "ruleGroup",
			reason: `exactly one of ruleGroup and rules is needed, but ${given.length} were given`,
		},
		{
			when: isSet(inputs, "ruleGroup.rulesSource") && sources.length !== 1,
			property: "ruleGroup.rulesSource",
			reason: `needs exactly one of ${SOURCES.join(", ")}, but ${sources.length} were given`,
		},
		{
			when:
				isSet(inputs, LIST) &&
				list(inputs, `${LIST}.targets`).length === 0 &&
				!isUnknown(at(inputs, `${LIST}.targets`)),
			property: `${LIST}.targets`,
			reason: "must name at least one domain",
		},
		{
			when: odd >= 0,
			property: `${LIST}.targets[${odd}]`,
			reason: `must be a domain such as example.com, or .example.com for every name under it, but ${JSON.stringify(targets[odd])} was given`,
		},
		{
			when: capacity !== undefined && rules > capacity,
			property: "capacity",
			reason: `must be at least ${rules} units for the rules of ${targets.length} domains, but ${capacity} was given; a new capacity replaces the group`,
		},
		{
			when:
				inputs.type === "STATELESS" && (isSet(inputs, LIST) || isSet(inputs, "ruleGroup.rulesSource.statefulRules")),
			property: "type",
			reason: "must be STATEFUL for domain lists and stateful rules",
		},
	]);
}

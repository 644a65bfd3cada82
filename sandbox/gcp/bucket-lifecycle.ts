import { isObject } from "../../lib/values";
import { faultsOf } from "../check/fault-table";
import { isAbsent, isSet, list, number, text } from "../check/inputs";
import type { CheckContext, Fault } from "../model";

/** Rules of a bucket. Source: Cloud Storage, Object Lifecycle Management, unverified. */
const MOST_RULES = 100;

/** Conditions that an upload which was never finished can meet. */
const UPLOAD_CONDITIONS = ["age", "matchesPrefixes", "matchesSuffixes", "sendAgeIfZero"];

/** What is wrong with the lifecycle rules: their number, actions without a class or condition. */
export function lifecycleFaults({ inputs }: CheckContext): Fault[] {
	const rules = list(inputs, "lifecycleRules");
	return [
		...rules.flatMap((rule, i) => (isObject(rule) ? faultsOf(ruleRows(rule, `lifecycleRules[${i}]`)) : [])),
		...faultsOf([
			{
				when: rules.length > MOST_RULES,
				property: "lifecycleRules",
				reason: `must be at most ${MOST_RULES} rules, but ${rules.length} were given`,
			},
		]),
	];
}

function ruleRows(rule: Parameters<typeof text>[0], at: string) {
	const type = text(rule, "action.type");
	const condition = isObject(rule) ? rule.condition : undefined;
	const keys = isObject(condition) ? Object.keys(condition).filter((key) => isSet(condition, key)) : [];
	const days = ["age", "daysSinceNoncurrentTime", "daysSinceCustomTime", "numNewerVersions"];
	const negative = days.find((key) => (number(condition, key) ?? 0) < 0);
	const foreign = keys.find((key) => !UPLOAD_CONDITIONS.includes(key));
	return [
		{
			when: isObject(condition) && keys.length === 0,
			property: `${at}.condition`,
			reason: "must have at least one condition, such as age in days",
		},
		{
			when: type === "SetStorageClass" && isAbsent(rule, "action.storageClass"),
			property: `${at}.action.storageClass`,
			reason: "is required where the action is SetStorageClass; name the class",
		},
		{
			when: type !== undefined && type !== "SetStorageClass" && isSet(rule, "action.storageClass"),
			property: `${at}.action.storageClass`,
			reason: `goes with SetStorageClass only, but the action is ${type}; remove it`,
		},
		{
			when: type === "AbortIncompleteMultipartUpload" && foreign !== undefined,
			property: `${at}.condition.${foreign}`,
			reason:
				"does not go with AbortIncompleteMultipartUpload, which takes age, matchesPrefixes and matchesSuffixes; remove it",
		},
		{
			when: negative !== undefined,
			property: `${at}.condition.${negative}`,
			reason: "must be 0 or more",
		},
	];
}

import { isUnknown, type Value } from "../../lib/values";
import { faultsOf, type Refusal } from "../check/fault-table";
import { isSet, list, number, text } from "../check/inputs";
import type { Fault, TypeModel } from "../model";
import { defineAws } from "./define";
import { bucketReference, settingId } from "./s3-settings";

const CLASSES = ["GLACIER", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "DEEP_ARCHIVE", "GLACIER_IR"];
const ACTIONS = [
	"abortIncompleteMultipartUpload",
	"expiration",
	"noncurrentVersionExpiration",
	"noncurrentVersionTransitions",
	"transitions",
];
const PREDICATES = ["and", "objectSizeGreaterThan", "objectSizeLessThan", "prefix", "tag"];

/** Fewest days before objects may move to these classes. Source: S3 user guide, lifecycle transitions, 2026-11-21. */
const SOONEST: { readonly [storageClass: string]: number } = { STANDARD_IA: 30, ONEZONE_IA: 30 };

/** When a bucket's objects move to other storage or end. */
export const bucketLifecycleConfiguration: TypeModel = defineAws({
	type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
	references: [bucketReference],
	values: {
		"rules[].status": ["Enabled", "Disabled"],
		"rules[].transitions[].storageClass": CLASSES,
		"rules[].noncurrentVersionTransitions[].storageClass": CLASSES,
		transitionDefaultMinimumObjectSize: ["all_storage_classes_128K", "varies_by_storage_class"],
	},
	check: ({ inputs }) => {
		const rules = list(inputs, "rules");
		const ids = rules.map((rule) => text(rule, "id"));
		const twice = ids.find((id, i) => id !== undefined && ids.indexOf(id) !== i);
		return [
			...faultsOf([
				{
					when: !isUnknown(inputs.rules) && (rules.length === 0 || rules.length > 1000),
					property: "rules",
					reason: `must be 1 to 1000 rules, but ${rules.length} were given`,
				},
				{
					when: twice !== undefined,
					property: "rules",
					reason: `the id ${JSON.stringify(twice)} occurs twice; ids are unique within a bucket`,
				},
			]),
			...rules.flatMap((rule, i) => ruleFaults(rule, `rules[${i}]`)),
		];
	},
	defaults: { expectedBucketOwner: "", transitionDefaultMinimumObjectSize: "all_storage_classes_128K" },
	id: settingId,
});

function ruleFaults(rule: Value, at: string): Fault[] {
	const actions = ACTIONS.filter((path) => isSet(rule, path) && !isEmpty(rule, path));
	const predicates = PREDICATES.filter((path) => isSet(rule, `filter.${path}`));
	const transitions = list(rule, "transitions");
	const known = !isUnknown(rule);
	return faultsOf([
		{
			when: known && actions.length === 0,
			property: at,
			reason: `needs at least one of ${ACTIONS.join(", ")}`,
		},
		{
			when: predicates.length > 1,
			property: `${at}.filter`,
			reason: `takes one of ${PREDICATES.join(", ")}, but ${predicates.length} were given; put them under and`,
		},
		{
			when: isSet(rule, "filter") && isSet(rule, "prefix"),
			property: `${at}.prefix`,
			reason: "cannot be combined with filter; use filter.prefix",
		},
		...expirationRows(rule, at),
		...transitions.flatMap((transition, i) => transitionRows(transition, `${at}.transitions[${i}]`)),
	]);
}

function isEmpty(rule: Value, path: string): boolean {
	return path.endsWith("ransitions") && list(rule, path).length === 0;
}

function expirationRows(rule: Value, at: string): Refusal[] {
	const kinds = ["date", "days", "expiredObjectDeleteMarker"].filter((path) => isSet(rule, `expiration.${path}`));
	const days = number(rule, "expiration.days");
	const moves = list(rule, "transitions").flatMap((transition) => number(transition, "days") ?? []);
	const last = Math.max(0, ...moves);
	return [
		{
			when: isSet(rule, "expiration") && kinds.length !== 1,
			property: `${at}.expiration`,
			reason: `needs exactly one of date, days and expiredObjectDeleteMarker, but ${kinds.length} were given`,
		},
		{
			when: days !== undefined && days < 1,
			property: `${at}.expiration.days`,
			reason: `must be at least 1 day, but ${days} was given`,
		},
		{
			when: days !== undefined && moves.length > 0 && days <= last,
			property: `${at}.expiration.days`,
			reason: `must be more than the last transition's ${last} days, but ${days} was given`,
		},
	];
}

function transitionRows(transition: Value, at: string): Refusal[] {
	const days = number(transition, "days");
	const storageClass = text(transition, "storageClass") ?? "";
	const soonest = SOONEST[storageClass] ?? 0;
	return [
		{
			when: isSet(transition, "date") && isSet(transition, "days"),
			property: at,
			reason: "takes date or days, not both; remove one of them",
		},
		{
			when: days !== undefined && days < soonest,
			property: `${at}.days`,
			reason: `must be at least ${soonest} days for ${storageClass}, but ${days} was given`,
		},
	];
}

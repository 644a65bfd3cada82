import { isObject, isUnknown, type Value } from "../../lib/values";

/** What is known of a request, by condition key as `aws:SourceArn`; a key without value is not known. */
export type ConditionKeys = { readonly [key: string]: string | undefined };

type Comparison = (pattern: string, value: string) => boolean;

const sameIgnoringCase: Comparison = (pattern, value) => pattern.toLowerCase() === value.toLowerCase();

/** Operators that are understood; their `Not` forms and `IfExists` follow. AWS compares ARNs alike in both forms. */
const COMPARISONS: ReadonlyMap<string, Comparison> = new Map<string, Comparison>([
	["StringEquals", (pattern, value) => pattern === value],
	["StringEqualsIgnoreCase", sameIgnoringCase],
	["StringLike", like],
	["ArnEquals", like],
	["ArnLike", like],
	["Bool", sameIgnoringCase],
]);

/**
 * True where a statement's condition holds for sure, false where it surely does not; undefined where that cannot be
 * told: another operator, a key that is not known, a policy variable.
 */
export function conditionHolds(condition: Value | undefined, keys: ConditionKeys): boolean | undefined {
	if (condition === undefined || condition === null) {
		return true;
	}
	const blocks = isObject(condition) ? Object.entries(condition) : undefined;
	const results = blocks?.flatMap(([operator, tests]) =>
		isObject(tests)
			? Object.entries(tests).map(([key, wanted]) => testHolds(operator, knownValue(keys, key), wanted))
			: [undefined],
	);
	if (results?.includes(false)) {
		return false;
	}
	return results === undefined || results.includes(undefined) ? undefined : true;
}

function testHolds(operator: string, value: string | undefined, wanted: Value): boolean | undefined {
	const plain = operator.replace(/IfExists$/, "");
	const compare = COMPARISONS.get(plain.replace(/^(String|Arn)Not/, "$1"));
	const patterns = literals(wanted);
	if (compare === undefined || value === undefined || patterns === undefined) {
		return undefined;
	}
	const negated = /^(String|Arn)Not/.test(plain);
	return patterns.some((pattern) => compare(pattern, value)) !== negated;
}

/** The texts to compare with; undefined where one is not known or holds a policy variable. */
function literals(wanted: Value): string[] | undefined {
	const all = (Array.isArray(wanted) ? wanted : [wanted]).map(String);
	return all.length > 0 && all.every((each) => !isUnknown(each) && !each.includes("${")) ? all : undefined;
}

/** Keys ignore case. */
function knownValue(keys: ConditionKeys, name: string): string | undefined {
	return Object.entries(keys).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

function like(pattern: string, value: string): boolean {
	const escaped = pattern
		.replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
		.replaceAll("*", ".*")
		.replaceAll("?", ".");
	return new RegExp(`^${escaped}$`).test(value);
}

import { isObject, isUnknown, type Properties, type Value } from "../../lib/values";
import { at, list, text } from "../check/inputs";
import type { Fault } from "../model";

/**
 * Kinds of policy: `identity` (IAM policy), `trust` (who may assume a role), `resource` (bucket, repository),
 * `key` (KMS) and `endpoint` (VPC endpoint, which needs no Version).
 */
export type PolicyKind = "identity" | "trust" | "resource" | "key" | "endpoint";

const PRINCIPALS: readonly PolicyKind[] = ["trust", "resource", "key", "endpoint"];

const LIMITS: { readonly [kind in PolicyKind]: number } = {
	identity: 6144,
	trust: 2048,
	resource: 20480,
	key: 32768,
	endpoint: 20480,
};

/** The document, from JSON text or an object; undefined where it is absent, unknown or no object. */
export function parsePolicy(value: Value | undefined): Properties | undefined {
	if (typeof value !== "string" || isUnknown(value)) {
		return isObject(value) ? value : undefined;
	}
	try {
		const parsed: Value = JSON.parse(value);
		return isObject(parsed) ? parsed : undefined;
	} catch {
		return undefined;
	}
}

/** The document as the provider returns it: compact JSON text. */
export function policyText(value: Value | undefined): string {
	const document = parsePolicy(value);
	return document ? JSON.stringify(document) : "";
}

/** Everything that AWS finds malformed in a policy document. `limit` is in characters without white space. */
export function policyFaults(
	value: Value | undefined,
	property: string,
	kind: PolicyKind,
	limit: number = LIMITS[kind],
): Fault[] {
	if (value === undefined || value === null || isUnknown(value)) {
		return [];
	}
	const document = parsePolicy(value);
	if (!document) {
		return [
			{ property, reason: "must be a policy document in JSON, but the text does not parse as an object; mend it" },
		];
	}
	const size = JSON.stringify(document).replaceAll(/\s/g, "").length;
	const faults: Fault[] = [];
	if (kind !== "endpoint" && !["2012-10-17", "2008-10-17"].includes(text(document, "Version") ?? "")) {
		faults.push({ property, reason: 'must have the Version "2012-10-17" (or "2008-10-17"); set it' });
	}
	if (size > limit) {
		faults.push({ property, reason: `must have at most ${limit} characters without white space, but has ${size}` });
	}
	const statements = statementsOf(document);
	if (statements.length === 0) {
		faults.push({ property, reason: "must have at least one Statement; add one" });
	}
	const ids = statements.flatMap((statement) => text(statement, "Sid") ?? []);
	const twice = ids.find((id, i) => ids.indexOf(id) !== i);
	if (twice !== undefined) {
		faults.push({
			property,
			reason: `must have statements with different Sid, but ${JSON.stringify(twice)} occurs twice`,
		});
	}
	return [
		...faults,
		...statements.flatMap((statement, i) => statementFaults(statement, `${property}.Statement[${i}]`, kind)),
	];
}

/** The statements, which AWS lets stand alone without a list. */
export function statementsOf(document: Properties | undefined): Value[] {
	const statement = at(document, "Statement");
	return isObject(statement) ? [statement] : list(document, "Statement");
}

function statementFaults(statement: Value, property: string, kind: PolicyKind): Fault[] {
	if (!isObject(statement)) {
		return [{ property, reason: "must be an object with Effect and Action" }];
	}
	const has = (key: string): boolean => Object.hasOwn(statement, key);
	const principal = has("Principal") || has("NotPrincipal");
	const faults: string[] = [];
	if (!["Allow", "Deny"].includes(text(statement, "Effect") ?? "")) {
		faults.push('must have the Effect "Allow" or "Deny"');
	}
	if (has("Action") === has("NotAction")) {
		faults.push("must have exactly one of Action and NotAction");
	}
	if (PRINCIPALS.includes(kind) !== principal) {
		faults.push(principal ? `cannot name a Principal in an ${kind} policy` : "must name a Principal");
	}
	if (kind === "trust" ? has("Resource") : has("Resource") === has("NotResource")) {
		faults.push(
			kind === "trust"
				? "cannot name a Resource in a trust policy"
				: "must have exactly one of Resource and NotResource",
		);
	}
	return [...faults.map((reason) => ({ property, reason })), ...wordFaults(statement, property)];
}

/** Actions read `service:Action`, resources `*` or an ARN. */
function wordFaults(statement: Properties, property: string): Fault[] {
	const actions = [...oneOrMore(statement.Action), ...oneOrMore(statement.NotAction)];
	const resources = [...oneOrMore(statement.Resource), ...oneOrMore(statement.NotResource)];
	const bad = [
		...actions
			.filter((action) => !/^(\*|[a-zA-Z0-9-]+:[\w*?]+)$/.test(action))
			.map((action) => `the action ${JSON.stringify(action)} must be of the form service:Action`),
		...resources
			.filter((resource) => !/^(\*|arn:.*)$/.test(resource))
			.map((resource) => `the resource ${JSON.stringify(resource)} must be an ARN or *`),
	];
	return bad.map((reason) => ({ property, reason }));
}

/** The known texts of a value that may be one text or a list. */
export function oneOrMore(value: Value | undefined): string[] {
	const all = Array.isArray(value) ? value : [value];
	return all.flatMap((each) => (typeof each === "string" && !isUnknown(each) ? [each] : []));
}

/** IAM's wildcards: `*` any characters, `?` one; services and actions ignore case. */
export function matches(pattern: string, action: string): boolean {
	const escaped = pattern
		.replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
		.replaceAll("*", ".*")
		.replaceAll("?", ".");
	return new RegExp(`^${escaped}$`, "i").test(action);
}

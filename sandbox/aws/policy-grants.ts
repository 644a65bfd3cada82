import { hasUnknown, isObject, isUnknown, type Properties } from "../../lib/values";
import { at } from "../check/inputs";
import { type ConditionKeys, conditionHolds } from "./policy-conditions";
import { matches, oneOrMore, statementsOf } from "./policy-document";

/** What somebody wants to do, as policies judge it. */
export interface PolicyRequest {
	/** As `kms:Decrypt`. */
	readonly action: string;
	/** Service principal or a role's ARN; left out for an identity policy, which speaks of its holder. */
	readonly principal?: string;
	/** ARN, or `*` for an action that only a statement on everything allows; left out where any resource will do. */
	readonly resource?: string;
	readonly keys?: ConditionKeys;
}

/**
 * True where the document lets the request pass: a statement allows it and none surely denies it. What is not known
 * and conditions that are not understood count in the request's favour.
 */
export function allows(document: Properties | undefined, request: PolicyRequest): boolean {
	const verdicts = statementsOf(document)
		.filter(isObject)
		.map((statement) => ({ effect: statement.Effect, applies: appliesTo(statement, request) }));
	const allowed = verdicts.some(({ effect, applies }) => effect === "Allow" && applies !== false);
	return allowed && !verdicts.some(({ effect, applies }) => effect === "Deny" && applies === true);
}

/** True or false where that is sure, undefined where it cannot be told. */
function appliesTo(statement: Properties, request: PolicyRequest): boolean | undefined {
	const parts = [
		namesPrincipal(statement, request.principal),
		coversAction(statement, request.action),
		coversResource(statement, request.resource),
		conditionHolds(statement.Condition, request.keys ?? {}),
	];
	if (parts.includes(false)) {
		return false;
	}
	return parts.includes(undefined) ? undefined : true;
}

function namesPrincipal(statement: Properties, principal: string | undefined): boolean | undefined {
	if (principal === undefined || statement.Principal === "*") {
		return true;
	}
	const [accounts, services] = [at(statement, "Principal.AWS"), at(statement, "Principal.Service")];
	const named = [...oneOrMore(accounts), ...oneOrMore(services)].includes(principal);
	if (named || oneOrMore(accounts).includes("*")) {
		return true;
	}
	return hasUnknown(accounts) || hasUnknown(services) ? undefined : false;
}

function coversAction(statement: Properties, action: string): boolean | undefined {
	if (hasUnknown(statement.Action) || hasUnknown(statement.NotAction)) {
		return undefined;
	}
	const hit = (patterns: readonly string[]): boolean => patterns.some((pattern) => matches(pattern, action));
	return statement.NotAction === undefined ? hit(oneOrMore(statement.Action)) : !hit(oneOrMore(statement.NotAction));
}

/** Without a resource in mind an `Allow` on anything will do, and only a `Deny` on everything is sure. */
function coversResource(statement: Properties, resource: string | undefined): boolean | undefined {
	const patterns = oneOrMore(statement.Resource);
	if (patterns.includes("*") || (statement.Resource === undefined && statement.NotResource === undefined)) {
		return true;
	}
	if (resource === undefined || isUnknown(statement.Resource) || statement.NotResource !== undefined) {
		return undefined;
	}
	return patterns.some((pattern) => matches(pattern, resource));
}

import { type CelInput, type CelResult, celEnv, isCelError, parse, plan } from "@bufbuild/cel";
import { isObject, type Properties, type Value } from "../../lib/values";
import { fail, problemsOr, undetermined } from "../judging";
import { isHidden } from "../reading";
import type { CelCheck, Judgement } from "../rule";
import { HIDDEN, REVEALING, revealing } from "./cel-unknown";

/** Bounds of what is evaluated: far above real objects, so that a hostile one cannot hold up an update. */
const MOST_VALUES = 100_000;
const MOST_DEPTH = 100;
const LONGEST_EXPRESSION = 10_000;

type Bindings = { readonly object: CelInput; readonly variables: CelInput };
type Plan = (bindings: Bindings) => CelResult;

interface CompiledCheck {
	readonly variables: readonly { readonly name: string; readonly plan: Plan }[];
	readonly validations: readonly { readonly rule: CelCheck["validations"][number]; readonly plan: Plan }[];
}

const environment = celEnv({ funcs: [...REVEALING] });
const compiled = new WeakMap<CelCheck, CompiledCheck>();

/**
 * Judges a Kubernetes object as the cluster's admission would, with unknown inputs kept apart: what is false
 * whatever they turn out to be is a failure, what hangs on them is undetermined.
 * Throws where an expression does not parse.
 */
export function judgeCel(check: CelCheck, inputs: Properties): readonly Judgement[] {
	const plans = compiledOf(check);
	if (isTooLarge(inputs)) {
		return [fail("the object is too large or too deep to judge")];
	}
	return problemsOr(problemsOf(plans, inputs), "the object complies");
}

function problemsOf(plans: CompiledCheck, inputs: Properties): Judgement[] {
	const object = celValue(inputs);
	const variables = new Map<string, CelInput>();
	for (const variable of plans.variables) {
		const value = variable.plan({ object, variables });
		variables.set(variable.name, isCelError(value) ? HIDDEN : value);
	}
	const holdsHidden = anyHidden(inputs);
	return plans.validations.flatMap(({ rule, plan: validation }) => {
		const result = validation({ object, variables });
		if (result === true) {
			return [];
		}
		// Without an unknown, an expression that cannot be evaluated refuses the object, as in the cluster.
		return isCelError(result) && holdsHidden
			? [undetermined(`it is not known yet whether ${rule.message}`, rule.property)]
			: [fail(rule.message, rule.property)];
	});
}

function compiledOf(check: CelCheck): CompiledCheck {
	const known = compiled.get(check);
	if (known) {
		return known;
	}
	const made = {
		variables: check.variables.map(({ name, expression }) => ({ name, plan: compile(expression) })),
		validations: check.validations.map((rule) => ({ rule, plan: compile(rule.expression) })),
	};
	compiled.set(check, made);
	return made;
}

function compile(expression: string): Plan {
	if (expression.length > LONGEST_EXPRESSION) {
		throw new Error(`a CEL expression must have at most ${LONGEST_EXPRESSION} characters`);
	}
	const run = plan(environment, revealing(parse(expression).expr));
	return ({ object, variables }) => run({ object, variables });
}

/** JSON as the cluster's CEL sees it: whole numbers are ints, null fields are absent. */
function celValue(value: Value): CelInput {
	if (isHidden(value)) {
		return HIDDEN;
	}
	if (Array.isArray(value)) {
		return value.map(celValue);
	}
	if (isObject(value)) {
		const fields = Object.entries(value).filter(([, field]) => field !== null);
		return new Map(fields.map(([key, field]) => [key, celValue(field)]));
	}
	return typeof value === "number" && Number.isSafeInteger(value) ? BigInt(value) : value;
}

function anyHidden(value: Value): boolean {
	if (Array.isArray(value)) {
		return value.some(anyHidden);
	}
	return isObject(value) ? Object.values(value).some(anyHidden) : isHidden(value);
}

function isTooLarge(root: Value): boolean {
	let level: Value[] = [root];
	let count = 0;
	for (let depth = 0; level.length > 0; depth += 1) {
		count += level.length;
		if (depth > MOST_DEPTH || count > MOST_VALUES) {
			return true;
		}
		level = level.flatMap((value) => (Array.isArray(value) ? value : isObject(value) ? Object.values(value) : []));
	}
	return false;
}

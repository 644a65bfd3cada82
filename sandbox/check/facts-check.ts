import { isObject, isUnknown, type Properties, type Value } from "../../lib/values";
import type { PackageFacts } from "../facts";
import type { Fault } from "../model";
import { didYouMean, oneOf } from "./did-you-mean";
import { describeType, type FactType, parseType } from "./type-grammar";

/**
 * Everything that the SDK's types forbid in these inputs, at any depth: unknown properties, missing ones, wrong types,
 * values outside an enumeration. Unknown values fit any type; secrets come unwrapped; `__` keys are the engine's own.
 */
export function checkFacts(facts: PackageFacts, token: string, inputs: Properties): Fault[] {
	const type = Object.hasOwn(facts.resources, token) ? facts.resources[token] : undefined;
	if (!type) {
		const hint = didYouMean(token, Object.keys(facts.resources));
		return [{ property: "", reason: `the sandbox knows no type ${token}${hint || "; add a model for it"}` }];
	}
	return new FactsChecker(facts).fields("", type.inputs, type.required, inputs);
}

class FactsChecker {
	private readonly facts: PackageFacts;

	constructor(facts: PackageFacts) {
		this.facts = facts;
	}

	fields(
		at: string,
		types: { readonly [name: string]: string },
		required: readonly string[],
		bag: { readonly [key: string]: Value },
	): Fault[] {
		const under = (name: string) => (at ? `${at}.${name}` : name);
		const missing = required
			.filter((name) => bag[name] === undefined || bag[name] === null)
			.map((name) => ({
				property: under(name),
				reason: `is required (${describeType(parseType(types[name] ?? "any"))}); set it`,
			}));
		const wrong = Object.entries(bag).flatMap(([name, value]) => {
			if (name.startsWith("__")) {
				return [];
			}
			const type = Object.hasOwn(types, name) ? types[name] : undefined;
			if (type === undefined) {
				const hint = didYouMean(name, Object.keys(types));
				return [{ property: under(name), reason: `there is no such property${hint || "; remove it"}` }];
			}
			return value === null ? [] : this.value(under(name), parseType(type), value);
		});
		return [...missing, ...wrong];
	}

	private value(at: string, type: FactType, value: Value): Fault[] {
		if (isUnknown(value)) {
			return [];
		}
		switch (type.kind) {
			case "any":
				return [];
			case "asset":
				return isObject(value) || typeof value === "string" ? [] : [mismatch(at, type, value)];
			case "string":
			case "number":
			case "boolean":
				return typeof value === type.kind ? [] : [mismatch(at, type, value)];
			case "enum":
				return this.enumeration(at, type.values, value);
			case "list":
				return Array.isArray(value)
					? value.flatMap((element, i) => this.value(`${at}[${i}]`, type.element, element))
					: [mismatch(at, type, value)];
			case "map":
				return isObject(value)
					? Object.entries(value).flatMap(([key, element]) => this.value(`${at}.${key}`, type.element, element))
					: [mismatch(at, type, value)];
			case "object":
				return this.object(at, type, value);
			case "union":
				return this.union(at, type, value);
		}
	}

	private object(at: string, type: FactType & { kind: "object" }, value: Value): Fault[] {
		if (!isObject(value)) {
			return [mismatch(at, type, value)];
		}
		const facts = this.facts.objects[type.name];
		return facts ? this.fields(at, facts.fields, facts.required, value) : [];
	}

	private enumeration(at: string, values: readonly string[], value: Value): Fault[] {
		if (typeof value === "string" && values.includes(value)) {
			return [];
		}
		const hint = typeof value === "string" ? didYouMean(value, values) : "";
		return [{ property: at, reason: `must be ${oneOf(values)}, but ${shown(value)} was given${hint}` }];
	}

	/** The faults of the member that fits best: fewest, those of the value's own kind first. */
	private union(at: string, type: FactType & { kind: "union" }, value: Value): Fault[] {
		const tries = type.members.map((member) => this.value(at, member, value));
		if (tries.some((faults) => faults.length === 0)) {
			return [];
		}
		const inside = tries.filter((faults) => faults.every((fault) => fault.property !== at));
		const best = inside.sort((a, b) => a.length - b.length)[0];
		return best ?? [mismatch(at, type, value)];
	}
}

function mismatch(at: string, type: FactType, value: Value): Fault {
	return { property: at, reason: `must be ${describeType(type)}, but ${shown(value)} was given` };
}

/** A short text of a value: scalars as JSON, others by kind, so that no message carries a whole document. */
function shown(value: Value): string {
	if (Array.isArray(value)) {
		return `a list of ${value.length}`;
	}
	if (isObject(value)) {
		return `an object with ${Object.keys(value).length} properties`;
	}
	const text = JSON.stringify(value);
	return text.length > 80 ? `${text.slice(0, 77)}..."` : text;
}

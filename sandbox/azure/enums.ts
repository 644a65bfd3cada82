import { isObject, isUnknown, type Properties, type Value } from "../../lib/values";
import { didYouMean, oneOf } from "../check/did-you-mean";
import { type FactType, parseType } from "../check/type-grammar";
import { factsFor, factsOfType } from "../facts";
import type { Fault } from "../model";

/**
 * Texts outside an enumeration that the SDK leaves open (`string | enums.X`): the SDK's type lets them pass, the API
 * version behind it does not. Exact casing is asked for, as a differently cased value comes back changed.
 */
export function openEnumFaults(type: string, inputs: Properties): Fault[] {
	return fieldFaults("", factsOfType(type)?.inputs ?? {}, inputs);
}

function fieldFaults(at: string, types: { readonly [name: string]: string }, bag: Properties): Fault[] {
	return Object.entries(bag).flatMap(([name, value]) => {
		const type = Object.hasOwn(types, name) ? types[name] : undefined;
		return type === undefined ? [] : valueFaults(at ? `${at}.${name}` : name, parseType(type), value);
	});
}

function valueFaults(at: string, type: FactType, value: Value): Fault[] {
	if (isUnknown(value) || value === null) {
		return [];
	}
	switch (type.kind) {
		case "list":
			return Array.isArray(value) ? value.flatMap((item, i) => valueFaults(`${at}[${i}]`, type.element, item)) : [];
		case "map":
			return isObject(value)
				? Object.entries(value).flatMap(([key, item]) => valueFaults(`${at}.${key}`, type.element, item))
				: [];
		case "object":
			return isObject(value) ? fieldFaults(at, factsFor("azure-native").objects[type.name]?.fields ?? {}, value) : [];
		case "union":
			return unionFaults(at, type.members, value);
		default:
			return [];
	}
}

function unionFaults(at: string, members: readonly FactType[], value: Value): Fault[] {
	const allowed = members.flatMap((member) => (member.kind === "enum" ? member.values : []));
	if (typeof value !== "string" || allowed.length === 0 || allowed.includes(value)) {
		return isObject(value) ? meantBy(value, members).flatMap((member) => valueFaults(at, member, value)) : [];
	}
	const reason = `must be ${oneOf(allowed)}, but ${JSON.stringify(value)} was given${didYouMean(value, allowed)}`;
	return [{ property: at, reason }];
}

/** The kinds of object that a value may be: one of several says by a field with a single value which it is. */
function meantBy(value: Properties, members: readonly FactType[]): FactType[] {
	return members.filter((member) => {
		const fields = member.kind === "object" ? (factsFor("azure-native").objects[member.name]?.fields ?? {}) : {};
		return Object.entries(fields).every(([name, field]) => {
			const type = parseType(field);
			const said = value[name];
			const single = type.kind === "enum" && type.values.length === 1;
			return !single || typeof said !== "string" || isUnknown(said) || type.values.includes(said);
		});
	});
}

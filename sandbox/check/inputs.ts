import { isObject, isUnknown, type Properties, type Value } from "../../lib/values";

/** The value at a dotted path without list steps; undefined where a step is missing, null or not an object. */
export function at(bag: Value | undefined, path: string): Value | undefined {
	let value: Value | undefined = bag;
	for (const step of path.split(".")) {
		if (isUnknown(value)) {
			return value;
		}
		value = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
	}
	return value === null ? undefined : value;
}

/** True where something is set there, known or not. */
export function isSet(bag: Value | undefined, path: string): boolean {
	return at(bag, path) !== undefined;
}

/** True where nothing is set there and nothing can come: an unknown value is not absent. */
export function isAbsent(bag: Value | undefined, path: string): boolean {
	return !isSet(bag, path);
}

/** The text there, where it is known text. */
export function text(bag: Value | undefined, path: string): string | undefined {
	const value = at(bag, path);
	return typeof value === "string" && !isUnknown(value) ? value : undefined;
}

/** The number there, where it is a known number. */
export function number(bag: Value | undefined, path: string): number | undefined {
	const value = at(bag, path);
	return typeof value === "number" ? value : undefined;
}

/** The flag there, where it is known. */
export function flag(bag: Value | undefined, path: string): boolean | undefined {
	const value = at(bag, path);
	return typeof value === "boolean" ? value : undefined;
}

/** The elements there; none where there is no known list. */
export function list(bag: Value | undefined, path: string): Value[] {
	const value = at(bag, path);
	return Array.isArray(value) ? value : [];
}

/** The known texts of the list there. */
export function texts(bag: Value | undefined, path: string): string[] {
	return list(bag, path).flatMap((value) => (typeof value === "string" && !isUnknown(value) ? [value] : []));
}

/** The object there; empty where there is none. */
export function object(bag: Value | undefined, path: string): Properties {
	const value = at(bag, path);
	return isObject(value) ? value : {};
}

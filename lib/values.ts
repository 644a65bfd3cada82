/** A value as the engine carries it: JSON with the markers below. */
export type Value = null | boolean | number | string | Value[] | { [key: string]: Value };

/** A property bag: the inputs or outputs of a resource. */
export type Properties = { [key: string]: Value };

/** The engine's marker of a value that is not known yet (untyped; the SDK's rpc code names the others). */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What stands in a blueprint where a secret stood. */
export const SECRET = "[secret]";

/** True for the engine's marker of an unknown value. */
export function isUnknown(value: unknown): boolean {
	return value === UNKNOWN;
}

/** True for a plain object: not null, not a list. */
export function isObject(value: unknown): value is { [key: string]: Value } {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** True where the value is unknown or holds an unknown anywhere. */
export function hasUnknown(value: Value | undefined): boolean {
	if (value === undefined) {
		return false;
	}
	if (Array.isArray(value)) {
		return value.some(hasUnknown);
	}
	return isObject(value) ? Object.values(value).some(hasUnknown) : isUnknown(value);
}

/** A value found at a path, with the path's indices filled in: `subnetIds[2]`. */
export interface Located {
	readonly path: string;
	readonly value: Value;
}

/**
 * Every value at a path such as `vpcConfig.subnetIds[]`: a dot steps into an object, `[]` visits each element.
 * Missing steps give nothing; an unknown step gives that unknown, so that callers can tell "not known" from "absent".
 */
export function valuesAt(root: Value | undefined, path: string): Located[] {
	const steps = path.replaceAll("[]", ".[]").split(".");
	let found: Located[] = root === undefined ? [] : [{ path: "", value: root }];
	for (const step of steps) {
		found = found.flatMap((at) => stepInto(at, step));
	}
	return found;
}

function stepInto(at: Located, step: string): Located[] {
	if (isUnknown(at.value)) {
		return [at];
	}
	if (step === "[]") {
		return Array.isArray(at.value) ? at.value.map((value, i) => ({ path: `${at.path}[${i}]`, value })) : [];
	}
	const value = isObject(at.value) && Object.hasOwn(at.value, step) ? at.value[step] : undefined;
	return value === undefined || value === null ? [] : [{ path: at.path ? `${at.path}.${step}` : step, value }];
}

import { isObject, isUnknown, SECRET, UNKNOWN, type Value } from "../lib/values";

/** What an input says, with "not known yet" kept apart from "not given" and from "given, but not of this type". */
export type Reading<T> =
	| { readonly kind: "known"; readonly value: T }
	| { readonly kind: "unknown" }
	| { readonly kind: "absent" }
	| { readonly kind: "invalid" };

/** The known elements of a list; `complete` is false where the list or an element of it is not known. */
export interface ListReading {
	readonly items: readonly { readonly path: string; readonly value: Value }[];
	readonly complete: boolean;
	readonly absent: boolean;
}

/** True for a value that a rule cannot see: unknown, built from an unknown, or a secret in a blueprint. */
export function isHidden(value: Value | undefined): boolean {
	return isUnknown(value) || value === SECRET || (typeof value === "string" && value.includes(UNKNOWN));
}

/**
 * The value at a path such as `vpcConfig.endpointPublicAccess`; undefined where a step is missing or null, `UNKNOWN`
 * where a step is hidden. A list of one element counts as its element, as bridged providers flatten such lists.
 */
export function at(root: Value | undefined, path: string): Value | undefined {
	let value = root;
	for (const step of path.split(".")) {
		const holder = single(value);
		if (isHidden(holder)) {
			return UNKNOWN;
		}
		value = isObject(holder) && Object.hasOwn(holder, step) ? holder[step] : undefined;
	}
	return isHidden(value) ? UNKNOWN : (value ?? undefined);
}

/** A boolean; the texts `true` and `false` count, as launch templates write them. */
export function readBoolean(root: Value | undefined, path: string): Reading<boolean> {
	return read(at(root, path), (value) => {
		const text = typeof value === "string" ? value.toLowerCase() : value;
		return text === true || text === "true" ? true : text === false || text === "false" ? false : undefined;
	});
}

/** A number; digits in text count, as the engine's inputs may carry them. */
export function readNumber(root: Value | undefined, path: string): Reading<number> {
	return read(at(root, path), (value) => {
		const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
		return typeof number === "number" && Number.isFinite(number) ? number : undefined;
	});
}

/** A text; the empty text counts as absent, as providers treat it. */
export function readText(root: Value | undefined, path: string): Reading<string> {
	return read(at(root, path), (value) => (typeof value === "string" ? value : undefined));
}

/** A list, its hidden elements left out; a single value counts as a list of one. */
export function readList(root: Value | undefined, path: string): ListReading {
	const value = at(root, path);
	if (value === undefined || isHidden(value)) {
		return { items: [], complete: value === undefined, absent: value === undefined };
	}
	const all = Array.isArray(value)
		? value.map((item, i) => ({ path: `${path}[${i}]`, value: item }))
		: [{ path, value }];
	const items = all.filter((item) => item.value !== null && !isHidden(item.value));
	return { items, complete: !all.some((item) => isHidden(item.value)), absent: false };
}

function read<T>(value: Value | undefined, convert: (value: Value) => T | undefined): Reading<T> {
	if (value === undefined || value === "") {
		return { kind: "absent" };
	}
	if (isHidden(value)) {
		return { kind: "unknown" };
	}
	const converted = convert(value);
	return converted === undefined ? { kind: "invalid" } : { kind: "known", value: converted };
}

function single(value: Value | undefined): Value | undefined {
	return Array.isArray(value) && value.length === 1 ? value[0] : value;
}

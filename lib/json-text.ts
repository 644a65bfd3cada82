import { isUnknown, type Value } from "./values";

/** A provider's configuration carries everything but text as JSON text; what is no JSON stays as it is. */
export function fromJsonText(value: Value | undefined): Value {
	if (typeof value !== "string" || isUnknown(value)) {
		return value ?? null;
	}
	try {
		return JSON.parse(value);
	} catch {
		return value;
	}
}

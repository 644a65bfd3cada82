import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { isSecret } from "../../lib/secret-marker";
import { isObject, type Properties, SECRET, type Value } from "../../lib/values";

/** The property bag of a message; empty where the message has none. */
export function fromStruct(struct: Struct | undefined): Properties {
	const properties: Properties = struct === undefined ? {} : struct.toJavaScript();
	return properties;
}

/** A property bag as a message field. */
export function toStruct(properties: Properties): Struct {
	return Struct.fromJavaScript(properties);
}

/** Puts the secrets of `given` back where a stored value says `[secret]`; what `given` lacks stays redacted. */
export function restoreSecrets(stored: Value, given: Value | undefined): Value {
	if (stored === SECRET && given !== undefined) {
		return given;
	}
	const inner = isSecret(given) ? given.value : given;
	if (Array.isArray(stored)) {
		const items = Array.isArray(inner) ? inner : [];
		return stored.map((item, i) => restoreSecrets(item, items[i]));
	}
	if (isObject(stored)) {
		const bag = isObject(inner) ? inner : {};
		return Object.fromEntries(Object.entries(stored).map(([key, item]) => [key, restoreSecrets(item, bag[key])]));
	}
	return stored;
}

/** `restoreSecrets` for every property of a bag. */
export function restoreAll(stored: Properties, given: Properties): Properties {
	return Object.fromEntries(Object.entries(stored).map(([key, value]) => [key, restoreSecrets(value, given[key])]));
}

import { isObject, type Properties, SECRET, type Value } from "./values";

/** Key and value of the engine's marker for special objects, and the value that says "secret". */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** True for the engine's wrapper around a secret value. */
export function isSecret(value: Value | undefined): value is { [key: string]: Value } {
	return isObject(value) && value[signatureKey] === secretSignature;
}

/** Wraps a value as a secret; a secret stays as it is. */
export function asSecret(value: Value): Value {
	return isSecret(value) ? value : { [signatureKey]: secretSignature, value };
}

/** The bag with every secret's wrapper taken off, at any depth. For checks only: never print or store the result. */
export function unwrapAll(bag: Properties): Properties {
	return mapSecrets(bag, (secret) => secret);
}

/** The bag with every secret replaced by `[secret]`: what may be stored and printed. */
export function redactAll(bag: Properties): Properties {
	return mapSecrets(bag, () => SECRET);
}

function mapSecrets(bag: Properties, replace: (secret: Value) => Value): Properties {
	return Object.fromEntries(Object.entries(bag).map(([key, value]) => [key, mapSecret(value, replace)]));
}

function mapSecret(value: Value, replace: (secret: Value) => Value): Value {
	if (isSecret(value)) {
		return replace(mapSecret(value.value ?? null, replace));
	}
	if (Array.isArray(value)) {
		return value.map((item) => mapSecret(item, replace));
	}
	return isObject(value) ? mapSecrets(value, replace) : value;
}

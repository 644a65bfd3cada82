import { asSecret, isSecret } from "../../lib/secret-marker";
import { isObject, type Properties, type Value } from "../../lib/values";

/** A shorter secret is looked for as a whole value only: as a part it would be found in words that have nothing of it. */
const partLength = 4;

/**
 * Marks as secret what a model computed from secret inputs, as `tagsAll` from `tags`: models work with plain values, so
 * the wrapper is lost there. Secret is every text that holds a secret text, and what stands where a secret stands in
 * the inputs.
 */
export function coverSecrets(computed: Properties, inputs: Properties): Properties {
	const texts = secretTexts(inputs, false);
	return Object.fromEntries(Object.entries(computed).map(([key, value]) => [key, cover(value, inputs[key], texts)]));
}

/** Marks the outputs that are secret by their type, whatever they were computed from. */
export function markSecrets(outputs: Properties, names: readonly string[]): Properties {
	const marked = names.flatMap((name) => {
		const value = outputs[name];
		return value === undefined ? [] : [[name, asSecret(value)] as const];
	});
	return { ...outputs, ...Object.fromEntries(marked) };
}

function cover(value: Value, input: Value | undefined, texts: readonly string[]): Value {
	if (isSecret(input) || isSecret(value)) {
		return asSecret(value);
	}
	if (typeof value === "string") {
		return texts.some((text) => holds(value, text)) ? asSecret(value) : value;
	}
	if (Array.isArray(value)) {
		const items = Array.isArray(input) ? input : [];
		return value.map((item, i) => cover(item, items[i], texts));
	}
	if (isObject(value)) {
		const bag: Properties = isObject(input) ? input : {};
		return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cover(item, bag[key], texts)]));
	}
	return value;
}

function holds(value: string, text: string): boolean {
	return text.length < partLength ? value === text : value.includes(text);
}

/** The texts within secrets, at any depth. */
function secretTexts(value: Value, within: boolean): string[] {
	if (isSecret(value)) {
		return secretTexts(value.value ?? null, true);
	}
	if (typeof value === "string") {
		return within && value !== "" ? [value] : [];
	}
	if (Array.isArray(value)) {
		return value.flatMap((item) => secretTexts(item, within));
	}
	return isObject(value) ? Object.values(value).flatMap((item) => secretTexts(item, within)) : [];
}

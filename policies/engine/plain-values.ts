import { asset } from "@pulumi/pulumi";
import { isUnknown, type Properties, UNKNOWN, type Value } from "../../lib/values";

/** The engine's markers of unknown values by type, from the SDK's `runtime/rpc`; text, number and so on. */
const UNKNOWN_MARKERS: ReadonlySet<string> = new Set([
	UNKNOWN,
	"1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
	"3eeb2bf0-c639-47a8-9e75-3b44932eb421",
	"6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
	"030794c1-ac77-496b-92df-f27374a8bd58",
	"e48ece36-62e2-4504-bad9-02848725956a",
	"dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** What stands where a file or an archive stood; no rule reads their content. */
export const ASSET = "[asset]";

/** Deeper than any real input; what lies below counts as unknown. */
const MOST_DEPTH = 100;

/**
 * The inputs of a policy's resource as plain values. The SDK hands out proxies that throw where an unknown is read;
 * property descriptors are not intercepted, so that nothing throws here and each unknown keeps its place.
 */
export function plainProperties(props: object): Properties {
	return Object.fromEntries(fieldsOf(props, 0));
}

function plainValue(value: unknown, depth: number): Value {
	if (typeof value === "string") {
		return UNKNOWN_MARKERS.has(value) ? UNKNOWN : value;
	}
	if (typeof value === "number" || typeof value === "boolean" || value === null) {
		return value;
	}
	if (typeof value !== "object" || depth > MOST_DEPTH) {
		return UNKNOWN;
	}
	if (Array.isArray(value)) {
		return elementsOf(value, depth);
	}
	return asset.Asset.isInstance(value) || asset.Archive.isInstance(value)
		? ASSET
		: Object.fromEntries(fieldsOf(value, depth));
}

function elementsOf(list: readonly unknown[], depth: number): Value[] {
	return Array.from({ length: list.length }, (_, i) => plainValue(rawField(list, String(i)), depth + 1));
}

function fieldsOf(holder: object, depth: number): [string, Value][] {
	return Object.keys(holder).flatMap((key) => {
		const raw = rawField(holder, key);
		return raw === undefined ? [] : [[key, plainValue(raw, depth + 1)] satisfies [string, Value]];
	});
}

function rawField(holder: object, key: string): unknown {
	return Object.getOwnPropertyDescriptor(holder, key)?.value;
}

/**
 * Properties without the unknowns that the program never set: the outputs of a preview carry one for each value that
 * the cloud will compute, and rules look at what the program says.
 */
export function withoutComputed(properties: Properties, inputs: ReadonlySet<string>): Properties {
	return Object.fromEntries(Object.entries(properties).filter(([key, value]) => !isUnknown(value) || inputs.has(key)));
}

import { isObject, type Value } from "../../lib/values";
import type {
	ArraySchema,
	BooleanSchema,
	FieldSchema,
	IntOrStringSchema,
	NumberSchema,
	StringSchema,
} from "./custom-kind";
import type { ValueOf } from "./spec-of";

/**
 * True where a value has the type that its schema describes, so that it may be read as such. Ranges and patterns are
 * the API server's to judge; fields that nobody names are passed over, as it prunes them.
 */
export function conforms<const S extends FieldSchema>(schema: S, value: unknown): value is ValueOf<S> {
	return misfit(schema, value, "") === undefined;
}

/** Path of the first field that does not have its type, `at` being that of the value; nothing where all have. */
export function misfit(schema: FieldSchema, value: unknown, at: string): string | undefined {
	if ("items" in schema) {
		return listMisfit(schema, value, at);
	}
	if ("type" in schema && schema.type === "object") {
		return isObject(value) ? fieldMisfit(schema, value, at) : at;
	}
	return isScalar(schema, value) ? undefined : at;
}

function isScalar(schema: StringSchema | BooleanSchema | NumberSchema | IntOrStringSchema, value: unknown): boolean {
	if ("x-kubernetes-int-or-string" in schema) {
		return Number.isInteger(value) || typeof value === "string";
	}
	switch (schema.type) {
		case "string":
			return typeof value === "string" && (schema.enum?.includes(value) ?? true);
		case "integer":
			return Number.isInteger(value);
		default:
			return typeof value === schema.type;
	}
}

function listMisfit({ items }: ArraySchema, value: unknown, at: string): string | undefined {
	return Array.isArray(value) ? first(value.map((each: unknown, i) => misfit(items, each, `${at}[${i}]`))) : at;
}

function fieldMisfit(
	schema: FieldSchema & { readonly type: "object" },
	bag: { readonly [field: string]: Value },
	at: string,
): string | undefined {
	const below = (field: string) => (at === "" ? field : `${at}.${field}`);
	if ("additionalProperties" in schema) {
		return first(Object.entries(bag).map(([key, each]) => misfit(schema.additionalProperties, each, below(key))));
	}
	if (!("properties" in schema)) {
		return undefined;
	}
	const missing = (schema.required ?? []).filter((field) => !isThere(bag[field])).map(below);
	const named = Object.entries(schema.properties).filter(([field]) => isThere(bag[field]));
	return first([...missing, ...named.map(([field, of]) => misfit(of, bag[field], below(field)))]);
}

/** The API server takes null as left out. */
function isThere(value: unknown): boolean {
	return value !== undefined && value !== null;
}

function first(misfits: readonly (string | undefined)[]): string | undefined {
	return misfits.find((each) => each !== undefined);
}

import fc from "fast-check";
import type { FieldSchema } from "../../catalogue/kubernetes/custom-kind";

/** Values that a schema takes: each with its required fields, and any of the others. */
export function valuesOf(schema: FieldSchema): fc.Arbitrary<unknown> {
	if ("x-kubernetes-int-or-string" in schema) {
		return fc.oneof(fc.integer(), fc.string());
	}
	switch (schema.type) {
		case "string":
			return schema.enum === undefined ? fc.string() : fc.constantFrom(...schema.enum);
		case "boolean":
			return fc.boolean();
		case "integer":
			return fc.integer({ min: schema.minimum ?? -9, max: Math.min(schema.maximum ?? 9, 9) });
		case "number":
			return fc.float({ min: schema.minimum ?? -9, max: schema.maximum ?? 9, noNaN: true });
		case "array":
			return fc.array(valuesOf(schema.items), { minLength: schema.minItems ?? 0, maxLength: 3 });
		case "object":
			return objectsOf(schema);
	}
}

function objectsOf(schema: FieldSchema & { readonly type: "object" }): fc.Arbitrary<unknown> {
	if ("additionalProperties" in schema) {
		return fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), valuesOf(schema.additionalProperties), { maxKeys: 3 });
	}
	if (!("properties" in schema)) {
		return fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string(), { maxKeys: 3 });
	}
	const fields = Object.entries(schema.properties).map(([field, of]) => [field, valuesOf(of)] as const);
	return fc.record(Object.fromEntries(fields), { requiredKeys: [...(schema.required ?? [])] });
}

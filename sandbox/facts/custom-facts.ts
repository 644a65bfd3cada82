import { apiVersionOf, type CustomKind, type FieldSchema } from "../../catalogue/kubernetes/custom-kind";
import type { ObjectFacts, ResourceFacts, TypeText } from "../facts";
import { enumText, listOf } from "./type-text";

/** Nested types by name, as facts keep them. */
export type ObjectsByName = { readonly [name: string]: ObjectFacts };

/** Type token of a custom kind, as Pulumi's kubernetes provider gives it: `kubernetes:ray.io/v1:RayCluster`. */
export function tokenOf(kind: CustomKind): string {
	return `kubernetes:${apiVersionOf(kind)}:${kind.kind}`;
}

/** Facts of a custom kind: those of the SDK end where a cluster's own kinds begin. */
export function resourceFactsOf(kind: CustomKind): ResourceFacts {
	const inputs = {
		apiVersion: enumText([apiVersionOf(kind)]),
		kind: enumText([kind.kind]),
		metadata: "#meta.v1.ObjectMeta",
		spec: schemaText(kind.spec, specName(kind)),
	};
	return {
		inputs,
		required: ["spec"],
		outputs: { ...inputs, status: "map<any>" },
		secretOutputs: [],
		replaceOn: ["metadata.name", "metadata.namespace"],
	};
}

/** The nested types that a custom kind's facts name. */
export function objectFactsOf(kind: CustomKind): ObjectsByName {
	return objectsIn(kind.spec, specName(kind));
}

/** The grammar's text of a schema; `name` is that of its type, if it becomes one. Ranges and patterns have no text. */
export function schemaText(schema: FieldSchema, name: string): TypeText {
	if ("x-kubernetes-int-or-string" in schema) {
		return "number|string";
	}
	switch (schema.type) {
		case "string":
			return schema.enum === undefined ? "string" : enumText(schema.enum);
		case "boolean":
			return "boolean";
		case "integer":
		case "number":
			return "number";
		case "array":
			return listOf(schemaText(schema.items, name));
		case "object":
			if ("additionalProperties" in schema) {
				return `map<${schemaText(schema.additionalProperties, name)}>`;
			}
			return isClosed(schema) ? `#${name}` : "map<any>";
	}
}

function objectsIn(schema: FieldSchema, name: string): ObjectsByName {
	if ("items" in schema) {
		return objectsIn(schema.items, name);
	}
	if ("additionalProperties" in schema) {
		return objectsIn(schema.additionalProperties, name);
	}
	if (!("properties" in schema) || !isClosed(schema)) {
		return {};
	}
	const fields = Object.entries(schema.properties)
		.map(([field, of]) => ({ field, of, name: `${name}${field.charAt(0).toUpperCase()}${field.slice(1)}` }))
		.sort((a, b) => (a.field < b.field ? -1 : 1));
	const own: ObjectFacts = {
		fields: Object.fromEntries(fields.map((each) => [each.field, schemaText(each.of, each.name)])),
		required: [...(schema.required ?? [])].sort(),
	};
	return Object.assign({ [name]: own }, ...fields.map((each) => objectsIn(each.of, each.name)));
}

/** The facts' objects take no field beyond their own, so that one that takes others is a map. */
function isClosed(schema: FieldSchema): boolean {
	return !("x-kubernetes-preserve-unknown-fields" in schema);
}

function specName({ group, version, kind }: CustomKind): string {
	return `${group}.${version}.${kind}Spec`;
}

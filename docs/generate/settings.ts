import { z } from "zod";
import { code, either } from "./markdown";

/** One setting of a schema. */
export interface Setting {
	/** As `regions[].zones`; within an alternative, `capacity{reservation}.id`. */
	readonly path: string;
	/** What may be written, with range and unit. */
	readonly type: string;
	/** The default, or that the setting is required. */
	readonly fallback: string;
}

/** The settings of one object, in the order in which the schema has them. */
export interface SettingGroup {
	/** Path of the object; empty for the root. */
	readonly path: string;
	readonly settings: readonly Setting[];
}

/** The part of JSON Schema that zod writes for our schemas; `description` is what zod says of a wrong value. */
interface JsonSchema {
	readonly type?: string;
	readonly properties?: { readonly [key: string]: JsonSchema };
	readonly required?: readonly string[];
	readonly items?: JsonSchema;
	readonly oneOf?: readonly JsonSchema[];
	readonly enum?: readonly unknown[];
	readonly const?: unknown;
	readonly default?: unknown;
	readonly minItems?: number;
	readonly maxItems?: number;
	readonly minimum?: number;
	readonly maximum?: number;
	readonly description?: string;
}

/** Every setting that a person may write, by the object that holds it. */
export function settingGroups(schema: z.ZodType): SettingGroup[] {
	return groupsOf(jsonSchema(schema), "");
}

/** The schema's JSON Schema for input; types that JSON Schema cannot name are described by their own message. */
function jsonSchema(schema: z.ZodType): JsonSchema {
	const told = z.toJSONSchema(schema, {
		io: "input",
		unrepresentable: "any",
		override: ({ zodSchema, jsonSchema: target }) => {
			const result = z.core.safeParse(zodSchema, null);
			target.description = result.success ? "" : (result.error.issues[0]?.message ?? "");
		},
	});
	// zod's own type allows every draft's forms; what it writes for our schemas is the plain part above.
	const json: JsonSchema = JSON.parse(JSON.stringify(told));
	return json;
}

function groupsOf(schema: JsonSchema, path: string): SettingGroup[] {
	if (schema.items !== undefined) {
		return groupsOf(schema.items, `${path}[]`);
	}
	if (schema.oneOf !== undefined) {
		return schema.oneOf.flatMap((option) => groupsOf(option, `${path}{${kindOf(option)}}`));
	}
	const fields = Object.entries(schema.properties ?? {});
	if (fields.length === 0) {
		return [];
	}
	const at = (name: string): string => (path === "" ? name : `${path}.${name}`);
	const settings = fields.map(([name, field]) => ({
		path: at(name),
		type: typeText(field),
		fallback: fallbackText(field, schema.required?.includes(name) === true),
	}));
	return [{ path, settings }, ...fields.flatMap(([name, field]) => groupsOf(field, at(name)))];
}

function kindOf(option: JsonSchema): string {
	const told = Object.values(option.properties ?? {}).find((property) => property.const !== undefined);
	return String(told?.const ?? "");
}

function typeText(schema: JsonSchema): string {
	const told = /^must be (.+)$/.exec(schema.description ?? "")?.[1];
	if (schema.const !== undefined) {
		return value(schema.const);
	}
	if (schema.enum !== undefined) {
		return either(schema.enum.map(value));
	}
	if (schema.oneOf !== undefined) {
		return `settings of kind ${either(schema.oneOf.map((option) => code(kindOf(option))))}`;
	}
	switch (schema.type) {
		case "array":
			return listText(schema);
		case "boolean":
			return "`true` or `false`";
		case "integer":
		case "number":
			return told ?? `number, ${schema.minimum} to ${schema.maximum}`;
		case "object":
			return schema.properties === undefined ? "map of text to text" : "settings";
		default:
			return told ?? "text";
	}
}

function listText({ items, minItems, maxItems }: JsonSchema): string {
	const most = minItems === maxItems ? "exactly" : "at least";
	const length = minItems === undefined ? "" : `, ${most} ${minItems}`;
	return items?.properties === undefined ? `list${length}; each ${typeText(items ?? {})}` : `list of entries${length}`;
}

function fallbackText(schema: JsonSchema, required: boolean): string {
	if (required) {
		return "required";
	}
	if (schema.default === undefined) {
		return "none";
	}
	const inner = schema.properties !== undefined && JSON.stringify(schema.default) === "{}";
	return inner ? "its own defaults" : value(schema.default);
}

function value(given: unknown): string {
	return code(typeof given === "string" ? given : JSON.stringify(given));
}

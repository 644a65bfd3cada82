import { closest, distance } from "fastest-levenshtein";
import { z } from "zod";
import { type Problem, refuseProblems } from "../lib/errors";
import { crossFieldProblems, withAllPools } from "./rules";
import { type Spec, specSchema } from "./schema";

/** What zod says of one value, with the parts that differ by kind. */
type Issue = z.core.$ZodIssue;

/** The specification with its defaults and the pools of its modules, or one `UserError` with every problem. `subject` names the file. */
export function parseSpec(value: unknown, subject: string): Spec {
	const result = specSchema.safeParse(value);
	const problems = result.success ? [] : result.error.issues.flatMap((issue) => toProblems(issue, value));
	// Misspelt keys alone do not keep the rest from being judged.
	const judged = result.success ? result : specSchema.safeParse(withoutKeys(value, unknownKeys(result.error.issues)));
	const crossed = judged.success ? crossFieldProblems(judged.data) : [];
	refuseProblems(subject, [...problems, ...crossed], remedy);
	if (!result.success) {
		throw new Error("a failed parse has issues");
	}
	return withAllPools(result.data);
}

/** Paths of the keys that the schema does not have. */
function unknownKeys(issues: readonly Issue[]): PropertyKey[][] {
	return issues.flatMap((issue) =>
		issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [],
	);
}

function withoutKeys(value: unknown, paths: readonly PropertyKey[][]): unknown {
	const copy: unknown = structuredClone(value);
	for (const path of paths) {
		const holder = valueAt(copy, path.slice(0, -1));
		if (typeof holder === "object" && holder !== null) {
			Reflect.deleteProperty(holder, path.at(-1) ?? "");
		}
	}
	return copy;
}

const remedy = "mend the file and run the command again; docs/spec.md lists every setting";

function toProblems(issue: Issue, root: unknown): Problem[] {
	if (issue.code === "unrecognized_keys") {
		const known = keysAt(issue.path);
		return issue.keys.map((key) => ({ path: join([...issue.path, key]), message: unknownKey(key, known) }));
	}
	const path = placeOf(issue);
	const given = valueAt(root, path);
	const was = given === undefined ? "nothing was given" : `${JSON.stringify(given)} was given`;
	return [{ path: join(path), message: `${expectation(issue)}, but ${was}` }];
}

/** Where the mistake is: the setting that tells alternatives apart, where none of them was meant. */
function placeOf(issue: Issue): PropertyKey[] {
	const told = issue.code === "invalid_union" ? issue.discriminator : undefined;
	return told === undefined || issue.path.at(-1) === told ? issue.path : [...issue.path, told];
}

function expectation(issue: Issue): string {
	switch (issue.code) {
		case "invalid_value":
			return `must be ${issue.values.map((value) => JSON.stringify(value)).join(" or ")}`;
		case "invalid_type":
			return issue.message.startsWith("Invalid input") ? `must be ${article(issue.expected)}` : issue.message;
		case "invalid_union":
			return `must be ${either(valuesAt(placeOf(issue)))}`;
		default:
			return issue.message;
	}
}

function either(values: readonly string[]): string {
	const texts = values.map((value) => JSON.stringify(value));
	return texts.length < 2 ? (texts[0] ?? "something else") : `${texts.slice(0, -1).join(", ")} or ${texts.at(-1)}`;
}

function article(type: string): string {
	return `${/^[aeiou]/.test(type) ? "an" : "a"} ${type}`;
}

function unknownKey(key: string, known: readonly string[]): string {
	const near = known.length > 0 ? closest(key, known) : undefined;
	if (near !== undefined && distance(key.toLowerCase(), near.toLowerCase()) <= Math.max(2, key.length / 3)) {
		return `is not a setting; did you mean ${near}?`;
	}
	return `is not a setting; here are ${known.join(", ") || "none"}`;
}

function join(path: readonly PropertyKey[]): string {
	return path.reduce<string>(
		(text, step) =>
			typeof step === "number" ? `${text}[${step}]` : text === "" ? String(step) : `${text}.${String(step)}`,
		"",
	);
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
	return path.reduce<unknown>(
		(value, step) => (typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined),
		root,
	);
}

/** The settings that the schema has at a path; those of every alternative together. */
function keysAt(path: readonly PropertyKey[]): string[] {
	return [...new Set(schemasAt(path).flatMap((schema) => Object.keys(schema.properties ?? {})))];
}

/** The texts that alternatives are told apart by at a path. */
function valuesAt(path: readonly PropertyKey[]): string[] {
	return [...new Set(schemasAt(path).flatMap((schema) => (typeof schema.const === "string" ? [schema.const] : [])))];
}

function schemasAt(path: readonly PropertyKey[]): JsonSchema[] {
	const root: JsonSchema = z.toJSONSchema(specSchema, { io: "input", unrepresentable: "any" });
	const found = path.reduce<JsonSchema[]>((schemas, step) => schemas.flatMap((each) => descend(each, step)), [root]);
	return found.flatMap(alternatives);
}

interface JsonSchema {
	readonly properties?: { readonly [key: string]: JsonSchema | boolean };
	readonly items?: unknown;
	readonly const?: unknown;
	readonly anyOf?: readonly unknown[];
	readonly oneOf?: readonly unknown[];
}

function descend(schema: JsonSchema, step: PropertyKey): JsonSchema[] {
	return alternatives(schema).flatMap((option) => {
		const next = typeof step === "number" ? option.items : option.properties?.[String(step)];
		return isSchema(next) ? [next] : [];
	});
}

function alternatives(schema: JsonSchema): JsonSchema[] {
	const options = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].filter(isSchema);
	return options.length > 0 ? options.flatMap(alternatives) : [schema];
}

function isSchema(value: unknown): value is JsonSchema {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

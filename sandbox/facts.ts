import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/**
 * A type as text: `string`, `number`, `boolean`, `any`, `asset`, `T[]`, `map<T>`, `#object`, `enum("a"|"b")`, and
 * unions with `|` (in parentheses before `[]`). sandbox/check/type-grammar.ts reads it.
 */
export type TypeText = string;

const typesByName = z.record(z.string(), z.string());

const resourceFacts = z.strictObject({
	/** Type of each input, without `pulumi.Input`. */
	inputs: typesByName,
	/** Inputs without which the SDK's type does not compile. */
	required: z.array(z.string()),
	/** Type of each output, inputs among them. */
	outputs: typesByName,
	/** Outputs that the SDK marks secret. */
	secretOutputs: z.array(z.string()),
	/** Input paths whose change replaces the object; a path covers all that is below it. */
	replaceOn: z.array(z.string()),
});

const objectFacts = z.strictObject({ fields: typesByName, required: z.array(z.string()) });

const packageFacts = z.strictObject({
	package: z.string(),
	version: z.string(),
	resources: z.record(z.string(), resourceFacts),
	objects: z.record(z.string(), objectFacts),
});

/** What the SDK's types and the replace table say of one resource type. */
export type ResourceFacts = z.infer<typeof resourceFacts>;

/** A nested object type: its fields and those that must be there. */
export type ObjectFacts = z.infer<typeof objectFacts>;

/** The checked-in facts of one package, `sandbox/facts/<package>.json`; written by `npm run facts`. */
export type PackageFacts = z.infer<typeof packageFacts>;

const loaded = new Map<string, PackageFacts>();

/** The facts of a package (`aws`, `kubernetes`), read once; throws where no facts are checked in for it. */
export function factsFor(pkg: string): PackageFacts {
	const known = loaded.get(pkg);
	if (known) {
		return known;
	}
	const facts = packageFacts.parse(JSON.parse(readFileSync(join(__dirname, "facts", `${pkg}.json`), "utf8")));
	loaded.set(pkg, facts);
	return facts;
}

/** The facts of one resource type; undefined where the type is not in use. */
export function factsOfType(token: string): ResourceFacts | undefined {
	const { resources } = factsFor(token.split(":")[0] ?? "");
	return Object.hasOwn(resources, token) ? resources[token] : undefined;
}

import assert from "node:assert/strict";
import fc from "fast-check";
import { conforms, misfit } from "../../../../catalogue/kubernetes/conforms";
import type { CustomKind, FieldSchema } from "../../../../catalogue/kubernetes/custom-kind";
import { gkeKinds } from "../../../../catalogue/kubernetes/gke-networks";
import { leaderWorkerSet } from "../../../../catalogue/kubernetes/leader-worker-set";
import { rayCluster } from "../../../../catalogue/kubernetes/ray-cluster";
import type { SpecOf } from "../../../../catalogue/kubernetes/spec-of";
import { valuesOf } from "../../../support/schema-values";

const kinds: readonly CustomKind[] = [...gkeKinds, leaderWorkerSet, rayCluster];

const thing = {
	group: "example.com",
	version: "v1",
	kind: "Thing",
	plural: "things",
	scope: "Cluster",
	spec: {
		type: "object",
		required: ["mode"],
		properties: {
			mode: { type: "string", enum: ["fast", "slow"] },
			share: { "x-kubernetes-int-or-string": true },
			ratio: { type: "number" },
			on: { type: "boolean" },
			ports: {
				type: "array",
				items: { type: "object", required: ["port"], properties: { port: { type: "integer" } } },
			},
			labels: { type: "object", additionalProperties: { type: "string" } },
			template: {
				type: "object",
				properties: { name: { type: "string" } },
				"x-kubernetes-preserve-unknown-fields": true,
			},
			rest: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
		},
	},
} as const satisfies CustomKind;

type Thing = SpecOf<typeof thing>;

/** Each compiles as a spec: the type of the schema takes what the schema takes. */
const taken: readonly Thing[] = [
	{ mode: "fast" },
	{ mode: "slow", share: "25%", ratio: 0.5, on: false },
	{ mode: "slow", share: 3, ports: [{ port: 80 }], labels: { a: "b" } },
	{ mode: "fast", template: { name: "x", more: { below: 1 } }, rest: { any: ["thing"] } },
];

/** None compiles as a spec: where the type takes one of these, the compiler says that nothing was to be expected. */
const refused: readonly (readonly [string, string, unknown])[] = [
	// @ts-expect-error `mode` is required
	["a required field that is missing", "mode", {} satisfies Thing],
	// @ts-expect-error `mode` has two values
	["a text that is not listed", "mode", { mode: "Fast" } satisfies Thing],
	// @ts-expect-error neither number nor text
	["neither number nor text", "share", { mode: "fast", share: true } satisfies Thing],
	// @ts-expect-error text for a number
	["a text for a number", "ratio", { mode: "fast", ratio: "0.5" } satisfies Thing],
	// @ts-expect-error text for a flag
	["a text for a flag", "on", { mode: "fast", on: "true" } satisfies Thing],
	// @ts-expect-error an element without its field
	["a wrong element of a list", "ports[1].port", { mode: "fast", ports: [{ port: 1 }, {}] } satisfies Thing],
	// @ts-expect-error an object for a list
	["an object for a list", "ports", { mode: "fast", ports: {} } satisfies Thing],
	// @ts-expect-error a number among texts
	["a wrong value of a map", "labels.a", { mode: "fast", labels: { a: 1 } } satisfies Thing],
	// @ts-expect-error a number for the one field that is named
	["a wrong field of an open object", "template.name", { mode: "fast", template: { name: 1 } } satisfies Thing],
	["no object", "", "fast"],
];

describe("SpecOf", () => {
	it("has no field that the schema does not name", () => {
		// @ts-expect-error `mod` is misspelt
		const spec: Thing = { mode: "fast", mod: "fast" };
		assert.deepEqual(Object.keys(spec), ["mode", "mod"]);
	});
});

describe("conforms", () => {
	taken.forEach((value, i) => {
		it(`takes what its type takes, ${i + 1}`, () => assert.ok(conforms(thing.spec, value)));
	});

	for (const [what, at, value] of refused) {
		it(`names ${what}`, () => {
			assert.equal(misfit(thing.spec, value, ""), at);
			assert.equal(conforms(thing.spec, value), false);
		});
	}

	it("passes over fields that nobody names, and null", () =>
		assert.ok(conforms(thing.spec, { mode: "fast", unheardOf: 1, ratio: null })));

	it("tells an integer from another number", () => {
		const schema: FieldSchema = { type: "integer" };
		assert.ok(conforms(schema, 2));
		assert.equal(conforms(schema, 2.5), false);
	});

	for (const { kind, spec } of kinds) {
		it(`takes every spec of a ${kind}, and none without what it requires`, () => {
			fc.assert(
				fc.property(valuesOf(spec), (value) => {
					assert.equal(misfit(spec, value, "spec"), undefined);
					assert.ok("required" in spec);
					for (const field of spec.required ?? []) {
						assert.equal(misfit(spec, { ...Object(value), [field]: undefined }, "spec"), `spec.${field}`);
					}
				}),
				{ numRuns: 30 },
			);
		});
	}
});

describe("a custom kind's schema", () => {
	for (const kind of kinds) {
		it(`of a ${kind.kind} requires fields that it has, and its defaults are of their type`, () => {
			assert.equal(kind.plural, kind.plural.toLowerCase());
			const all = schemasIn(kind.spec);
			assert.ok(all.length > 3);
			for (const schema of all) {
				const missing =
					"required" in schema ? (schema.required ?? []).filter((field) => !(field in schema.properties)) : [];
				assert.deepEqual(missing, []);
				if ("default" in schema) {
					assert.ok(conforms(schema, schema.default), JSON.stringify(schema));
				}
			}
		});
	}
});

function schemasIn(schema: FieldSchema): FieldSchema[] {
	const below = [
		...("properties" in schema ? Object.values(schema.properties) : []),
		...("items" in schema ? [schema.items] : []),
		...("additionalProperties" in schema ? [schema.additionalProperties] : []),
	];
	return [schema, ...below.flatMap(schemasIn)];
}

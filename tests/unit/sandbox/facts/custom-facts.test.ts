import assert from "node:assert/strict";
import fc from "fast-check";
import type { CustomKind } from "../../../../catalogue/kubernetes/custom-kind";
import { gkeKinds, gkeNetworkParamSet } from "../../../../catalogue/kubernetes/gke-networks";
import type { Properties } from "../../../../lib/values";
import { checkFacts } from "../../../../sandbox/check/facts-check";
import { parseType } from "../../../../sandbox/check/type-grammar";
import { expandedKinds } from "../../../../sandbox/clusters/expansion/expansion";
import { factsFor, type PackageFacts } from "../../../../sandbox/facts";
import { objectFactsOf, resourceFactsOf, schemaText, tokenOf } from "../../../../sandbox/facts/custom-facts";
import { valuesOf } from "../../../support/schema-values";

const kinds = [...gkeKinds, ...expandedKinds];

/** The facts of one kind, beside those of the SDK. */
function factsWith(kind: CustomKind): PackageFacts {
	const sdk = factsFor("kubernetes");
	return {
		...sdk,
		resources: { [tokenOf(kind)]: resourceFactsOf(kind) },
		objects: { ...sdk.objects, ...objectFactsOf(kind) },
	};
}

function objectOf({ group, version, kind }: CustomKind, spec: unknown): Properties {
	return JSON.parse(JSON.stringify({ apiVersion: `${group}/${version}`, kind, metadata: { name: "a" }, spec }));
}

describe("facts of a custom kind", () => {
	it("are named as the provider names its types", () =>
		assert.equal(tokenOf(gkeNetworkParamSet), "kubernetes:networking.gke.io/v1:GKENetworkParamSet"));

	const texts = [
		["an enum", { type: "string", enum: ["a", "b"] }, 'enum("a"|"b")'],
		["a text", { type: "string", pattern: "^a" }, "string"],
		["a flag", { type: "boolean" }, "boolean"],
		["a number", { type: "integer", minimum: 1 }, "number"],
		["a number or text", { "x-kubernetes-int-or-string": true }, "number|string"],
		["a list of these", { type: "array", items: { "x-kubernetes-int-or-string": true } }, "(number|string)[]"],
		["a map", { type: "object", additionalProperties: { type: "string" } }, "map<string>"],
		["an open object", { type: "object", "x-kubernetes-preserve-unknown-fields": true }, "map<any>"],
		["a list of objects", { type: "array", items: { type: "object", properties: {} } }, "#x.v1.Thing[]"],
	] as const;
	for (const [what, schema, text] of texts) {
		it(`write ${what} as the grammar reads it`, () => {
			assert.equal(schemaText(schema, "x.v1.Thing"), text);
			parseType(text);
		});
	}

	it("take a misspelt field for a fault, with the right one named", () => {
		const inputs = objectOf(gkeNetworkParamSet, { vpc: "v", vpcSubnet: "s", podIPv4Ranges: { rangeName: ["a"] } });
		const faults = checkFacts(factsWith(gkeNetworkParamSet), tokenOf(gkeNetworkParamSet), inputs);
		assert.deepEqual(
			faults.map(({ property }) => property),
			["spec.podIPv4Ranges.rangeNames", "spec.podIPv4Ranges.rangeName"],
		);
	});

	for (const kind of kinds) {
		it(`name exactly the types that a ${kind.kind} reaches`, () => {
			const objects = objectFactsOf(kind);
			const texts = [
				...Object.values(resourceFactsOf(kind).inputs),
				...Object.values(objects).flatMap(({ fields }) => Object.values(fields)),
			];
			const named = texts.flatMap((text) => [...text.matchAll(/#([\w.$-]+)/g)].map((match) => match[1]));
			const own = [...new Set(named)].filter((name) => name !== "meta.v1.ObjectMeta");
			assert.deepEqual(own.sort(), Object.keys(objects).sort());
		});

		it(`take every ${kind.kind} that its schema takes`, () => {
			fc.assert(
				fc.property(valuesOf(kind.spec), (spec) =>
					assert.deepEqual(checkFacts(factsWith(kind), tokenOf(kind), objectOf(kind, spec)), []),
				),
				{ numRuns: 30 },
			);
		});
	}
});

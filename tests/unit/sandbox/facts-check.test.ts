import assert from "node:assert/strict";
import type { Properties } from "../../../lib/values";
import { UNKNOWN } from "../../../lib/values";
import { checkFacts } from "../../../sandbox/check/facts-check";
import { parseType } from "../../../sandbox/check/type-grammar";
import type { PackageFacts } from "../../../sandbox/facts";
import { assertFault } from "./stage";

const FACTS: PackageFacts = {
	package: "test",
	version: "1.0.0",
	resources: {
		"test:a:Box": {
			inputs: {
				any: "any",
				amount: "number|string",
				file: "asset",
				flags: "map<boolean>",
				kind: 'enum("big"|"small")',
				name: "string",
				open: 'string|enum("x")',
				parts: "#Part[]",
				policy: "string|#Policy",
				size: "number",
				words: "(string|number)[]",
			},
			required: ["name"],
			outputs: {},
			secretOutputs: [],
			replaceOn: [],
		},
	},
	objects: {
		Part: { fields: { deviceIndex: "number", deep: "#Part", tags: "map<string>" }, required: ["deviceIndex"] },
		Policy: { fields: { Version: "string" }, required: ["Version"] },
	},
};

function faults(inputs: Properties) {
	return checkFacts(FACTS, "test:a:Box", inputs);
}

describe("checkFacts", () => {
	it("takes inputs that fit", () => {
		const inputs: Properties = {
			any: [1, "a", { b: null }],
			amount: "50%",
			file: { path: "a.txt" },
			flags: { a: true },
			kind: "big",
			name: "a",
			open: "anything",
			parts: [{ deviceIndex: 0, deep: { deviceIndex: 1 }, tags: { a: "b" } }],
			policy: { Version: "1" },
			words: ["a", 1],
			__defaults: [],
		};
		assert.deepEqual(faults(inputs), []);
	});

	it("takes unknown values for any type, at any depth", () => {
		assert.deepEqual(
			faults({ name: UNKNOWN, size: UNKNOWN, parts: [UNKNOWN, { deviceIndex: UNKNOWN }], kind: UNKNOWN }),
			[],
		);
	});

	it("reports every fault at once, with its path", () => {
		const parts = [
			{ deviceIndex: 0 },
			{ deviceIndx: 1 },
			{ deviceIndex: "2" },
			{ deviceIndex: 3, deep: { deviceIndex: true } },
		];
		const found = faults({ parts, siez: 1 });
		assertFault(found, "name", /is required \(a string\)/);
		assertFault(found, "siez", /did you mean "size"/);
		assertFault(found, "parts[1].deviceIndx", /did you mean "deviceIndex"/);
		assertFault(found, "parts[1].deviceIndex", /is required/);
		assertFault(found, "parts[2].deviceIndex", /must be a number, but "2" was given/);
		assertFault(found, "parts[3].deep.deviceIndex", /must be a number, but true/);
		assert.equal(found.length, 6);
	});

	for (const [because, inputs, property, reason] of [
		["text for a number", { size: "3" }, "size", /a number/],
		["text for a flag", { flags: { a: "true" } }, "flags.a", /true or false \(not text\)/],
		["a value outside an enumeration", { kind: "bgi" }, "kind", /"big" or "small".*did you mean "big"/],
		["a list for a text", { open: ["x"] }, "open", /a string, but a list of 1/],
		["a text for a list", { parts: "x" }, "parts", /a list/],
		["one wrong element", { words: ["a", false] }, "words[1]", /a string or a number/],
		[
			"a wrong object of a union, by its own fault",
			{ policy: { Verion: "1" } },
			"policy.Verion",
			/did you mean "Version"/,
		],
		["a number for a union of text and object", { policy: 3 }, "policy", /a string or an object/],
		["null for a required property", { name: null }, "name", /is required/],
		["a property without a near name", { zzzzzzzz: 1 }, "zzzzzzzz", /no such property; remove it/],
	] as const) {
		it(`refuses ${because}`, () => {
			assertFault(faults({ name: "a", ...JSON.parse(JSON.stringify(inputs)) }), property, reason);
		});
	}

	it("reports a type that has no facts", () => {
		assert.match(
			checkFacts(FACTS, "test:a:Bok", {})[0]?.reason ?? "",
			/knows no type test:a:Bok; did you mean "test:a:Box"/,
		);
	});
});

describe("parseType", () => {
	it("reads nested types", () => {
		assert.deepEqual(parseType('map<(string|enum("a|b"|"c"))[]>'), {
			kind: "map",
			element: {
				kind: "list",
				element: { kind: "union", members: [{ kind: "string" }, { kind: "enum", values: ["a|b", "c"] }] },
			},
		});
	});

	for (const text of ["strin", "map<string", "enum()", "string]", "#"]) {
		it(`refuses ${text}`, () => assert.throws(() => parseType(text), /no type at character/));
	}
});

import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { hasUnknown, type Properties, UNKNOWN } from "../../../lib/values";
import { diffProperties, type PropertyChange } from "../../../sandbox/diff";

const value = fc.letrec<{ value: fc.JsonValue }>((tie) => ({
	value: fc.oneof(
		{ depthSize: "small", withCrossShrink: true },
		fc.constantFrom(null, true, false, 0, 1, "", "a", "b", UNKNOWN),
		fc.array(tie("value"), { maxLength: 3 }),
		fc.dictionary(fc.constantFrom("x", "y", "z"), tie("value"), { maxKeys: 3 }),
	),
})).value;

/** Bags of a few keys, so that two of them often share some. */
const bag: fc.Arbitrary<Properties> = fc
	.dictionary(fc.constantFrom("tags", "size", "rules", "name"), value, { maxKeys: 4 })
	.map((made) => JSON.parse(JSON.stringify(made)));

function known(properties: Properties): Properties {
	return JSON.parse(JSON.stringify(properties).replaceAll(UNKNOWN, "known"));
}

const opposite: { readonly [kind in PropertyChange["kind"]]: PropertyChange["kind"] } = {
	add: "delete",
	delete: "add",
	update: "update",
};

describe("diffProperties", () => {
	it("is empty for a bag and itself", () => {
		fc.assert(fc.property(bag.map(known), (a) => assert.deepEqual(diffProperties(a, a, ["tags", "rules"]), [])));
	});

	it("shows the opposite when the sides are swapped", () => {
		fc.assert(
			fc.property(bag.map(known), bag.map(known), (a, b) => {
				const there = diffProperties(a, b, []).map(({ path, kind }) => `${opposite[kind]} ${path}`);
				const back = diffProperties(b, a, []).map(({ path, kind }) => `${kind} ${path}`);
				assert.deepEqual(there.sort(), back.sort());
			}),
		);
	});

	it("names each path once, below a key that differs", () => {
		fc.assert(
			fc.property(bag, bag, (a, b) => {
				const paths = diffProperties(a, b, []).map(({ path }) => path);
				assert.equal(new Set(paths).size, paths.length);
				for (const path of paths) {
					const key = path.split(/[.[]/)[0] ?? "";
					assert.ok(hasUnknown(b[key]) || !isDeepStrictEqual(a[key], b[key]), path);
				}
			}),
		);
	});

	it("shows a replacement exactly where a rule is the path, above it or below it", () => {
		fc.assert(
			fc.property(bag, bag, fc.subarray(["tags", "size", "rules", "name"]), (a, b, rules) => {
				for (const { path, replaces } of diffProperties(a, b, rules)) {
					assert.equal(replaces, rules.includes(path.split(/[.[]/)[0] ?? ""), path);
				}
			}),
		);
	});

	const rows: readonly (readonly [string, Properties, Properties, readonly string[], readonly PropertyChange[]])[] = [
		["an added property", {}, { a: 1 }, [], [{ path: "a", kind: "add", replaces: false }]],
		["a removed one", { a: 1 }, {}, [], [{ path: "a", kind: "delete", replaces: false }]],
		["a changed one", { a: 1 }, { a: 2 }, ["a"], [{ path: "a", kind: "update", replaces: true }]],
		["null as absent", { a: null }, {}, [], []],
		["an unknown value as a change", { a: 1 }, { a: UNKNOWN }, [], [{ path: "a", kind: "update", replaces: false }]],
		["a value of another kind", { a: [1] }, { a: { x: 1 } }, [], [{ path: "a", kind: "update", replaces: false }]],
		[
			"a change deep inside, by its path",
			{ tags: { owner: "a", team: "t" }, ids: ["1", "2"] },
			{ tags: { owner: "b", team: "t" }, ids: ["1", "3", "4"] },
			[],
			[
				{ path: "tags.owner", kind: "update", replaces: false },
				{ path: "ids[1]", kind: "update", replaces: false },
				{ path: "ids[2]", kind: "add", replaces: false },
			],
		],
		["nothing for the engine's own keys", { __defaults: ["a"] }, { __defaults: [] }, [], []],
		[
			"a replacement by a path through lists",
			{ rules: [{ size: 1 }] },
			{ rules: [{ size: 2 }] },
			["rules[].size"],
			[{ path: "rules[0].size", kind: "update", replaces: true }],
		],
		[
			"a replacement where what contains the path is added",
			{},
			{ network: { family: "ipv4" } },
			["network.family"],
			[{ path: "network", kind: "add", replaces: true }],
		],
		[
			"no replacement for a path that only begins alike",
			{ nameServers: 1 },
			{ nameServers: 2 },
			["name"],
			[{ path: "nameServers", kind: "update", replaces: false }],
		],
	];
	for (const [what, olds, news, replaceOn, changes] of rows) {
		it(`shows ${what}`, () => assert.deepEqual(diffProperties(olds, news, replaceOn), changes));
	}
});

import assert from "node:assert/strict";
import { SECRET, UNKNOWN, type Value } from "../../lib/values";
import { at, readBoolean, readList, readNumber, readText } from "../../policies/reading";

function kindOf(reading: { readonly kind: string }): string {
	return reading.kind;
}

describe("reading of inputs", () => {
	it("keeps absent, unknown and invalid apart", () => {
		for (const absent of [{}, { a: null }, { a: "" }] satisfies Value[]) {
			assert.deepEqual(
				[readBoolean, readNumber, readText].map((read) => kindOf(read(absent, "a"))),
				Array(3).fill("absent"),
			);
		}
		for (const hidden of [UNKNOWN, { a: UNKNOWN }, { a: SECRET }, { a: `x${UNKNOWN}` }] satisfies Value[]) {
			assert.equal(readText(hidden, "a").kind, "unknown");
		}
		assert.equal(readText(SECRET, "a.b").kind, "unknown");
		assert.equal(readText({ a: 1 }, "a").kind, "invalid");
	});

	it("reads booleans and numbers that are written as text, and no other text", () => {
		assert.deepEqual(readBoolean({ a: "TRUE" }, "a"), { kind: "known", value: true });
		assert.deepEqual(readBoolean({ a: "false" }, "a"), { kind: "known", value: false });
		assert.equal(readBoolean({ a: 1 }, "a").kind, "invalid");
		assert.deepEqual(readNumber({ a: "30" }, "a"), { kind: "known", value: 30 });
		for (const value of [" ", "thirty", true, []] satisfies Value[]) {
			assert.equal(readNumber({ a: value }, "a").kind, "invalid", JSON.stringify(value));
		}
	});

	it("steps through lists of one, as bridged providers flatten them, not through longer ones", () => {
		assert.equal(at({ a: [{ b: 1 }] }, "a.b"), 1);
		assert.equal(at({ a: [{ b: 1 }, { b: 2 }] }, "a.b"), undefined);
		assert.equal(at({}, "constructor.name"), undefined);
	});

	it("leaves hidden elements out of a list and says so", () => {
		const list = readList({ a: [UNKNOWN, 1, null, SECRET] }, "a");
		assert.deepEqual(list, { items: [{ path: "a[1]", value: 1 }], complete: false, absent: false });
		assert.deepEqual(readList({}, "a"), { items: [], complete: true, absent: true });
		assert.deepEqual(readList({ a: UNKNOWN }, "a"), { items: [], complete: false, absent: false });
		assert.deepEqual(readList({ a: 1 }, "a").items, [{ path: "a", value: 1 }]);
	});
});

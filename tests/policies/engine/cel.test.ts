import assert from "node:assert/strict";
import { type Properties, UNKNOWN, type Value } from "../../../lib/values";
import { judgeCel } from "../../../policies/engine/cel";
import type { CelCheck } from "../../../policies/rule";

function check(expression: string, variables: CelCheck["variables"] = []): CelCheck {
	return { kind: "cel", variables, validations: [{ expression, message: "it is so", property: "spec" }] };
}

function verdict(expression: string, object: Properties): string | undefined {
	return judgeCel(check(expression), object)[0]?.verdict;
}

describe("judgeCel", () => {
	it("passes what is true and fails what is false", () => {
		assert.equal(verdict("object.spec.replicas == 2", { spec: { replicas: 2 } }), "pass");
		assert.equal(verdict("object.spec.replicas == 2", { spec: { replicas: 3 } }), "fail");
	});

	it("sees whole numbers as ints and null fields as absent, as the cluster does", () => {
		assert.equal(verdict("object.a + 1 == 3", { a: 2 }), "pass");
		assert.equal(verdict("!has(object.a)", { a: null }), "pass");
		assert.equal(verdict("object.a > 1.5", { a: 1.6 }), "pass");
	});

	it("refuses what cannot be evaluated", () => {
		assert.equal(verdict("object.missing.field == 1", {}), "fail");
		assert.equal(verdict("object.a", { a: "text" }), "fail");
	});

	it("leaves undecided what hangs on an unknown", () => {
		const object = { a: UNKNOWN, l: ["x", UNKNOWN], m: { n: UNKNOWN } };
		for (const expression of [
			"object.a == 1",
			"object.a != 1",
			"object.a.b.c == 1",
			"object.a == object.a",
			"object.a ? true : false",
			"size(object.a) > 0",
			"object.a.all(x, x)",
			"object.a.startsWith('x')",
			"object.a in ['x']",
			"'y' in object.l",
			"object.l.all(x, x == 'x')",
			"object.l.exists(x, x == 'y')",
			"object.l == ['x', 'y']",
			"object.l[1] == 'x'",
			"object.m == {'n': 1}",
			"[1].all(x, object.a == x)",
		]) {
			assert.equal(verdict(expression, object), "undetermined", expression);
		}
	});

	it("decides where an unknown does not matter, in either order", () => {
		const object = { a: UNKNOWN, l: ["x", UNKNOWN], r: [UNKNOWN, "x"], known: 1 };
		for (const expression of [
			"object.known == 1 || object.a == 1",
			"object.a == 1 || object.known == 1",
			"'x' in object.l",
			"'x' in object.r",
			"object.l.exists(x, x == 'x')",
			"object.r.exists(x, x == 'x')",
			"size(object.l) == 2",
			"has(object.a)",
		]) {
			assert.equal(verdict(expression, object), "pass", expression);
			assert.equal(verdict(`!(${expression})`, object), "fail", expression);
		}
		assert.equal(verdict("object.l.all(x, x != 'x')", object), "fail");
		assert.equal(verdict("object.r.all(x, x != 'x')", object), "fail");
	});

	it("keeps a variable that is not known out of the way of the others", () => {
		const variables = [
			{ name: "a", expression: "object.a" },
			{ name: "b", expression: "object.b" },
		];
		const either = check("variables.b == 1 || variables.a == 1", variables);
		assert.equal(judgeCel(either, { a: UNKNOWN, b: 1 })[0]?.verdict, "pass");
		assert.equal(judgeCel(either, { a: UNKNOWN, b: 2 })[0]?.verdict, "undetermined");
	});

	it("lets variables use those before them", () => {
		const variables = [
			{ name: "one", expression: "object.n" },
			{ name: "two", expression: "variables.one + 1" },
		];
		assert.equal(judgeCel(check("variables.two == 2", variables), { n: 1 })[0]?.verdict, "pass");
	});

	it("throws where an expression does not parse or is too long", () => {
		assert.throws(() => judgeCel(check("object."), {}));
		assert.throws(() => judgeCel(check(`true ${"|| true ".repeat(2000)}`), {}), /10000 characters/);
	});

	it("refuses objects that are too deep or too large, in time", () => {
		let deep: Value = 1;
		for (let i = 0; i < 200; i += 1) {
			deep = { d: deep };
		}
		assert.equal(verdict("true", { deep }), "fail");
		assert.equal(verdict("true", { list: Array.from({ length: 100_001 }, () => 1) }), "fail");
		assert.equal(verdict("true", { list: Array.from({ length: 10_000 }, () => 1) }), "pass");
	});

	it("takes fields called like parts of objects for plain fields", () => {
		const object = Object.fromEntries([
			["__proto__", { polluted: true }],
			["constructor", "c"],
		]);
		assert.equal(verdict("object.constructor == 'c'", object), "pass");
		assert.equal(verdict("!has(object.polluted) && !has(object.toString)", object), "pass");
	});
});

import assert from "node:assert/strict";
import { UNKNOWN } from "../../../lib/values";
import { amount, flagAt, numberAt, printed, sum, textAt } from "../../../requirements/counting";

describe("counting", () => {
	const holder = {
		size: "12",
		name: `arn:${UNKNOWN}`,
		plain: "p5",
		on: "true",
		nested: [{ count: 3 }],
		hidden: UNKNOWN,
	};

	it("reads known inputs only", () => {
		assert.equal(numberAt(holder, "size"), 12);
		assert.equal(numberAt(holder, "nested[].count"), 3);
		assert.equal(numberAt(holder, "hidden"), 0);
		assert.equal(textAt(holder, "plain"), "p5");
		assert.equal(textAt(holder, "name"), undefined);
		assert.equal(flagAt(holder, "on"), true);
		assert.equal(flagAt(holder, "hidden"), undefined);
	});

	it("prints numbers with their unit", () => {
		assert.equal(printed(1536), "1,536");
		assert.equal(amount(1, "regions"), "1 region");
		assert.equal(amount(0, "regions"), "0 regions");
		assert.equal(sum([]), 0);
	});
});

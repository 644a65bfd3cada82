import assert from "node:assert/strict";
import { UNKNOWN } from "../../../../lib/values";
import { counted, countedEach, everyOne } from "../../../../requirements/queries/answers";
import { amount, flagAt, numberAt, printed, sum, textAt } from "../../../../requirements/queries/counting";
import { bucket } from "../../../support/resources";

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

describe("answers", () => {
	it("work only on the figure that is asked", () => {
		const works = [11, 12, 13].map((count) => counted([], count, { wanted: 12, unit: "clusters" }).works);
		assert.deepEqual(works, [false, true, false]);
	});

	it("work in no place where there is none", () => {
		assert.equal(countedEach([], [], { wanted: 0, unit: "nodes" }).works, false);
		assert.equal(everyOne([], () => true, "buckets").works, false);
	});

	it("name each resource once", () => {
		const node = bucket();
		assert.deepEqual(everyOne([node, node], () => true, "buckets").resources, [node.urn]);
	});
});

import assert from "node:assert/strict";
import { counted, countedEach, everyOne, everyThing, prefixed } from "../../../../requirements/queries/answers";
import { bucket } from "../../../support/resources";

describe("answers", () => {
	it("work only on the figure that is asked", () => {
		const works = [11, 12, 13].map((count) => counted([], count, { wanted: 12, unit: "clusters" }).works);
		assert.deepEqual(works, [false, true, false]);
	});

	it("work in no place where there is none", () => {
		assert.equal(countedEach([], [], { wanted: 0, unit: "nodes" }).works, false);
		assert.equal(everyOne([], () => true, "buckets").works, false);
	});

	it("count what was read from resources by a test of their own", () => {
		const things = [
			{ node: bucket("a"), kept: true },
			{ node: bucket("b"), kept: false },
		];
		const answer = everyThing(things, ({ kept }) => kept, "buckets kept");
		assert.equal(answer.found, "1 of 2 buckets kept");
		assert.deepEqual([answer.works, answer.resources.length], [false, 2]);
	});

	it("keep what they are when a text is put before them", () => {
		const answer = everyOne([bucket()], () => true, "buckets");
		assert.deepEqual(prefixed("AWS: ", answer), { ...answer, found: "AWS: 1 of 1 buckets" });
	});

	it("name each resource once", () => {
		const node = bucket();
		assert.deepEqual(everyOne([node, node], () => true, "buckets").resources, [node.urn]);
	});
});

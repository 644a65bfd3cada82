import { strict as assert } from "node:assert";
import { mostPlanes } from "../../../../sandbox/clusters/running-planes";

const gib = 1024 ** 3;

describe("mostPlanes", () => {
	it("runs two planes a processor, and four at the least", () => {
		assert.equal(mostPlanes(64 * gib, 8), 16);
		assert.equal(mostPlanes(24 * gib, 2), 4);
		assert.equal(mostPlanes(24 * gib, 1), 4);
	});

	it("runs no more than 60 % of the memory takes, and one in any case", () => {
		assert.equal(mostPlanes(4 * gib, 8), 2);
		assert.equal(mostPlanes(1 * gib, 8), 1);
	});
});

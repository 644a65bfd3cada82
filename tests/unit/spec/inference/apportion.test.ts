import { strict as assert } from "node:assert";
import fc from "fast-check";
import { apportion } from "../../../../spec/inference/apportion";

const asked = [64, 32, 48, 40, 24];

describe("apportion", () => {
	it("keeps the ratio exactly where the units are a multiple of it", () => {
		assert.deepEqual(apportion(26, asked), [8, 4, 6, 5, 3]);
		assert.deepEqual(apportion(52, asked), [16, 8, 12, 10, 6]);
	});

	it("gives what is left to the largest fractions", () => {
		assert.deepEqual(apportion(19, asked), [6, 3, 4, 4, 2]);
	});

	it("gives each weight one unit at least where there are enough", () => {
		assert.deepEqual(apportion(6, asked), [2, 1, 1, 1, 1]);
		assert.deepEqual(apportion(5, [1000, 1, 1, 1, 1]), [1, 1, 1, 1, 1]);
		assert.deepEqual(apportion(2, [5, 3, 1]), [1, 1, 0]);
	});

	it("deals out every unit, none below its least, and none far from its quota", () => {
		fc.assert(
			fc.property(
				fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 8 }),
				fc.integer({ min: 0, max: 200 }),
				(weights, units) => {
					const shares = apportion(units, weights);
					const all = weights.reduce((sum, weight) => sum + weight, 0);
					assert.equal(
						shares.reduce((sum, share) => sum + share, 0),
						units,
					);
					shares.forEach((share, i) => {
						assert.ok(share >= (units >= weights.length ? 1 : 0));
						const quota = (units * (weights[i] ?? 0)) / all;
						assert.ok(share - quota < 2, `${share} for a quota of ${quota}`);
					});
				},
			),
		);
	});
});

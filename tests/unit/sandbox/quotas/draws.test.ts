import { strict as assert } from "node:assert";
import fc from "fast-check";
import { amountOf, anySource, type Draw, familiesOf } from "../../../../sandbox/quotas/draws";

const draw = (machines: number, rest: Partial<Draw> = {}): Draw => ({
	type: "p5.48xlarge",
	machines,
	source: anySource("p5.48xlarge"),
	reserves: false,
	property: "size",
	...rest,
});
const amount = (...draws: Draw[]): number => amountOf("aws", "p", draws);

describe("what machines count against a quota", () => {
	it("is the machines' vCPUs, of their own family only", () => {
		assert.equal(amount(draw(2), draw(1)), 3 * 192);
		assert.equal(amount(draw(2), draw(4, { type: "m7i.large" })), 2 * 192);
		assert.equal(amountOf("gcp", "h100", [draw(2, { type: "a3-highgpu-8g" })]), 16);
	});

	it("counts a reservation whole, and what runs in it only beyond it", () => {
		const reserved = draw(2, { reserves: true });
		assert.equal(amount(reserved), 2 * 192);
		assert.equal(amount(reserved, draw(1)), 2 * 192);
		assert.equal(amount(reserved, draw(3)), 3 * 192);
		assert.equal(amount(reserved, draw(1, { source: "another" })), 3 * 192);
	});

	it("never falls as machines are added", () => {
		const any = fc.record({
			machines: fc.nat(9),
			source: fc.constantFrom("a", "b"),
			reserves: fc.boolean(),
		});
		fc.assert(
			fc.property(fc.array(any), any, (before, more) => {
				const draws = before.map((each) => draw(each.machines, each));
				assert.ok(amount(...draws, draw(more.machines, more)) >= amount(...draws));
			}),
		);
	});

	it("names each quota once, and none for no machine or an unknown type", () => {
		const keys = (...draws: Draw[]): string[] => familiesOf("aws", draws).map(({ key }) => key);
		assert.deepEqual(keys(draw(1), draw(2), draw(1, { type: "m7i.large" })), ["p", "standard"]);
		assert.deepEqual(keys(draw(0), draw(1, { type: "z9.huge" })), []);
	});
});

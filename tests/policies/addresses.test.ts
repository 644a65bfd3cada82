import assert from "node:assert/strict";
import fc from "fast-check";
import { reachOf } from "../../policies/addresses";

describe("reachOf", () => {
	it("calls the halves, quarters and other splits of the internet open", () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 6 }), (prefix) => {
				const step = 2 ** (8 - prefix);
				const blocks = Array.from({ length: 2 ** prefix }, (_, i) => `${i * step}.0.0.0/${prefix}`);
				assert.equal(reachOf(blocks), "open");
			}),
		);
		const eighths = Array.from({ length: 256 }, (_, i) => `${i}.0.0.0/8`);
		assert.equal(reachOf(eighths), "open");
	});

	it("calls private networks limited, alone and together", () => {
		const blocks = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fd00::/8"];
		assert.equal(reachOf(blocks), "limited");
		assert.equal(reachOf([]), "limited");
	});

	it("does not count the same addresses twice", () => {
		assert.equal(reachOf(["17.0.0.0/8", "17.0.0.0/8", "17.0.0.0/9"]), "limited");
	});

	it("does not depend on order, and adding a block never closes", () => {
		const block = fc.tuple(fc.nat(255), fc.nat(32)).map(([first, prefix]) => `${first}.0.0.0/${prefix}`);
		fc.assert(
			fc.property(fc.array(block, { maxLength: 8 }), block, (blocks, extra) => {
				assert.equal(reachOf(blocks), reachOf([...blocks].reverse()));
				if (reachOf(blocks) === "open") {
					assert.equal(reachOf([...blocks, extra]), "open");
				}
			}),
		);
	});

	it("prefers open over invalid, and invalid over limited", () => {
		assert.equal(reachOf(["x", "0.0.0.0/0"]), "open");
		assert.equal(reachOf(["10.0.0.0/8", "x"]), "invalid");
	});
});

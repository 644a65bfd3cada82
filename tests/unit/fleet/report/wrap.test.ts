import assert from "node:assert/strict";
import fc from "fast-check";
import { wrap } from "../../../../fleet/report/wrap";

describe("wrap", () => {
	it("fills lines up to the width, and keeps a longer word whole", () => {
		assert.deepEqual(wrap(["aa", "bb", "cc", "dddddddd", "e"], 6), ["aa, bb", "cc", "dddddddd", "e"]);
		assert.deepEqual(wrap([], 6), []);
	});

	it("loses no word and makes no line too long", () => {
		const word = fc.stringMatching(/^[a-z]{1,12}$/);
		fc.assert(
			fc.property(fc.array(word), (words) => {
				const lines = wrap(words, 12);
				assert.deepEqual(
					lines.flatMap((line) => line.split(", ")),
					words,
				);
				assert.ok(lines.every((line) => line.length <= 12));
			}),
		);
	});
});

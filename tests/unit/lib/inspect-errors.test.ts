import { strict as assert } from "node:assert";
import util from "node:util";
import { inspectErrorsPlainly } from "../../../lib/inspect-errors";

describe("inspectErrorsPlainly", () => {
	const original = util.inspect;
	before(inspectErrorsPlainly);
	after(() => {
		util.inspect = original;
	});

	it("prints an error from the SDK's source-mapped frames at once, without colours", function () {
		this.timeout(5_000);
		const error = new Error("planted");
		const frame = "    at Resource (/project/node_modules/@pulumi/resource.ts:282:28)";
		error.stack = `Error: planted\n${Array.from({ length: 30 }, () => frame).join("\n")}`;
		const text = util.inspect(error, { colors: true });
		assert.match(text, /planted/);
		assert.ok(!text.includes("\u001b["));
	});

	it("leaves everything else as it was", () => {
		assert.equal(util.inspect("x", { colors: true }), original("x", { colors: true }));
		assert.equal(util.inspect({ a: 1 }), original({ a: 1 }));
		assert.equal(util.inspect.custom, original.custom);
	});
});

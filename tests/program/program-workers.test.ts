import { strict as assert } from "node:assert";
import { runPrograms } from "../../blueprint/program-workers";
import { runProgram } from "../../blueprint/run-program";
import { UserError } from "../../lib/errors";
import { specKey } from "../../spec/load";
import { specValue, withSetting } from "../support/environments";

const config = { [specKey]: JSON.stringify(specValue("staging")) };

describe("programs in processes of their own", () => {
	it("register what they register in this process, in the order asked for", async () => {
		const stacks = ["staging-global", "staging-aws-us-east-1", "staging-global"];
		const there = await runPrograms(stacks.map((stack) => ({ stack, config })));
		const here = [];
		for (const stack of stacks) {
			here.push(await runProgram(stack, config));
		}
		const sorted = (nodes: readonly { urn: string }[]): unknown[] =>
			[...nodes].sort((a, b) => (a.urn < b.urn ? -1 : 1));
		assert.deepEqual(there.map(sorted), here.map(sorted));
	});

	it("report a mistake of the user's as such, and end", async () => {
		const broken = { [specKey]: JSON.stringify(withSetting(specValue("staging"), "layout", "stacks")) };
		const failing = runPrograms([
			{ stack: "staging-global", config },
			{ stack: "staging-global", config: broken },
		]);
		await assert.rejects(failing, (error) => error instanceof UserError && /layout: must be/.test(error.message));
	});
});

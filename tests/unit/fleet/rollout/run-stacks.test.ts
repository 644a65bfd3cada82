import { strict as assert } from "node:assert";
import { setTimeout as delay } from "node:timers/promises";
import { requireAll, wasCancelled } from "../../../../fleet/rollout/outcome";
import { type RunSettings, runStacks } from "../../../../fleet/rollout/run-stacks";
import { ExitCode, UserError } from "../../../../lib/errors";

const waves = [["global"], ["a", "b", "c", "d"]];

/** Runs the waves two at a time; the stacks named fail with the error given for them. */
function running(failing: { readonly [stack: string]: unknown } = {}) {
	const log: string[] = [];
	let now = 0;
	let most = 0;
	const settings: RunSettings<string> = {
		atOnce: 2,
		stops: wasCancelled,
		run: async (stack) => {
			log.push(stack);
			now += 1;
			most = Math.max(most, now);
			await delay(5);
			now -= 1;
			if (failing[stack] !== undefined) {
				throw failing[stack];
			}
			return `${stack} is up`;
		},
	};
	return { log, runs: runStacks(waves, settings), most: () => most };
}

const broken = new UserError("it broke", { code: ExitCode.failed, remedy: "mend it" });
const stopped = new UserError("Stopped", { code: ExitCode.cancelled });

describe("runStacks", () => {
	it("runs a wave after the one before it, and no more at once than asked", async () => {
		const { log, runs, most } = running();
		assert.deepEqual(
			(await runs).map(({ outcome }) => outcome),
			["done", "done", "done", "done", "done"],
		);
		assert.equal(log[0], "global");
		assert.equal(most(), 2);
	});

	it("keeps a stack's failure its own: the others of its wave go on", async () => {
		const { runs } = running({ b: broken });
		assert.deepEqual(
			(await runs).map(({ stack, outcome }) => `${stack} ${outcome}`),
			["global done", "a done", "b failed", "c done", "d done"],
		);
	});

	it("skips what needs a stack that failed", async () => {
		const { log, runs } = running({ global: broken });
		assert.deepEqual(
			(await runs).map(({ outcome }) => outcome),
			["failed", "skipped", "skipped", "skipped", "skipped"],
		);
		assert.deepEqual(log, ["global"]);
	});

	it("begins no stack after the person asked to stop", async () => {
		const { log, runs } = running({ a: stopped });
		const outcomes = (await runs).map(({ outcome }) => outcome);
		assert.deepEqual(outcomes.slice(0, 2), ["done", "failed"]);
		assert.deepEqual(outcomes.slice(3), ["skipped", "skipped"]);
		assert.ok(!log.includes("d"));
	});
});

describe("requireAll", () => {
	const thrown = async (failing: { readonly [stack: string]: unknown }): Promise<unknown> => {
		const runs = await running(failing).runs;
		try {
			return requireAll(runs, "meridian up prod");
		} catch (error) {
			return error;
		}
	};

	it("gives the values of stacks that all succeeded", async () => {
		assert.deepEqual(requireAll(await running().runs, "meridian up prod")[1], { stack: "a", value: "a is up" });
	});

	it("says which stacks failed, why, and exits 4 where others are done", async () => {
		const error = await thrown({ b: broken, d: broken });
		assert.ok(error instanceof UserError);
		assert.equal(error.code, ExitCode.someStacksFailed);
		assert.equal(error.message, "2 of 5 stacks failed; 3 are done, 0 were skipped");
		assert.deepEqual(
			error.problems.map(({ path, message }) => `${path}: ${message}`),
			["b: it broke\nTo mend it: mend it", "d: it broke\nTo mend it: mend it"],
		);
	});

	it("keeps the first failure's own code where nothing is done, and names what was skipped", async () => {
		const error = await thrown({ global: new UserError("refused", { code: ExitCode.policyDenied }) });
		assert.ok(error instanceof UserError);
		assert.equal(error.code, ExitCode.policyDenied);
		assert.ok(error.problems.some(({ message }) => message === "skipped, because global failed"));
	});

	it("exits 8 where the person asked to stop", async () => {
		const error = await thrown({ a: stopped });
		assert.ok(error instanceof UserError);
		assert.equal(error.code, ExitCode.cancelled);
	});

	it("throws a bug as it is, with its stack trace", async () => {
		const bug = new TypeError("boom");
		assert.equal(await thrown({ c: bug }), bug);
	});
});

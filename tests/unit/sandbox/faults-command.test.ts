import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { announceFaults, type FaultOptions, faults, status } from "../../../fleet/commands/sandbox-faults";
import type { Console } from "../../../fleet/console";
import { ExitCode, UserError } from "../../../lib/errors";
import { readFaults } from "../../../sandbox/faults/fault-file";
import { parseSpec } from "../../../spec/parse";
import { specValue } from "../../support/environments";

describe("meridian sandbox faults", () => {
	let home: string;
	let said: string[];
	let data: string;
	const before = process.env.MERIDIAN_HOME;
	const console: Console = {
		say: (line = "") => void said.push(line),
		data: (text) => {
			data += text;
		},
		status: () => {},
		live: false,
	};

	beforeEach(() => {
		home = mkdtempSync(join(tmpdir(), "meridian-faults-"));
		process.env.MERIDIAN_HOME = home;
		said = [];
		data = "";
	});
	afterEach(() => {
		rmSync(home, { recursive: true });
		if (before === undefined) {
			delete process.env.MERIDIAN_HOME;
		} else {
			process.env.MERIDIAN_HOME = before;
		}
	});

	const run = (options: Partial<FaultOptions>) =>
		faults({ throttle: undefined, reset: undefined, seed: undefined, off: false, json: false, ...options }, console);
	const set = () => readFaults(join(home, "sandbox"));

	it("sets them, shows them and ends them", async () => {
		assert.equal(await run({ throttle: 0.3, reset: 0.1, seed: 7 }), ExitCode.ok);
		assert.deepEqual(set(), { throttle: 0.3, reset: 0.1, seed: 7 });
		assert.match(data, /^Faults are on from the next call on: 30 % .* throttled, 10 % cut off, seed 7\.\nTo end them/);
		data = "";
		await run({ json: true });
		assert.deepEqual(JSON.parse(data), { schemaVersion: 1, faults: { throttle: 0.3, reset: 0.1, seed: 7 } });
		await run({ off: true });
		assert.equal(set(), undefined);
		assert.match(said.join(), /Faults are off/);
		data = "";
		await run({});
		assert.match(data, /^No faults are set\./);
	});

	it("takes what is not given for 0, and the seed for 1", async () => {
		await run({ reset: 0.2 });
		assert.deepEqual(set(), { throttle: 0, reset: 0.2, seed: 1 });
	});

	it("keeps what was set where the new setting is wrong, or goes against --off", async () => {
		await run({ throttle: 0.5 });
		for (const wrong of [{ throttle: 1 }, { seed: -1 }, { off: true, seed: 2 }]) {
			await assert.rejects(run(wrong), (error) => error instanceof UserError && error.code === ExitCode.usage);
		}
		assert.equal(set()?.throttle, 0.5);
	});

	it("is told by status, and by one line at the start of a command, with target sandbox only", async () => {
		const spec = parseSpec(specValue("dev"), "dev");
		announceFaults(spec, console);
		assert.deepEqual(said, []);
		await run({ throttle: 0.3 });
		announceFaults({ ...spec, target: "cloud" }, console);
		assert.deepEqual(said, []);
		announceFaults(spec, console);
		assert.equal(said.length, 1);
		assert.match(said[0] ?? "", /^Faults are on: 30 % .*; .*sandbox faults --off ends them\.$/);
		data = "";
		await status({ json: false }, console);
		assert.match(data, /not running.*\n0 live objects, 0 that the clouds retain\.\nFaults are on: 30 %/);
		data = "";
		await status({ json: true }, console);
		const { schemaVersion, running, live, faults: shown } = JSON.parse(data);
		assert.deepEqual([schemaVersion, running, live, shown.throttle], [1, null, 0, 0.3]);
	});
});

import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { ExitCode, UserError } from "../../../lib/errors";
import { clearFaults, faultFile, readFaults, watchedFaults, writeFaults } from "../../../sandbox/faults/fault-file";
import { type CloudCall, faultAt, jitterAt } from "../../../sandbox/faults/sequence";
import { describeFaults, type FaultSetting, validateFaults } from "../../../sandbox/faults/setting";

const setting: FaultSetting = { throttle: 0.3, reset: 0.1, seed: 7 };

function problems(change: Partial<FaultSetting>): string[] {
	try {
		validateFaults({ ...setting, ...change });
	} catch (error) {
		assert.ok(error instanceof UserError);
		assert.equal(error.code, ExitCode.usage);
		assert.match(error.remedy ?? "", /sandbox faults --throttle 0\.3/);
		return error.problems.map(({ path, message }) => `${path}: ${message}`);
	}
	return [];
}

describe("a setting of faults", () => {
	it("takes shares from 0 to 0.9 and a whole seed", () => {
		for (const good of [{}, { throttle: 0 }, { throttle: 0.9, reset: 0 }, { throttle: 0.6 }, { seed: 0 }]) {
			assert.deepEqual(problems(good), []);
		}
		assert.deepEqual(problems({ throttle: 0.3, reset: 0.6 }), [], "0.3 + 0.6 is 0.9");
	});

	it("refuses anything else, with value, range and remedy", () => {
		assert.deepEqual(problems({ throttle: 1.2, reset: -0.1, seed: 1.5 }), [
			"throttle: must be a share of calls from 0 to 0.9, but 1.2 was given; 0.3 means 30 % of calls",
			"reset: must be a share of calls from 0 to 0.9, but -0.1 was given; 0.3 means 30 % of calls",
			"seed: must be a whole number from 0 to 4294967295, but 1.5 was given; give another, as 7",
		]);
		assert.equal(problems({ throttle: Number.NaN }).length, 1);
		assert.equal(problems({ seed: 2 ** 32 }).length, 1);
		assert.match(problems({ throttle: 0.6, reset: 0.6 }).join(), /at most 0\.9 together/);
		assert.match(problems({ throttle: 0, reset: 0 }).join(), /must not both be 0/);
	});

	it("reads in words", () => {
		assert.equal(describeFaults(setting), "30 % of the emulated clouds' calls are throttled, 10 % cut off, seed 7");
	});
});

describe("the file of faults", () => {
	let folder: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "meridian-faults-"));
	});
	afterEach(() => rmSync(folder, { recursive: true }));

	it("is written, read and taken away", () => {
		assert.equal(readFaults(folder), undefined);
		writeFaults(folder, setting);
		assert.deepEqual(readFaults(folder), setting);
		assert.equal(clearFaults(folder), true);
		assert.equal(clearFaults(folder), false);
		assert.equal(readFaults(folder), undefined);
	});

	it("is not written where the setting is wrong", () => {
		assert.throws(() => writeFaults(folder, { ...setting, throttle: 2 }), UserError);
		assert.equal(readFaults(folder), undefined);
	});

	it("says what to do where it does not read", () => {
		for (const damage of ["{", '{"throttle": 3, "reset": 0, "seed": 1}', "null"]) {
			writeFileSync(faultFile(folder), damage);
			assert.throws(
				() => readFaults(folder),
				(error) => error instanceof UserError && /sandbox faults --off/.test(error.remedy ?? ""),
			);
		}
	});

	it("is heeded by a running sandbox at the next call", () => {
		const now = watchedFaults(folder);
		assert.equal(now(), undefined);
		writeFaults(folder, setting);
		assert.deepEqual(now(), setting);
		writeFaults(folder, { ...setting, seed: 8 });
		assert.equal(now()?.seed, 8);
		clearFaults(folder);
		assert.equal(now(), undefined);
	});
});

describe("the sequence of faults", () => {
	const call: CloudCall = { operation: "create", urn: "urn:pulumi:dev::meridian::aws:s3/bucket:Bucket::logs" };

	it("is the same for the same seed, kind of call, URN and try, in any order", () => {
		const tries = Array.from({ length: 25 }, (_, i) => i + 1);
		const forwards = tries.map((each) => faultAt(setting, call, each));
		const backwards = [...tries].reverse().map((each) => faultAt(setting, call, each));
		assert.deepEqual(forwards, backwards.reverse());
		// What an earlier run reported must still be what its seed gives.
		assert.deepEqual(forwards.slice(0, 7), [
			"throttled",
			"none",
			"none",
			"throttled",
			"throttled",
			"throttled",
			"none",
		]);
	});

	it("differs with each of them", () => {
		const of = (seed: number, changed: Partial<CloudCall>) =>
			Array.from({ length: 40 }, (_, i) => faultAt({ ...setting, seed }, { ...call, ...changed }, i + 1)).join();
		const all = [of(7, {}), of(8, {}), of(7, { operation: "update" }), of(7, { urn: `${call.urn}-2` })];
		assert.equal(new Set(all).size, all.length);
	});

	it("has the shares that are set, half of the cuts after the work", () => {
		const count = 20_000;
		const seen = { none: 0, throttled: 0, "cut-before": 0, "cut-after": 0 };
		for (let i = 0; i < count; i++) {
			seen[faultAt(setting, { ...call, urn: `${call.urn}-${i}` }, 1)] += 1;
		}
		const near = (value: number, share: number) => assert.ok(Math.abs(value / count - share) < 0.01, `${value}`);
		near(seen.throttled, 0.3);
		near(seen["cut-before"], 0.05);
		near(seen["cut-after"], 0.05);
		near(seen.none, 0.6);
	});

	it("waits for a share of the longest wait, from 0 to below 1", () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 0, max: 2 ** 32 - 1 }),
				fc.string(),
				fc.integer({ min: 1, max: 25 }),
				(seed, urn, n) => {
					const share = jitterAt(seed, { operation: "read", urn }, n);
					assert.ok(share >= 0 && share < 1);
					assert.equal(share, jitterAt(seed, { operation: "read", urn }, n));
				},
			),
		);
	});
});

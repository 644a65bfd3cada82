import { strict as assert } from "node:assert";
import { CloudCalls } from "../../../sandbox/faults/cloud-calls";
import { type Clock, longestWait, PassingFailure, providerRetries, retried } from "../../../sandbox/faults/retry";
import { type CloudCall, faultAt, type InjectedFault } from "../../../sandbox/faults/sequence";
import type { FaultSetting } from "../../../sandbox/faults/setting";
import { CloudError } from "../../../sandbox/server/calls";

/** Time that passes only while it is waited for. */
class FakeClock implements Clock {
	readonly waits: number[] = [];
	private time = 0;

	now(): number {
		return this.time;
	}

	wait(ms: number, signal: AbortSignal): Promise<void> {
		signal.throwIfAborted();
		this.waits.push(ms);
		this.time += ms;
		return Promise.resolve();
	}
}

const urnOf = (name: string) => `urn:pulumi:dev::meridian::aws:iam/role:Role::${name}`;

describe("a retried call", () => {
	const policy = { tries: 5, firstWaitMs: 10, largestWaitMs: 50, deadlineMs: 1_000 };
	let clock: FakeClock;
	beforeEach(() => {
		clock = new FakeClock();
	});
	const options = (jitter = 1) => ({ policy, clock, signal: new AbortController().signal, jitter: () => jitter });

	it("waits twice as long each time, up to the largest wait", async () => {
		const answer = await retried((tryNumber) => {
			if (tryNumber < 5) {
				throw new PassingFailure("throttled");
			}
			return tryNumber;
		}, options());
		assert.equal(answer, 5);
		assert.deepEqual(clock.waits, [10, 20, 40, 50]);
	});

	it("waits any share of that: full jitter", async () => {
		await assert.rejects(
			retried(() => {
				throw new PassingFailure("throttled");
			}, options(0.5)),
			/throttled; gave up after 5 tries in 0\.1 s/,
		);
		assert.deepEqual(clock.waits, [5, 10, 20, 25]);
	});

	it("ends at its deadline, without a wait beyond it", async () => {
		const short = { ...options(), policy: { ...policy, deadlineMs: 60 } };
		await assert.rejects(
			retried(() => {
				throw new PassingFailure("throttled");
			}, short),
			/gave up after 3 tries/,
		);
		assert.deepEqual(clock.waits, [10, 20]);
	});

	it("does not try again what does not pass by itself", async () => {
		let calls = 0;
		await assert.rejects(
			retried(() => {
				calls += 1;
				throw new CloudError("AccessDenied");
			}, options()),
			/^Error: AccessDenied$/,
		);
		assert.equal(calls, 1);
		assert.deepEqual(clock.waits, []);
	});

	it("is not tried again when nobody asks any more", async () => {
		const closing = new AbortController();
		let calls = 0;
		await assert.rejects(
			retried(
				() => {
					calls += 1;
					closing.abort(new Error("gone"));
					throw new PassingFailure("throttled");
				},
				{ ...options(), signal: closing.signal },
			),
			/gone/,
		);
		assert.equal(calls, 1);
	});

	it("has the real providers' tries, with waits of a hundredth", () => {
		assert.equal(providerRetries.tries, 25);
		assert.equal(longestWait(providerRetries, 1), 10);
		assert.equal(longestWait(providerRetries, 25), 3_000);
		assert.equal(providerRetries.deadlineMs, 12_000);
	});
});

describe("calls of an emulated cloud with faults", () => {
	const setting: FaultSetting = { throttle: 0.3, reset: 0.3, seed: 5 };
	let clock: FakeClock;
	let calls: CloudCalls;
	beforeEach(() => {
		clock = new FakeClock();
		calls = new CloudCalls({ pack: "aws", faults: () => setting, clock });
	});

	/** A creation whose first try has the fault. */
	function callWith(fault: InjectedFault): CloudCall {
		for (let i = 0; ; i++) {
			const call = { operation: "create", urn: urnOf(`r${i}`) } as const;
			if (faultAt(setting, call, 1) === fault) {
				return call;
			}
		}
	}

	it("go through at once where no fault is set", async () => {
		const clean = new CloudCalls({ pack: "aws", faults: () => undefined, clock });
		assert.equal(await clean.run(callWith("throttled"), () => 3), 3);
		assert.deepEqual(clock.waits, []);
	});

	for (const fault of ["throttled", "cut-before", "cut-after"] as const) {
		it(`do the work once and give its answer where the first try is ${fault}`, async () => {
			let made = 0;
			const answer = await calls.run(callWith(fault), () => {
				made += 1;
				return `object ${made}`;
			});
			assert.equal(answer, "object 1");
			assert.equal(made, 1);
			assert.ok(clock.waits.length > 0);
		});
	}

	it("never make a second object, whatever the faults", async () => {
		for (let i = 0; i < 500; i++) {
			let made = 0;
			await calls.run({ operation: "create", urn: urnOf(`many-${i}`) }, () => {
				made += 1;
			});
			assert.equal(made, 1);
		}
	});

	it("pass a refusal on at once, also where the connection is cut after it", async () => {
		for (const fault of ["none", "cut-after"] as const) {
			let asked = 0;
			await assert.rejects(
				calls.run(callWith(fault), () => {
					asked += 1;
					throw new CloudError("LimitExceeded");
				}),
				/LimitExceeded/,
			);
			assert.equal(asked, 1);
		}
	});

	it("say how the cloud put it where all tries are used up", async () => {
		const policy = { ...providerRetries, tries: 1 };
		const impatient = new CloudCalls({ pack: "aws", faults: () => setting, clock, policy });
		await assert.rejects(
			impatient.run(callWith("throttled"), () => 1),
			/^Error: ThrottlingException: Rate exceeded; gave up after 1 tries in 0\.0 s$/,
		);
	});

	it("end with the connection: nothing is done afterwards", async () => {
		let made = 0;
		const waiting: Clock = {
			now: () => 0,
			wait: (_, signal) =>
				new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
		};
		const held = new CloudCalls({ pack: "aws", faults: () => setting, clock: waiting });
		const run = held.run(callWith("throttled"), () => {
			made += 1;
		});
		held.cancel();
		await assert.rejects(run, /closed its connection/);
		assert.equal(made, 0);
	});

	it("stop failing as soon as the faults are switched off", async () => {
		let now: FaultSetting | undefined = { throttle: 0.9, reset: 0, seed: 1 };
		const switched = new CloudCalls({
			pack: "gcp",
			faults: () => now,
			clock: {
				...clock,
				now: () => 0,
				wait: async () => {
					now = undefined;
				},
			},
		});
		const call = { operation: "create", urn: urnOf("r") } as const;
		assert.equal(await switched.run(call, () => 1), 1);
	});
});

import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { RepeatedWork, reasonOf } from "../../../../sandbox/clusters/repeated-work";

const pace = { soonMs: 5, againMs: 20 };

/** Work that counts, and fails while it has reasons left. */
function counting(reasons: string[] = [], takesMs = 0) {
	const seen = { begun: 0, atOnce: 0, most: 0 };
	const work = async (): Promise<void> => {
		seen.begun += 1;
		seen.atOnce += 1;
		seen.most = Math.max(seen.most, seen.atOnce);
		await delay(takesMs);
		seen.atOnce -= 1;
		const reason = reasons.shift();
		if (reason !== undefined) {
			throw new Error(reason);
		}
	};
	return { seen, work };
}

describe("RepeatedWork", () => {
	it("does requests that come close together once", async () => {
		const { seen, work } = counting();
		const repeated = new RepeatedWork(work, { pace });
		repeated.ask();
		repeated.ask();
		repeated.ask();
		assert.equal(seen.begun, 0);
		await delay(50);
		assert.equal(seen.begun, 1);
		await repeated.stop();
	});

	it("does what is asked for during the work after it, never twice at a time", async () => {
		const { seen, work } = counting([], 30);
		const repeated = new RepeatedWork(work, { pace });
		repeated.ask();
		await delay(20);
		assert.equal(seen.begun, 1);
		repeated.ask();
		repeated.ask();
		await delay(120);
		assert.deepEqual(seen, { begun: 2, atOnce: 0, most: 1 });
		await repeated.stop();
	});

	it("tries again what failed, and says each reason once", async () => {
		const { seen, work } = counting(["a", "a", "b"]);
		const complaints: string[] = [];
		const repeated = new RepeatedWork(work, { pace, complain: (reason) => complaints.push(reason) });
		repeated.ask();
		await delay(200);
		assert.equal(seen.begun, 4);
		assert.deepEqual(complaints, ["a", "b"]);
		await repeated.stop();
	});

	it("waits for work that runs when it is stopped, and begins no more", async () => {
		const { seen, work } = counting(["late"], 30);
		const complaints: string[] = [];
		const repeated = new RepeatedWork(work, { pace, complain: (reason) => complaints.push(reason) });
		repeated.ask();
		await delay(15);
		repeated.ask();
		await repeated.stop();
		assert.equal(seen.atOnce, 0);
		repeated.ask();
		await delay(60);
		assert.equal(seen.begun, 1);
		assert.deepEqual(complaints, []);
	});
});

describe("reasonOf", () => {
	it("gives words whatever was thrown", () => {
		assert.equal(reasonOf(new Error("why")), "why");
		assert.equal(reasonOf("text"), "text");
	});
});

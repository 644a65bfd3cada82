import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { SteadyWatch } from "../../../../sandbox/clusters/steady-watch";

type Done = (error: unknown) => void;

/** A client whose watches the test ends; `fails` makes them fail before they begin. */
function client(fails = false) {
	const begun: { path: string; event: (phase: string) => void; done: Done; controller: AbortController }[] = [];
	const watch = (path: string, _: object, event: (phase: string, live: unknown) => void, done: Done) => {
		const controller = new AbortController();
		begun.push({ path, event: (phase) => event(phase, {}), done, controller });
		return fails ? Promise.reject(new Error("no cluster")) : Promise.resolve(controller);
	};
	return { begun, watch };
}

describe("SteadyWatch", () => {
	it("tells of events of its kind", () => {
		const { begun, watch } = client();
		let events = 0;
		const steady = new SteadyWatch({ watch }, "/api/v1/services", () => {
			events += 1;
		});
		steady.start();
		begun[0]?.event("ADDED");
		begun[0]?.event("MODIFIED");
		assert.deepEqual([begun.length, begun[0]?.path, events], [1, "/api/v1/services", 2]);
		steady.stop();
	});

	it("begins again a second after it ended", async () => {
		const { begun, watch } = client();
		const steady = new SteadyWatch({ watch }, "/api/v1/services", () => {});
		steady.start();
		begun[0]?.done(null);
		await delay(200);
		assert.equal(begun.length, 1);
		await delay(1_000);
		assert.equal(begun.length, 2);
		steady.stop();
	});

	it("begins again where it could not begin", async () => {
		const { begun, watch } = client(true);
		const steady = new SteadyWatch({ watch }, "/api/v1/services", () => {});
		steady.start();
		await delay(1_200);
		assert.equal(begun.length, 2);
		steady.stop();
	});

	it("aborts its connection when it is stopped, and does not begin again", async () => {
		const { begun, watch } = client();
		const steady = new SteadyWatch({ watch }, "/api/v1/services", () => {});
		steady.start();
		steady.stop();
		await delay(10);
		assert.equal(begun[0]?.controller.signal.aborted, true);
		begun[0]?.done(new Error("aborted"));
		await delay(1_200);
		assert.equal(begun.length, 1);
	});
});

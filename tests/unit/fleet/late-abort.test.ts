import { strict as assert } from "node:assert";
import { tellingLate } from "../../../fleet/stack/late-abort";

describe("tellingLate", () => {
	function heard(listenFirst: boolean, times = 1): number {
		const abort = new AbortController();
		let signal = abort.signal;
		for (let i = 0; i < times; i++) {
			signal = tellingLate(signal);
		}
		let count = 0;
		const listen = (): void =>
			signal.addEventListener("abort", () => {
				count += 1;
			});
		if (listenFirst) {
			listen();
			abort.abort();
		} else {
			abort.abort();
			listen();
		}
		return count;
	}

	it("tells a listener that came in time, once", () => {
		assert.equal(heard(true), 1);
		assert.equal(heard(true, 3), 1);
	});

	it("tells a listener that came too late, once", () => {
		assert.equal(heard(false), 1);
		assert.equal(heard(false, 3), 1);
	});
});

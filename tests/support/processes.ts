import { setTimeout as delay } from "node:timers/promises";

/** Waits until a condition holds; fails with what was waited for after `withinMs` (10 s). */
export async function eventually(holds: () => boolean, what: string, withinMs = 10_000): Promise<void> {
	const end = Date.now() + withinMs;
	while (!holds()) {
		if (Date.now() > end) {
			throw new Error(`not within ${withinMs / 1000} s: ${what}`);
		}
		await delay(20);
	}
}

import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

/** True while a process runs; a zombie that nobody has waited for does not. */
export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
	} catch {
		return false;
	}
	return !isZombie(pid);
}

function isZombie(pid: number): boolean {
	try {
		return /^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
	} catch {
		return false;
	}
}

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

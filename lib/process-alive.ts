import { readdirSync, readFileSync } from "node:fs";

/** True while a process of this machine runs; one that has ended and that nobody has waited for does not. */
export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
	} catch {
		return false;
	}
	return !isZombie(pid);
}

/**
 * Linux says so in /proc; elsewhere a process that can be signalled counts as running. A process that is killed is a
 * zombie as soon as its first thread has ended: it holds its ports and locks until the others have, too.
 */
function isZombie(pid: number): boolean {
	try {
		const isEnded = /^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
		return isEnded && readdirSync(`/proc/${pid}/task`).length <= 1;
	} catch {
		return false;
	}
}

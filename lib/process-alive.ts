import { readFileSync } from "node:fs";

/** True while a process of this machine runs; one that has ended and that nobody has waited for does not. */
export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
	} catch {
		return false;
	}
	return !isZombie(pid);
}

/** Linux says so in /proc; elsewhere a process that can be signalled counts as running. */
function isZombie(pid: number): boolean {
	try {
		return /^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
	} catch {
		return false;
	}
}

import { existsSync, readFileSync, rmSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { writeAtomic } from "../../lib/files";
import { isAlive } from "../../lib/process-alive";
import { runCommand } from "../../toolchain/command";
import type { Layout } from "./layout";

/** How long a killed process may take to be gone, in milliseconds. */
const endMs = 10_000;

/** Notes which processes work in a control plane's folder. */
export function recordProcesses(layout: Layout, pids: readonly number[]): void {
	if (pids.length > 0) {
		writeAtomic(layout.processes, `${JSON.stringify(pids)}\n`);
	} else {
		// Takes no room: what is on a full disk can still be stopped and deleted.
		rmSync(layout.processes, { force: true });
	}
}

/** Kills processes of an earlier sandbox that still work in the folder; a number that another program has now is spared. */
export async function endLeftovers(layout: Layout): Promise<void> {
	const pids = existsSync(layout.processes) ? recorded(layout) : [];
	await Promise.all(pids.filter(isAlive).map((pid) => endLeftover(pid, layout.folder)));
}

async function endLeftover(pid: number, folder: string): Promise<void> {
	const line = await commandLine(pid);
	const isOurs = line.includes(folder);
	if (isOurs) {
		kill(pid);
	}
	// One that the guard has just killed has no command line any more, and its ports and locks for a moment yet.
	const end = Date.now() + (isOurs || line.startsWith("[") ? endMs : 0);
	while (isAlive(pid) && Date.now() < end) {
		await delay(10);
	}
}

function kill(pid: number): void {
	try {
		process.kill(pid, "SIGKILL");
	} catch (error) {
		// It has ended meanwhile.
		if (isAlive(pid)) {
			throw error;
		}
	}
}

function recorded(layout: Layout): number[] {
	const value: unknown = JSON.parse(readFileSync(layout.processes, "utf8"));
	return Array.isArray(value) ? value.filter((pid) => Number.isInteger(pid)) : [];
}

async function commandLine(pid: number): Promise<string> {
	const { stdout } = await runCommand("ps", ["-o", "args=", "-p", String(pid)]);
	return stdout;
}

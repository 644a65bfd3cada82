import { existsSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { writeAtomic } from "../../lib/files";
import { isAlive } from "../../lib/process-alive";
import { runCommand } from "../../toolchain/command";
import type { Layout } from "./layout";

/** Notes which processes work in a control plane's folder. */
export function recordProcesses(layout: Layout, pids: readonly number[]): void {
	writeAtomic(layout.processes, `${JSON.stringify(pids)}\n`);
}

/** Kills processes of an earlier sandbox that still work in the folder; a number that another program has now is spared. */
export async function endLeftovers(layout: Layout): Promise<void> {
	const pids = existsSync(layout.processes) ? recorded(layout) : [];
	for (const pid of pids) {
		if (isAlive(pid) && (await commandLine(pid)).includes(layout.folder)) {
			process.kill(pid, "SIGKILL");
			while (isAlive(pid)) {
				await delay(10);
			}
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

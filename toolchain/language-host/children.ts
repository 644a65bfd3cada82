import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { constants } from "node:os";

/** How long a child may take to end after SIGINT before it is killed, in milliseconds. */
const graceMs = 5_000;

const running = new Set<ChildProcess>();

/** Starts a child that `cancelChildren` will end; arguments are a list, never a shell line. */
export function startChild(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
	const child = spawn(command, args, options);
	running.add(child);
	child.once("close", () => running.delete(child));
	child.once("error", () => running.delete(child));
	return child;
}

/** How a child ended: its exit code, or 128 + n where a signal ended it. */
export function ended(child: ChildProcess): Promise<number> {
	return new Promise((resolve, reject) => {
		child.once("error", reject);
		child.once("close", (code, signal) => resolve(code ?? exitOf(signal ?? "SIGKILL")));
	});
}

/** The exit code that stands for a signal, as a shell gives it. */
export function exitOf(signal: NodeJS.Signals): number {
	return 128 + constants.signals[signal];
}

/** Asks every running child to end (SIGINT), and kills those that are still there after the grace. */
export function cancelChildren(): void {
	for (const child of running) {
		child.kill("SIGINT");
		setTimeout(() => child.kill("SIGKILL"), graceMs).unref();
	}
}

/** Kills every running child at once: the engine is gone and nobody waits for an answer. */
export function killChildren(): void {
	for (const child of running) {
		child.kill("SIGKILL");
	}
}

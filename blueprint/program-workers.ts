import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { UserError, type UserErrorOptions } from "../lib/errors";
import type { RecordedNode } from "./recorder";

/** What a worker is asked for: the program of one stack. */
export interface WorkerTask {
	readonly stack: string;
	readonly config: { [key: string]: string };
}

/** What a worker answers: what the program registers, or why it failed. */
export type WorkerReply =
	| { readonly nodes: RecordedNode[] }
	| { readonly failure: { readonly message: string; readonly user?: UserErrorOptions } };

/** Below this many stacks loading the SDKs anew in further processes takes longer than it spares. */
export const leastForWorkers = 6;

/**
 * Runs the programs of several stacks in processes of their own, as many as the machine has processors (4 at most), and
 * gives what each registers, in the order asked for. The SDK's runtime is global, so that one process runs one at a time.
 */
export async function runPrograms(tasks: readonly WorkerTask[]): Promise<RecordedNode[][]> {
	const results: RecordedNode[][] = tasks.map(() => []);
	const waiting = [...tasks.keys()];
	const lanes = Math.min(availableParallelism(), 4, tasks.length);
	await Promise.all(
		Array.from({ length: lanes }, async () => {
			const worker = startWorker();
			try {
				for (let i = waiting.shift(); i !== undefined; i = waiting.shift()) {
					const task = tasks[i];
					results[i] = task === undefined ? [] : await ask(worker, task);
				}
			} finally {
				waiting.length = 0;
				worker.disconnect();
			}
		}),
	);
	return results;
}

function startWorker(): ChildProcess {
	return fork(join(__dirname, "program-worker.ts"), {
		// The SDK makes many short-lived promises: a larger young generation spares a quarter of the time (measured 2026-11-28).
		execArgv: ["--max-semi-space-size=64", "--require", "tsx/cjs"],
		stdio: ["ignore", "ignore", "inherit", "ipc"],
		serialization: "advanced",
	});
}

async function ask(worker: ChildProcess, task: WorkerTask): Promise<RecordedNode[]> {
	const gone = new AbortController();
	const ended = once(worker, "exit", { signal: gone.signal }).then(() => {
		throw new Error(`the process that runs the program of ${task.stack} ended unexpectedly`);
	});
	// Once the answer is there, nobody waits for the end any more.
	ended.catch(() => {});
	const answered = once(worker, "message", { signal: gone.signal });
	worker.send(task);
	try {
		const [reply]: WorkerReply[] = await Promise.race([answered, ended]);
		return nodesOf(reply);
	} finally {
		gone.abort();
	}
}

function nodesOf(reply: WorkerReply | undefined): RecordedNode[] {
	if (reply === undefined || "failure" in reply) {
		const { message, user } = reply?.failure ?? { message: "no answer" };
		throw user ? new UserError(message, user) : new Error(message);
	}
	return reply.nodes;
}

import type { EnvironmentFile } from "../../spec/load";
import { withStack } from "../commands/deploy";
import type { Console } from "../console";
import { StatusBoard } from "../report/status-board";
import { backendUrl } from "../stack/environment";
import { readOperation } from "../stack/operation-record";
import type { StackSession } from "../stack/session";
import { wasCancelled } from "./outcome";
import { runStacks, type StackRun } from "./run-stacks";

export interface RolloutOptions {
	readonly environment: EnvironmentFile;
	readonly console: Console;
	/** Seconds that an engine which still works on a stack is waited for. */
	readonly waitSeconds: number;
	/** Stacks that are worked on at once. */
	readonly parallel: number;
}

/** Works on the stacks of an environment wave by wave, each in a process of its own; what was cut off is put right first. */
export async function rollOut<T>(
	waves: readonly (readonly string[])[],
	options: RolloutOptions,
	work: (session: StackSession, console: Console) => Promise<T>,
): Promise<StackRun<T>[]> {
	const { console, parallel } = options;
	await putRight(waves.flat(), options);
	const board = new StatusBoard(console);
	return runStacks(waves, {
		atOnce: parallel,
		stops: wasCancelled,
		run: async (stack) => {
			const part = waves.flat().length > 1 ? board.part(stack) : console;
			try {
				return await withStack(stack, { ...options, console: part }, (session) => work(session, part));
			} finally {
				board.end(stack);
			}
		},
	});
}

/**
 * Stacks whose last operation was cut off are recovered one after another before any is worked on: recovery may stop the
 * sandbox, which nothing else may be using then.
 */
async function putRight(stacks: readonly string[], options: RolloutOptions): Promise<void> {
	if (stacks.length === 1) {
		return;
	}
	for (const stack of stacks.filter((each) => readOperation({ stack: each, backend: backendUrl() }) !== undefined)) {
		await withStack(stack, options, async () => {});
	}
}

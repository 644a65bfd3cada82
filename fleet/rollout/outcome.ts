import { ExitCode, type Problem, UserError } from "../../lib/errors";
import { formatError } from "../../lib/format-error";
import type { StackRun } from "./run-stacks";

/** True where the person asked to stop: no further stack may begin. */
export function wasCancelled(error: unknown): boolean {
	return error instanceof UserError && error.code === ExitCode.cancelled;
}

/**
 * The values of stacks that all succeeded. One stack's own error is thrown as it is; of several stacks, one error says
 * which failed and why, which were skipped, and which are done.
 */
export function requireAll<T>(runs: readonly StackRun<T>[], command: string): { stack: string; value: T }[] {
	const failed = runs.flatMap((run) => (run.outcome === "failed" ? [run] : []));
	const [first] = failed;
	if (first === undefined) {
		return doneOf(runs);
	}
	const bug = failed.find(({ error }) => !(error instanceof UserError));
	const cancelled = failed.find(({ error }) => wasCancelled(error));
	if (runs.length === 1 || bug !== undefined) {
		throw (bug ?? first).error;
	}
	throw summary(runs, cancelled ? ExitCode.cancelled : codeOf(runs, first.error), command);
}

/** The stacks that were brought to their end. */
export function doneOf<T>(runs: readonly StackRun<T>[]): { stack: string; value: T }[] {
	return runs.flatMap((run) => (run.outcome === "done" ? [{ stack: run.stack, value: run.value }] : []));
}

/** Where nothing succeeded the first failure's own code says most. */
function codeOf<T>(runs: readonly StackRun<T>[], error: unknown): ExitCode {
	const none = runs.every((run) => run.outcome !== "done");
	return none && error instanceof UserError ? error.code : ExitCode.someStacksFailed;
}

function summary<T>(runs: readonly StackRun<T>[], code: ExitCode, command: string): UserError {
	const done = runs.filter((run) => run.outcome === "done").length;
	const problems = runs.flatMap(problemOf);
	const failed = runs.filter((run) => run.outcome === "failed").length;
	return new UserError(
		`${failed} of ${runs.length} stacks failed; ${done} are done, ${runs.length - failed - done} were skipped`,
		{
			code,
			problems,
			remedy: `mend what is named above and run ${command} again: what is done stays as it is, and the rest goes on`,
		},
	);
}

function problemOf<T>(run: StackRun<T>): Problem[] {
	switch (run.outcome) {
		case "done":
			return [];
		case "failed":
			return [
				{ path: run.stack, message: run.error instanceof UserError ? formatError(run.error) : String(run.error) },
			];
		case "skipped":
			return [{ path: run.stack, message: `skipped, because ${run.because}` }];
	}
}

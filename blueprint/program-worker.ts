import { UserError } from "../lib/errors";
import type { WorkerReply, WorkerTask } from "./program-workers";
import { runProgram } from "./run-program";

/** A process that runs the program of one stack after another; it ends when its parent disconnects. */
process.on("message", (task: WorkerTask) => {
	runProgram(task.stack, task.config).then(
		(nodes) => reply({ nodes }),
		(error: unknown) => reply({ failure: failureOf(error) }),
	);
});
process.on("disconnect", () => process.exit());
// A program that failed may reject further promises after its failure was reported.
process.on("unhandledRejection", () => {});

function reply(message: WorkerReply): void {
	process.send?.(message);
}

function failureOf(error: unknown): Extract<WorkerReply, { failure: unknown }>["failure"] {
	if (error instanceof UserError) {
		const { message, code, problems, remedy } = error;
		return { message, user: { code, problems, ...(remedy ? { remedy } : {}) } };
	}
	return { message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

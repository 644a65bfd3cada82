import type { Console } from "./console";

/** Something that can be asked to stop. */
export interface Cancellable {
	cancel(): void;
}

/** Passes one Ctrl-C or SIGTERM on to what runs, and tells what is waited for. */
export class Interrupt {
	private running: Cancellable | undefined;
	private received = false;

	constructor(private readonly console: Console) {
		process.on("SIGINT", this.onSignal);
		process.on("SIGTERM", this.onSignal);
	}

	/** True once the person asked to stop. */
	get requested(): boolean {
		return this.received;
	}

	/** Runs something that a signal shall cancel. */
	async during<T>(target: Cancellable, run: () => Promise<T>): Promise<T> {
		this.running = target;
		try {
			return await run();
		} finally {
			this.running = undefined;
		}
	}

	/** Gives the signals back. */
	close(): void {
		process.off("SIGINT", this.onSignal);
		process.off("SIGTERM", this.onSignal);
	}

	private readonly onSignal = (): void => {
		if (this.received) {
			this.console.say("Still waiting for the engine to finish the steps that run; state would be lost otherwise.");
			return;
		}
		this.received = true;
		this.console.say("Stopping: no new step begins; waiting for the steps that run ...");
		this.running?.cancel();
	};
}

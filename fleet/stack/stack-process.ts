import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type {
	DiagnosticMessage,
	Operation,
	OperationFailure,
	OperationResult,
	PolicyReport,
	StepEvent,
	WorkerMessage,
	WorkerRequest,
	WorkerSetup,
} from "./protocol";

/** Called while an operation runs. */
export interface OperationListener {
	readonly step?: (step: StepEvent) => void;
	readonly diagnostic?: (diagnostic: DiagnosticMessage) => void;
	readonly policy?: (report: PolicyReport) => void;
}

/** An operation that the engine did not finish. */
export class StackOperationError extends Error {
	constructor(readonly failure: OperationFailure) {
		super(failure.message);
	}
}

/** The worker process of one stack, as the command line sees it. */
export class StackProcess {
	private constructor(private readonly child: ChildProcess) {}

	/** Starts the worker and opens the stack, which is made where it does not exist. */
	static async open(setup: WorkerSetup): Promise<StackProcess> {
		const child = fork(join(__dirname, "worker.ts"), {
			execArgv: ["--require", "tsx/cjs"],
			// A group of its own: Ctrl-C in the terminal reaches the command line alone, which forwards it once.
			detached: true,
			stdio: ["ignore", "ignore", "inherit", "ipc"],
		});
		const worker = new StackProcess(child);
		await worker.exchange({ type: "setup", setup }, {});
		return worker;
	}

	/** Runs one operation to its end; rejects with a `StackOperationError`. */
	async run(operation: Operation, listener: OperationListener = {}): Promise<OperationResult> {
		const result = await this.exchange({ type: "run", operation }, listener);
		if (result === undefined) {
			throw new Error("the worker answered an operation as if it were its setup");
		}
		return result;
	}

	/** Asks the engine to stop after the steps that run; the operation then rejects as cancelled. */
	cancel(): void {
		this.send({ type: "cancel" });
	}

	/** Lets the worker end and waits for it. */
	async close(): Promise<void> {
		if (this.child.exitCode !== null || this.child.signalCode !== null) {
			return;
		}
		const ended = once(this.child, "exit");
		if (this.child.connected) {
			this.child.disconnect();
		}
		await ended;
	}

	private send(request: WorkerRequest): void {
		if (this.child.connected) {
			this.child.send(request);
		}
	}

	private exchange(request: WorkerRequest, listener: OperationListener): Promise<OperationResult | undefined> {
		return new Promise((resolve, reject) => {
			const finish = (end: () => void): void => {
				this.child.off("message", onMessage);
				this.child.off("exit", onExit);
				end();
			};
			const onMessage = (message: WorkerMessage): void => {
				switch (message.type) {
					case "step":
						listener.step?.(message.step);
						return;
					case "diagnostic":
						listener.diagnostic?.(message.diagnostic);
						return;
					case "policy":
						listener.policy?.(message.report);
						return;
					case "failed":
						finish(() => reject(new StackOperationError(message.failure)));
						return;
					case "ready":
						finish(() => resolve(undefined));
						return;
					case "done":
						finish(() => resolve(message.result));
				}
			};
			const onExit = (): void =>
				finish(() =>
					reject(
						new StackOperationError({ reason: "failed", message: "the stack's worker process ended unexpectedly" }),
					),
				);
			this.child.on("message", onMessage);
			this.child.once("exit", onExit);
			this.send(request);
		});
	}
}

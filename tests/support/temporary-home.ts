import type { ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAlive } from "../../lib/process-alive";
import { ensureSandbox, runningSandbox, sandboxEnvironment } from "../../sandbox/client";
import { readState, type SandboxState, sandboxFolder } from "../../sandbox/files";
import { eventually } from "./processes";

/** A `MERIDIAN_HOME` of a test's own, with what it started: closing it ends the sandbox and removes the folder. */
export class TemporaryHome {
	/** Holds everything that the test writes. */
	readonly folder = mkdtempSync(join(tmpdir(), "meridian-test-"));
	readonly environment: NodeJS.ProcessEnv;
	private readonly children = new Set<ChildProcess>();

	constructor(extra: NodeJS.ProcessEnv = {}) {
		this.environment = { ...process.env, MERIDIAN_HOME: this.folder, ...extra };
	}

	/** Folder of the sandbox's inventory, state and log. */
	get sandbox(): string {
		return sandboxFolder(this.environment);
	}

	/** A new folder below the home. */
	makeFolder(name: string): string {
		const folder = join(this.folder, name);
		mkdirSync(folder, { recursive: true });
		return folder;
	}

	/** Starts the sandbox where it does not run. */
	startSandbox(): Promise<SandboxState> {
		return ensureSandbox(this.environment);
	}

	/** The variables that attach the engine to this home's sandbox, which runs then. */
	async attached(): Promise<{ [name: string]: string }> {
		return sandboxEnvironment(await this.startSandbox());
	}

	/** Ends this home's sandbox by its own process id and waits until it is gone. */
	async stopSandbox(signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> {
		const state = readState(this.sandbox);
		if (state !== undefined && isAlive(state.pid)) {
			// A pid that another process has taken meanwhile is not ours to end.
			const ours = (await runningSandbox(this.environment))?.pid === state.pid;
			if (ours) {
				process.kill(state.pid, signal);
				await eventually(() => !isAlive(state.pid), `sandbox ${state.pid} ends`);
			}
		}
	}

	/** Remembers a command that must not outlive the test. */
	track(child: ChildProcess): void {
		this.children.add(child);
		child.once("exit", () => this.children.delete(child));
	}

	async close(): Promise<void> {
		this.children.forEach((child) => {
			child.kill("SIGKILL");
		});
		await this.stopSandbox();
		rmSync(this.folder, { recursive: true, force: true });
	}
}

import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../lib/folders";
import { isAlive } from "../../lib/process-alive";
import { readState, sandboxFolder } from "../../sandbox/files";
import { eventually } from "./processes";

/** What the product is made of; tests, docs and state stay behind. */
const parts = [
	"bin",
	"blueprint",
	"catalogue",
	"components",
	"fleet",
	"lib",
	"policies",
	"requirements",
	"sandbox",
	"spec",
	"toolchain",
	"index.ts",
	"package.json",
	"Pulumi.yaml",
	"Pulumi.dev.yaml",
	"Pulumi.staging.yaml",
	"Pulumi.prod.yaml",
	"tsconfig.json",
] as const;

/** How a command ended. */
export interface CliResult {
	readonly code: number;
	readonly stdout: string;
	readonly stderr: string;
}

/** A copy of the project that a test may break, with the command line spawned for real in it. */
export class ProjectCopy {
	readonly root = mkdtempSync(join(tmpdir(), "meridian-copy-"));

	/** `environment` are variables that every command of the copy runs with. */
	constructor(private readonly environment: NodeJS.ProcessEnv = {}) {
		for (const part of parts) {
			cpSync(join(projectRoot, part), join(this.root, part), { recursive: true });
		}
		symlinkSync(join(projectRoot, "node_modules"), join(this.root, "node_modules"), "dir");
	}

	/** Where the copy keeps state and inventory. */
	get home(): string {
		return join(this.root, ".meridian");
	}

	/** Replaces text in a file; fails where the text is not there exactly once. */
	edit(file: string, from: string, to: string): void {
		const path = join(this.root, file);
		const text = readFileSync(path, "utf8");
		if (text.split(from).length !== 2) {
			throw new Error(`${file} does not hold exactly once: ${from}`);
		}
		writeFileSync(path, text.replace(from, to));
	}

	/** Puts a file back as it stands in the project. */
	restore(file: string): void {
		cpSync(join(projectRoot, file), join(this.root, file));
	}

	/** Starts the command line; the caller waits for it or kills it. */
	start(args: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
		return spawn(process.execPath, [join(this.root, "bin", "meridian.js"), ...args], {
			cwd: this.root,
			env: { ...process.env, MERIDIAN_HOME: this.home, CI: "true", ...this.environment, ...environment },
			stdio: ["ignore", "pipe", "pipe"],
		});
	}

	/** Runs the command line to its end. */
	run(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<CliResult> {
		return finished(this.start(args, environment));
	}

	/** Ends the copy's sandbox and removes everything. */
	async close(): Promise<void> {
		const state = readState(sandboxFolder({ MERIDIAN_HOME: this.home }));
		if (state && isAlive(state.pid)) {
			process.kill(state.pid, "SIGTERM");
			await eventually(() => !isAlive(state.pid), `sandbox ${state.pid} ends`);
		}
		rmSync(this.root, { recursive: true, force: true });
	}
}

/** Collects what a process prints until it ends; a signal counts as 128 + its number. */
export function finished(child: ChildProcess): Promise<CliResult> {
	return new Promise((resolve, reject) => {
		let stdout = "";
		let stderr = "";
		child.stdout?.on("data", (chunk: Buffer) => {
			stdout += chunk.toString("utf8");
		});
		child.stderr?.on("data", (chunk: Buffer) => {
			stderr += chunk.toString("utf8");
		});
		child.once("error", reject);
		child.once("close", (code, signal) =>
			resolve({ code: code ?? (signal === "SIGKILL" ? 137 : 130), stdout, stderr }),
		);
	});
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import type { ProgramName } from "../../toolchain/control-plane/programs";

/** How long a program may take to end before it is killed, in milliseconds. */
const patienceMs = 5_000;

/** A running program of a control plane. */
export class ProgramProcess {
	readonly name: ProgramName;
	readonly pid: number;
	private readonly child: ChildProcess;
	private readonly logFile: string;
	private ended = false;
	private stopping = false;

	/** Starts the program; what it prints goes to its log file. Throws where the system does not start it. */
	constructor(options: {
		readonly name: ProgramName;
		readonly command: string;
		readonly args: readonly string[];
		readonly logFile: string;
		/** Called once when the program ends by itself. */
		readonly onEnd: (process: ProgramProcess) => void;
	}) {
		this.name = options.name;
		this.logFile = options.logFile;
		mkdirSync(dirname(options.logFile), { recursive: true });
		const log = openSync(options.logFile, "w", 0o600);
		// Half the garbage: a control plane of a few hundred objects has time rather than memory.
		this.child = spawn(options.command, options.args, { stdio: ["ignore", log, log], env: { GOGC: "50" } });
		closeSync(log);
		// A program that cannot be started tells so twice; an event that nobody hears ends the sandbox.
		this.child.once("error", () => {});
		if (this.child.pid === undefined) {
			throw new Error(`${options.command} cannot be started`);
		}
		this.pid = this.child.pid;
		this.child.once("exit", () => {
			this.ended = true;
			if (!this.stopping) {
				options.onEnd(this);
			}
		});
	}

	get isRunning(): boolean {
		return !this.ended;
	}

	/** The last lines of the program's log that tell of an error, or its last ones. */
	complaint(): string {
		const lines = readFileSync(this.logFile, "utf8").trim().split("\n");
		const errors = lines.filter((line) =>
			/^[EF]\d{4} |"level":"(error|fatal|panic)"|panic:|no space left|rror:/.test(line),
		);
		return (errors.length > 0 ? errors : lines).slice(-2).map(spoken).join("\n");
	}

	/** Kills the program; it counts as stopped. */
	kill(): void {
		this.stopping = true;
		this.child.kill("SIGKILL");
	}

	/** Asks the program to end, and kills it where it does not. */
	async stop(): Promise<void> {
		if (this.ended) {
			return;
		}
		this.stopping = true;
		const ended = once(this.child, "exit");
		this.child.kill("SIGTERM");
		const killer = setTimeout(() => this.child.kill("SIGKILL"), patienceMs);
		await ended;
		clearTimeout(killer);
	}
}

/** What a line of a log says: of etcd's, which are JSON, the message and the error without the stack trace. */
function spoken(line: string): string {
	const { msg, error } = fieldsOf(line);
	return [msg, error].filter((part) => typeof part === "string").join(": ") || line;
}

function fieldsOf(line: string): { readonly msg?: unknown; readonly error?: unknown } {
	try {
		return Object(JSON.parse(line));
	} catch {
		return {};
	}
}

import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** What a finished command printed and how it ended. */
export interface CommandResult {
	readonly code: number;
	readonly stdout: string;
	readonly stderr: string;
}

/** How a command is run. */
export interface CommandOptions {
	readonly cwd?: string;
	readonly env?: NodeJS.ProcessEnv;
	/** Called with each line of the standard error as it comes, for progress. */
	readonly onLine?: (line: string) => void;
	/** Ends the command after this many milliseconds. */
	readonly timeoutMs?: number;
}

/** Runs a command to its end; rejects only where it cannot be started. */
export function runCommand(
	command: string,
	args: readonly string[],
	options: CommandOptions = {},
): Promise<CommandResult> {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, {
			...(options.cwd ? { cwd: options.cwd } : {}),
			env: options.env ?? process.env,
			stdio: ["ignore", "pipe", "pipe"],
			...(options.timeoutMs ? { timeout: options.timeoutMs, killSignal: "SIGKILL" as const } : {}),
		});
		let stdout = "";
		let stderr = "";
		let rest = "";
		child.stdout.on("data", (chunk: Buffer) => {
			stdout += chunk.toString("utf8");
		});
		child.stderr.on("data", (chunk: Buffer) => {
			stderr += chunk.toString("utf8");
			const lines = (rest + chunk.toString("utf8")).split("\n");
			rest = lines.pop() ?? "";
			lines.forEach((line) => {
				options.onLine?.(line);
			});
		});
		child.once("error", reject);
		child.once("close", (code) => resolve({ code: code ?? 137, stdout, stderr }));
	});
}

/** The full path of a program on PATH, or nothing. */
export function onPath(program: string, path: string = process.env.PATH ?? ""): string | undefined {
	return path
		.split(delimiter)
		.filter((folder) => folder !== "")
		.map((folder) => join(folder, program))
		.find(isExecutable);
}

/** True for a file that may be executed. */
export function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

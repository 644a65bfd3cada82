import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";

/** A process that was started with a certain `MERIDIAN_HOME`. */
export interface HomeProcess {
	readonly pid: number;
	readonly args: readonly string[];
}

/**
 * Everything that runs for a home: command line, worker, engine, language host, program, policy packs, sandbox. Read
 * from /proc, so on Linux only; a child inherits the variable whatever its arguments are.
 */
export function processesOf(home: string): HomeProcess[] {
	return readdirSync("/proc")
		.filter((name) => /^\d+$/.test(name) && text(`/proc/${name}/environ`).includes(`MERIDIAN_HOME=${home}\0`))
		.map((name) => ({ pid: Number(name), args: text(`/proc/${name}/cmdline`).split("\0").slice(0, -1) }))
		.filter(({ args }) => args.length > 0);
}

/** True for the Pulumi CLI itself, not its language host. */
export function isEngine({ args: [program = ""] }: HomeProcess): boolean {
	return basename(program) === "pulumi";
}

/** True for the sandbox's server, or its compiler helper, which stay until they are stopped. */
export function isSandbox({ args }: HomeProcess): boolean {
	return args.some((arg) => arg.endsWith("sandbox/server/main.ts") || arg.startsWith("--service="));
}

/** A process that ended meanwhile, or another user's, reads as nothing. */
function text(file: string): string {
	try {
		return readFileSync(file, "utf8");
	} catch {
		return "";
	}
}

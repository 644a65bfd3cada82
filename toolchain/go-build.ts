import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ExitCode, UserError } from "../lib/errors";
import { runCommand } from "./command";
import { compareVersions, goVersion } from "./versions";

/** The programs of one Go module that pins them and all that they are made of (go.mod, go.sum). */
export interface GoPrograms {
	/** In words, for messages: `the Pulumi CLI 3.259.0`. */
	readonly what: string;
	/** Folder of the module. */
	readonly module: string;
	/** Import paths of the programs by the names of their executables. */
	readonly programs: { readonly [name: string]: string };
	/** Variables that the linker sets, as a version. */
	readonly variables?: { readonly [variable: string]: string };
	/** About how many packages Go compiles for them; only the progress line uses it. */
	readonly compiles: number;
	/** What to do where Go cannot build them. */
	readonly otherwise: string;
}

/** The installed Go's version, or nothing where there is none. */
export async function installedGo(environment: NodeJS.ProcessEnv = process.env): Promise<string | undefined> {
	try {
		const { code, stdout } = await runCommand("go", ["env", "GOVERSION"], { env: environment });
		return code === 0 ? stdout.trim().replace(/^go/, "") : undefined;
	} catch {
		return undefined;
	}
}

/** True where this Go can build what needs a version; the CLI's unless said. */
export function canBuild(go: string | undefined, needed = goVersion): go is string {
	return go !== undefined && compareVersions(go, needed) >= 0;
}

/**
 * Builds programs from published Go modules into a folder, each under its own name, complete or not at all. `say` gets
 * one line at each step worth showing. Throws a `UserError` (exit code 1) where Go refuses.
 */
export async function buildPrograms(
	folder: string,
	programs: GoPrograms,
	say: (line: string) => void,
	environment: NodeJS.ProcessEnv = process.env,
): Promise<void> {
	mkdirSync(folder, { recursive: true });
	const scratch = mkdtempSync(join(folder, "building-"));
	try {
		const { code, stderr } = await runCommand("go", buildArguments(scratch, programs), {
			cwd: programs.module,
			env: environment,
			onLine: buildProgress(say, programs.compiles),
		});
		if (code !== 0) {
			const reason = stderr.trim().split("\n").slice(-5).join("\n");
			throw new UserError(`${programs.what} could not be built:\n${reason}`, {
				code: ExitCode.failed,
				remedy: `check that Go reaches its module proxy (go env GOPROXY), or ${programs.otherwise}`,
			});
		}
		for (const program of readdirSync(scratch)) {
			renameSync(join(scratch, program), join(folder, program));
		}
	} finally {
		rmSync(scratch, { recursive: true, force: true });
	}
}

/** Go names the executables of several packages itself, by the last parts of their paths. */
function buildArguments(folder: string, { programs, variables = {} }: GoPrograms): string[] {
	const settings = Object.entries(variables).map(([variable, value]) => `-X ${variable}=${value}`);
	const [only, ...others] = Object.keys(programs);
	const target = others.length === 0 && only !== undefined ? join(folder, only) : `${folder}/`;
	const flags = ["-v", "-mod=readonly", "-trimpath", "-ldflags", ["-s", "-w", ...settings].join(" ")];
	return ["build", ...flags, "-o", target, ...Object.values(programs)];
}

/** Turns what `go build -v` prints into a line every few seconds: modules fetched, then packages compiled. */
export function buildProgress(
	say: (line: string) => void,
	packagesToCompile: number,
	everyMs = 5_000,
): (line: string) => void {
	let fetched = 0;
	let compiled = 0;
	let last = 0;
	return (line) => {
		if (line.startsWith("go: downloading")) {
			fetched += 1;
		} else if (line !== "") {
			compiled += 1;
		}
		if (Date.now() - last >= everyMs) {
			last = Date.now();
			const share = Math.min(99, Math.round((100 * compiled) / packagesToCompile));
			say(compiled === 0 ? `  fetching modules: ${fetched}` : `  compiling: ${compiled} packages, about ${share} %`);
		}
	};
}

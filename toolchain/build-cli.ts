import { mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { ExitCode, UserError } from "../lib/errors";
import { runCommand } from "./command";
import { compareVersions, goVersion, pulumiVersion } from "./versions";

/** Folder of the Go module that pins the CLI and all it is made of (go.mod, go.sum). */
export const moduleFolder = join(__dirname, "pulumi-cli");

/** Go compiles about this many packages for the CLI; only the progress line uses it. Counted on 2026-11-21. */
const packagesToCompile = 1_150;

/** The installed Go's version, or nothing where there is none. */
export async function installedGo(environment: NodeJS.ProcessEnv = process.env): Promise<string | undefined> {
	try {
		const { code, stdout } = await runCommand("go", ["env", "GOVERSION"], { env: environment });
		return code === 0 ? stdout.trim().replace(/^go/, "") : undefined;
	} catch {
		return undefined;
	}
}

/** True where this Go can build the CLI. */
export function canBuild(go: string | undefined): go is string {
	return go !== undefined && compareVersions(go, goVersion) >= 0;
}

/**
 * Builds the CLI from its published Go modules into `target`: 40 s to 4 min on two cores. `say` gets one line at each
 * step worth showing.
 */
export async function buildCli(
	target: string,
	say: (line: string) => void,
	environment: NodeJS.ProcessEnv = process.env,
): Promise<void> {
	mkdirSync(join(target, ".."), { recursive: true });
	const temporary = `${target}.${process.pid}.tmp`;
	const flag = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${pulumiVersion}`;
	const progress = buildProgress(say);
	const { code, stderr } = await runCommand(
		"go",
		[
			"build",
			"-v",
			"-mod=readonly",
			"-ldflags",
			`-s -w ${flag}`,
			"-o",
			temporary,
			"github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
		],
		{ cwd: moduleFolder, env: environment, onLine: progress },
	);
	if (code !== 0) {
		const reason = stderr.trim().split("\n").slice(-5).join("\n");
		throw new UserError(`The Pulumi CLI ${pulumiVersion} could not be built:\n${reason}`, {
			code: ExitCode.failed,
			remedy: "check that Go reaches its module proxy (go env GOPROXY), or install Pulumi and put it on PATH",
		});
	}
	renameSync(temporary, target);
}

/** Turns what `go build -v` prints into a line every few seconds: modules fetched, then packages compiled. */
export function buildProgress(say: (line: string) => void, everyMs = 5_000): (line: string) => void {
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

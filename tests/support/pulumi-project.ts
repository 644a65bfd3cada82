import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { projectRoot } from "../../lib/folders";
import { ensureCli } from "../../toolchain/cli";
import type { TemporaryHome } from "./temporary-home";

/** What a finished command of the real CLI did. */
export interface EngineRun {
	readonly code: number;
	readonly stdout: string;
	readonly stderr: string;
	readonly events: readonly EngineEvent[];
}

/** A command of the real CLI that still runs. */
export interface RunningCli {
	readonly child: ChildProcess;
	readonly pid: number;
	readonly finished: Promise<EngineRun>;
}

/** A small Pulumi project in a temporary home, run by the real CLI with a file backend of its own. */
export class PulumiProject {
	private count = 0;

	private constructor(
		readonly folder: string,
		private readonly home: TemporaryHome,
		private readonly environment: NodeJS.ProcessEnv,
	) {}

	/** Writes a project with the given files (`index.js` is its program) and makes its stacks. */
	static async create(
		home: TemporaryHome,
		name: string,
		options: { files: { readonly [file: string]: string }; stacks?: readonly string[] },
	): Promise<PulumiProject> {
		const folder = home.makeFolder(`projects/${name}`);
		const cli = await ensureCli(() => {});
		const project = new PulumiProject(folder, home, {
			...home.environment,
			PATH: [cli.hostFolder, dirname(cli.command), home.environment.PATH ?? ""].join(delimiter),
			PULUMI_BACKEND_URL: `file://${home.makeFolder("state")}`,
			PULUMI_HOME: home.makeFolder("pulumi"),
			PULUMI_CONFIG_PASSPHRASE: "not-a-secret",
			PULUMI_SKIP_UPDATE_CHECK: "true",
			// Shows the flag --event-log.
			PULUMI_DEBUG_COMMANDS: "true",
			PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
		});
		symlinkSync(join(projectRoot, "node_modules"), join(folder, "node_modules"), "dir");
		project.write({
			"Pulumi.yaml": projectFile(name),
			"package.json": JSON.stringify({ name, dependencies: { "@pulumi/pulumi": "*" } }),
			...options.files,
		});
		for (const stack of options.stacks ?? ["test"]) {
			await project.must(["stack", "init", stack]);
		}
		return project;
	}

	/** Writes files of the project. */
	write(files: { readonly [file: string]: string }): void {
		for (const [file, content] of Object.entries(files)) {
			mkdirSync(dirname(join(this.folder, file)), { recursive: true });
			writeFileSync(join(this.folder, file), content);
		}
	}

	/** Text of a file that the program wrote. */
	read(file: string): string {
		return readFileSync(join(this.folder, file), "utf8");
	}

	has(file: string): boolean {
		return existsSync(join(this.folder, file));
	}

	/** Removes a file, whether or not it is there. */
	remove(file: string): void {
		rmSync(join(this.folder, file), { force: true });
	}

	/** Runs a command to its end, whatever its exit code. */
	run(args: readonly string[], extra: NodeJS.ProcessEnv = {}): Promise<EngineRun> {
		return this.start(args, extra).finished;
	}

	/** Runs a command that must succeed. */
	async must(args: readonly string[], extra: NodeJS.ProcessEnv = {}): Promise<EngineRun> {
		const result = await this.run(args, extra);
		if (result.code !== 0) {
			throw new Error(`pulumi ${args.join(" ")} ended with ${result.code}:\n${result.stdout}\n${result.stderr}`);
		}
		return result;
	}

	/** Starts a command in a process group of its own. Operations (`preview`, `up` ...) also write their events. */
	start(args: readonly string[], extra: NodeJS.ProcessEnv = {}): RunningCli {
		this.count += 1;
		const log = join(this.folder, `events-${this.count}.json`);
		const isOperation = ["preview", "up", "destroy", "refresh"].includes(args[0] ?? "");
		const operation = isOperation
			? ["--event-log", log, ...(args[0] === "preview" ? [] : ["--yes", "--skip-preview"])]
			: [];
		const child = spawn("pulumi", [...args, ...operation, "--non-interactive", "--color", "never"], {
			cwd: this.folder,
			env: { ...this.environment, ...extra },
			stdio: ["ignore", "pipe", "pipe"],
			detached: true,
		});
		this.home.track(child);
		return { child, pid: child.pid ?? 0, finished: ended(child, log) };
	}
}

function ended(child: ChildProcess, log: string): Promise<EngineRun> {
	let stdout = "";
	let stderr = "";
	child.stdout?.on("data", (chunk: Buffer) => {
		stdout += chunk.toString("utf8");
	});
	child.stderr?.on("data", (chunk: Buffer) => {
		stderr += chunk.toString("utf8");
	});
	return new Promise((resolve, reject) => {
		child.once("error", reject);
		child.once("close", (code) => resolve({ code: code ?? 137, stdout, stderr, events: eventsOf(log) }));
	});
}

function eventsOf(log: string): EngineEvent[] {
	if (!existsSync(log)) {
		return [];
	}
	const lines = readFileSync(log, "utf8").split("\n");
	rmSync(log);
	return lines.filter((line) => line.endsWith("}")).map((line): EngineEvent => JSON.parse(line));
}

/** The engine's steps on resources other than the stack, as `create bucket`; steps that change nothing are left out. */
export function stepsOf(run: EngineRun): string[] {
	return run.events
		.flatMap((event) => event.resourcePreEvent?.metadata ?? [])
		.filter((step) => step.type !== "pulumi:pulumi:Stack" && step.op !== "same")
		.map((step) => `${step.op} ${step.urn.split("::").at(-1)}`);
}

/** Texts of the engine's error messages. */
export function errorsOf(run: EngineRun): string[] {
	return run.events
		.flatMap((event) => event.diagnosticEvent ?? [])
		.filter((diagnostic) => diagnostic.severity === "error")
		.map((diagnostic) => diagnostic.message);
}

/** Without `typescript: false` the SDK loads its type-checking compiler, which takes seconds. */
function projectFile(name: string): string {
	return `name: ${name}\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n`;
}

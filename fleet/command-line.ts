import { closest, distance } from "fastest-levenshtein";
import type { Argv } from "yargs";
import { type ExitCode, UserError } from "../lib/errors";
import { environments } from "../spec/load";
import type { Console } from "./console";
import { commands } from "./lazy-commands";

const sandboxVerbs = ["ls", "status", "pods", "kubeconfig", "faults", "reset", "stop", "env"];

/** Called with the exit code of the command that ran. */
type Done = (code: ExitCode) => void;

const commandNames = ["up", "plan", "destroy", "outputs", "check", "synth", "trace", "sandbox", "doctor", "completion"];

/** The command line: verbs, options, help with examples, completion. Commands are loaded when they run. */
export function buildCommandLine(parser: Argv, given: readonly string[], console: Console, done: Done): Argv {
	const line = parser
		.scriptName("meridian")
		.usage("$0 <command>\n\nOne specification to running frontier-AI infrastructure.")
		.option("json", { type: "boolean", default: false, describe: "one JSON document on standard output" })
		.option("lock-timeout", { type: "number", default: 600, describe: "seconds to wait for another command" })
		.strict()
		.demandCommand(1, "")
		.help()
		.version()
		.alias("h", "help")
		.wrap(100)
		.completion("completion", "print the completion script for your shell", (current, argv) =>
			completions(argv._.slice(1).map(String)).filter((word) => word.startsWith(current)),
		)
		.example("$0 up dev", "deploy environment dev")
		.example("$0 plan dev --json", "what would change, for a program")
		.example("$0 trace dev --all", "which requirement is served by what")
		.epilogue(
			"Exit codes: 0 ok, 1 failed, 2 usage, 3 credentials, 5 policy denied, 6 not found, 7 changes, 8 cancelled, 10 locked; all in README.md",
		)
		.exitProcess(false)
		.fail((message, error) => {
			throw error ?? usageError(message, given);
		});
	addDeployment(line, console, done);
	addInspection(line, console, done);
	addSandbox(line, console, done);
	return line;
}

/** What may stand at the last of the words that were typed after the program's name. */
export function completions(typed: readonly string[]): string[] {
	if (typed.length <= 1) {
		return commandNames;
	}
	const isSandbox = typed[0] === "sandbox";
	const known = isSandbox ? sandboxVerbs : typed[0] === "doctor" ? [] : environments();
	return typed.length === 2 ? known : [];
}

/** `given` are the words before any option. */
function usageError(message: string | null, given: readonly string[]): UserError {
	const [verb] = given;
	const remedy = "see: npx meridian --help";
	if (verb === undefined) {
		return new UserError("Which command?", { remedy });
	}
	if (!commandNames.includes(verb)) {
		const near = closest(verb, commandNames);
		const hint = distance(verb, near) <= 2 ? `; did you mean ${near}?` : "";
		return new UserError(`There is no command ${verb}${hint}`, { remedy });
	}
	return new UserError(message || `Which ${verb} command?`, { remedy: `see: npx meridian ${verb} --help` });
}

const environment = { type: "string", demandOption: true, describe: "environment, as dev" } as const;
const detailed = { type: "boolean", default: false, describe: "exit 7 where there are changes" } as const;
const cell = { type: "string", describe: "one cell, as aws-us-east-1" } as const;

function addDeployment(line: Argv, console: Console, done: Done): void {
	line
		.command(
			"up <environment>",
			"plan with the policy packs, then apply the same plan",
			(y) => y.positional("environment", environment).option("detailed-exitcode", detailed),
			async (argv) => done(await commands.deployment.up(deployOptions(argv), console)),
		)
		.command(
			"plan <environment>",
			"show what would change, which rules hold and what is taken as given",
			(y) => y.positional("environment", environment).option("detailed-exitcode", detailed),
			async (argv) => done(await commands.deployment.plan(deployOptions(argv), console)),
		)
		.command(
			"destroy <environment>",
			"destroy everything in the environment",
			(y) =>
				y
					.positional("environment", environment)
					.option("yes", { type: "boolean", alias: "y", default: false, describe: "do not ask" }),
			async (argv) => {
				const { destroy } = commands.destruction;
				const { yes, json } = argv;
				done(
					await destroy(
						{ environment: argv.environment, yes, json: json === true, lockTimeout: Number(argv["lock-timeout"]) },
						console,
					),
				);
			},
		)
		.command(
			"outputs <environment>",
			"print what the environment's stacks export",
			(y) => y.positional("environment", environment),
			async (argv) =>
				done(await commands.inspection.outputs({ environment: argv.environment, json: argv.json === true }, console)),
		);
}

function deployOptions(argv: { environment: string; "detailed-exitcode": boolean; [name: string]: unknown }) {
	return {
		environment: argv.environment,
		json: argv.json === true,
		detailedExitcode: argv["detailed-exitcode"],
		lockTimeout: Number(argv["lock-timeout"]),
	};
}

function addInspection(line: Argv, console: Console, done: Done): void {
	line
		.command(
			"check <environment>",
			"judge the blueprint by every rule, without an engine",
			(y) =>
				y
					.positional("environment", environment)
					.option("cell", cell)
					.option("schedule", { type: "boolean", default: false, describe: "prove that every pod finds a node" }),
			async (argv) => {
				const { check } = commands.inspection;
				const { cell: only, schedule } = argv;
				done(await check({ environment: argv.environment, cell: only, schedule, json: argv.json === true }, console));
			},
		)
		.command(
			"synth <environment>",
			"write the blueprint: what the program would register, as data",
			(y) =>
				y
					.positional("environment", environment)
					.option("cell", cell)
					.option("schema", { type: "boolean", default: false, describe: "print the file's JSON Schema instead" })
					.option("out", { type: "string", describe: "file to write; standard output where none is named" }),
			async (argv) => {
				const { synth } = commands.inspection;
				done(
					await synth({ environment: argv.environment, cell: argv.cell, out: argv.out, schema: argv.schema }, console),
				);
			},
		)
		.command(
			"trace <environment>",
			"list every requirement with what the plan holds of it",
			(y) =>
				y
					.positional("environment", environment)
					.option("all", { type: "boolean", default: false, describe: "missing items too" }),
			async (argv) => {
				const { trace } = commands.inspection;
				done(await trace({ environment: argv.environment, json: argv.json === true, all: argv.all }, console));
			},
		)
		.command(
			"doctor",
			"say what is there, what is missing and how to mend it",
			(y) => y.option("install", { type: "boolean", default: false, describe: "make what is missing now" }),
			async (argv) => {
				const { doctor } = commands.diagnosis;
				done(await doctor({ json: argv.json === true, install: argv.install }, console));
			},
		);
}

function addSandbox(line: Argv, console: Console, done: Done): void {
	line.command("sandbox <command>", "the emulated clouds", (y) =>
		y
			.command(
				"ls",
				"list what exists",
				(z) =>
					z.option("retained", { type: "boolean", default: false, describe: "what the cloud keeps after deletion" }),
				async (argv) =>
					done(await commands.sandbox.list({ json: argv.json === true, retained: argv.retained }, console)),
			)
			.command("status", "say whether it runs, what exists and which faults are set", {}, async (argv) =>
				done(await commands.sandboxFaults.status({ json: argv.json === true }, console)),
			)
			.command(
				"pods <environment>",
				"what runs where in the environment's clusters, what is pending and why",
				(z) => z.positional("environment", environment),
				async (argv) =>
					done(
						await commands.sandboxClusters.pods({ environment: argv.environment, json: argv.json === true }, console),
					),
			)
			.command(
				"kubeconfig <cluster>",
				"start a cluster and print a kubeconfig for kubectl",
				(z) => z.positional("cluster", { type: "string", demandOption: true, describe: "name, or a cell's id" }),
				async (argv) => done(await commands.sandboxClusters.kubeconfig(argv.cluster, console)),
			)
			.command(
				"faults",
				"throttle calls and cut connections; without options: show what is set",
				(z) =>
					z
						.option("throttle", { type: "number", describe: "share of calls answered with 429, 0 to 0.9" })
						.option("reset", { type: "number", describe: "share of calls whose connection is cut, 0 to 0.9" })
						.option("seed", { type: "number", describe: "chooses which calls; whole, 1 unless said" })
						.option("off", { type: "boolean", default: false, describe: "end all faults" }),
				async ({ throttle, reset, seed, off, json }) =>
					done(await commands.sandboxFaults.faults({ throttle, reset, seed, off, json: json === true }, console)),
			)
			.command("reset", "empty the clouds and forget their stacks", {}, async (argv) =>
				done(await commands.sandbox.reset({ lockTimeout: Number(argv["lock-timeout"]) }, console)),
			)
			.command("stop", "end the sandbox's process; what exists is kept", {}, async () =>
				done(await commands.sandbox.stop(console)),
			)
			.command(
				"env [environment]",
				'shell lines for plain pulumi: eval "$(meridian sandbox env)"',
				(z) => z.positional("environment", { type: "string", default: "dev", describe: "environment, as dev" }),
				async (argv) => {
					const lockTimeout = Number(argv["lock-timeout"]);
					done(await commands.sandbox.environment(argv.environment, { lockTimeout }, console));
				},
			)
			.demandCommand(1, ""),
	);
}

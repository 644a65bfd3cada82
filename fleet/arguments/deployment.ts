import type { Argv } from "yargs";
import { UserError } from "../../lib/errors";
import type { Console } from "../console";
import { commands } from "../lazy-commands";
import { cell, type Done, environment } from "./shared";

const detailed = { type: "boolean", default: false, describe: "exit 7 where there are changes" } as const;

const parallel = { type: "number", default: 2, describe: "stacks that are worked on at once" } as const;

/** What plan and up are told. */
function deployment<T>(y: Argv<T>) {
	return y
		.positional("environment", environment)
		.option("cell", cell)
		.option("parallel", parallel)
		.option("detailed-exitcode", detailed);
}

/** Verbs that work on stacks. */
export function addDeployment(line: Argv, console: Console, done: Done): void {
	line
		.command("up <environment>", "plan with the policy packs, then apply the same plan", deployment, async (argv) =>
			done(await commands.deployment.up(deployOptions(argv), console)),
		)
		.command(
			"plan <environment>",
			"show what would change, which rules hold and what is taken as given",
			deployment,
			async (argv) => done(await commands.planning.plan(deployOptions(argv), console)),
		)
		.command(
			"destroy <environment>",
			"destroy everything in the environment",
			(y) =>
				y
					.positional("environment", environment)
					.option("cell", cell)
					.option("parallel", parallel)
					.option("yes", { type: "boolean", alias: "y", default: false, describe: "do not ask" }),
			async (argv) => {
				const { destroy } = commands.destruction;
				const { yes, cell: only } = argv;
				done(await destroy({ ...stackOptions(argv), yes, cell: only }, console));
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

function deployOptions(argv: StackArguments & { "detailed-exitcode": boolean; cell?: string | undefined }) {
	return { ...stackOptions(argv), cell: argv.cell, detailedExitcode: argv["detailed-exitcode"] };
}

/** What every command on stacks is told. */
interface StackArguments {
	readonly environment: string;
	readonly parallel: number;
	readonly [name: string]: unknown;
}

function stackOptions({ environment, parallel, json, "lock-timeout": lockTimeout }: StackArguments) {
	if (!Number.isInteger(parallel) || parallel < 1 || parallel > 16) {
		throw new UserError(`--parallel: must be a whole number, 1 to 16 stacks, but ${parallel} was given`);
	}
	return { environment, parallel, json: json === true, lockTimeout: Number(lockTimeout) };
}

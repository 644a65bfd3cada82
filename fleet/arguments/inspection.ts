import type { Argv } from "yargs";
import type { Console } from "../console";
import { commands } from "../lazy-commands";
import { cell, type Done, environment } from "./shared";

/** Verbs that ask no engine. */
export function addInspection(line: Argv, console: Console, done: Done): void {
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

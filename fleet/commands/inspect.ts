import { resolve } from "node:path";
import { blueprintSchema, blueprintText } from "../../blueprint/synthesize";
import { ExitCode } from "../../lib/errors";
import { writeAtomic } from "../../lib/files";
import { violations } from "../../policies/report";
import { summarise } from "../../requirements/trace";
import { loadEnvironment } from "../../spec/load";
import { assess, environmentBlueprint, stackNames } from "../assessment";
import type { Console } from "../console";
import { findingLines } from "../report/findings";
import { rehearsalLines, rehearsalProblems } from "../report/rehearsal";
import { readStack } from "./deploy";
import { schedule } from "./schedule";

/** Writes the blueprint of an environment or one of its cells, or its JSON Schema; without a file, to standard output. */
export async function synth(
	options: {
		readonly environment: string;
		readonly cell: string | undefined;
		readonly out: string | undefined;
		readonly schema: boolean;
	},
	console: Console,
): Promise<ExitCode> {
	if (options.schema) {
		console.data(`${JSON.stringify(blueprintSchema(), null, 2)}\n`);
		return ExitCode.ok;
	}
	const blueprint = await environmentBlueprint(loadEnvironment(options.environment), options.cell);
	const text = blueprintText(blueprint);
	if (options.out === undefined || options.out === "-") {
		console.data(text);
	} else {
		writeAtomic(resolve(options.out), text, 0o644);
		console.say(`${blueprint.resources.length} resources of ${blueprint.cells.join(", ")} written to ${options.out}`);
	}
	return ExitCode.ok;
}

/** Judges the blueprint by every rule, without an engine; with `schedule`, places its pods on scratch control planes. */
export async function check(
	options: {
		readonly environment: string;
		readonly cell: string | undefined;
		readonly schedule: boolean;
		readonly json: boolean;
	},
	console: Console,
): Promise<ExitCode> {
	const environment = loadEnvironment(options.environment);
	const { findings } = await assess(environment, options.cell);
	const rehearsed = options.schedule ? await schedule(environment, options.cell, console) : undefined;
	const problems = rehearsed === undefined ? [] : rehearsalProblems(rehearsed);
	if (options.json) {
		const placed = rehearsed === undefined ? {} : { schedule: { ...rehearsed, problems } };
		const document = { schemaVersion: 1, environment: options.environment, findings, ...placed };
		console.data(`${JSON.stringify(document, null, 2)}\n`);
	} else {
		const placed =
			rehearsed === undefined ? [] : ["", "Placed on scratch control planes", ...rehearsalLines(rehearsed)];
		console.data(`${[...findingLines(findings, true), ...placed].join("\n")}\n`);
	}
	if (violations(findings).length > 0) {
		return ExitCode.policyDenied;
	}
	return problems.length > 0 ? ExitCode.failed : ExitCode.ok;
}

/** Lists every requirement with what the plan holds of it, item by item. */
export async function trace(
	options: { readonly environment: string; readonly json: boolean; readonly all: boolean },
	console: Console,
): Promise<ExitCode> {
	const { trace: rows } = await assess(loadEnvironment(options.environment));
	if (options.json) {
		console.data(`${JSON.stringify({ schemaVersion: 1, environment: options.environment, rows }, null, 2)}\n`);
		return ExitCode.ok;
	}
	const lines = rows.flatMap((row) => {
		const served = row.items.filter((item) => item.status !== "missing");
		const shown = options.all ? row.items : served;
		return [
			`${row.id.padEnd(12)} ${row.status.padEnd(8)} ${served.length} of ${row.items.length} items`,
			...shown.map((item) => `    ${item.status.padEnd(8)} ${item.item}: want ${item.want}; found ${item.found}`),
		];
	});
	const { rows: counts } = summarise(rows);
	const total = `${rows.length} rows: ${counts.works} work, ${counts.deviates} deviate, ${counts.partly} in part, ${counts.missing} missing`;
	const hint = options.all ? [] : ["Items that nothing serves yet are left out; --all lists them"];
	console.data(`${[...lines, "", total, ...hint].join("\n")}\n`);
	return ExitCode.ok;
}

/** Prints what the environment's stacks export; secrets read `[secret]`. */
export async function outputs(
	options: { readonly environment: string; readonly json: boolean },
	console: Console,
): Promise<ExitCode> {
	const environment = loadEnvironment(options.environment);
	const found: { [stack: string]: unknown } = {};
	for (const stack of stackNames(environment.spec)) {
		found[stack] = await readStack(
			stack,
			{ environment, console },
			async (session) => (await session.run({ kind: "outputs" })).value,
		);
	}
	if (options.json) {
		console.data(`${JSON.stringify({ schemaVersion: 1, environment: options.environment, stacks: found }, null, 2)}\n`);
	} else {
		console.data(
			`${Object.entries(found)
				.flatMap(([stack, values]) => [`${stack}:`, ...outputLines(values, "  ")])
				.join("\n")}\n`,
		);
	}
	return ExitCode.ok;
}

function outputLines(value: unknown, indent: string): string[] {
	if (typeof value !== "object" || value === null) {
		return [`${indent}${String(value)}`];
	}
	return Object.entries(value).flatMap(([key, inner]) =>
		typeof inner === "object" && inner !== null
			? [`${indent}${key}:`, ...outputLines(inner, `${indent}  `)]
			: [`${indent}${key}: ${String(inner)}`],
	);
}

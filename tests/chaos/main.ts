import { randomInt } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { UserError } from "../../lib/errors";
import { projectRoot } from "../../lib/folders";
import { formatError } from "../../lib/format-error";
import { keepOnlyAws } from "../support/aws-only";
import { ProjectCopy } from "../support/project-copy";
import { type ChaosCase, casesOf, kinds, parseCase } from "./cases";
import { playCases } from "./play-cases";
import { summarise, table } from "./report";
import { measureClean, type Outcome } from "./run-case";

const usage = `npm run chaos -- [options]: kills processes with kill -9 at seeded moments of "meridian up dev" and
reads three oracles after the next "up": the sandbox's inventory, the engine's state, and a plan without changes.
  --kind command|engine|sandbox|faults   one kind; all where it is left out
  --points N     cases of each kind, 20 unless said
  --seed N       chooses the moments; drawn and printed where it is left out
  --jobs N       cases at the same time, 2 unless said
  --case ID      one case by its id, as a report names it
  --aws-only     dev without its other clouds: about three times as fast
Exit code 1 where any case failed. Works on a copy of the project, so that editing it meanwhile does no harm. Linux only.
`;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			kind: { type: "string" },
			points: { type: "string", default: "20" },
			seed: { type: "string", default: String(randomInt(2 ** 32)) },
			jobs: { type: "string", default: "2" },
			case: { type: "string" },
			"aws-only": { type: "boolean", default: false },
			help: { type: "boolean", default: false },
		},
	});
	if (values.help) {
		process.stdout.write(usage);
		return;
	}
	const seed = whole("--seed", values.seed, 0, 2 ** 32 - 1);
	const points = whole("--points", values.points, 1, 1000);
	const cases = values.case === undefined ? chosen(values.kind, points, seed) : [parseCase(values.case)];
	const jobs = Math.min(whole("--jobs", values.jobs, 1, 8), cases.length);
	say(`${cases.length} cases, seed ${seed}, ${jobs} at a time; the test double is the sandbox of emulated clouds`);
	const begin = Date.now();
	const outcomes = await inCopies(cases, jobs, values["aws-only"]);
	const rows = summarise(outcomes);
	const minutes = (Date.now() - begin) / 60_000;
	process.stdout.write(`\nSeed ${seed}, ${minutes.toFixed(0)} min\n\n${table(rows)}\n`);
	const report = { date: new Date().toISOString(), seed, jobs, minutes, rows, outcomes };
	writeFileSync(join(projectRoot, "chaos.json"), `${JSON.stringify(report, null, 2)}\n`);
	process.exitCode = outcomes.every(({ problems }) => problems.length === 0) ? 0 : 1;
}

function chosen(kindText: string | undefined, points: number, seed: number): ChaosCase[] {
	const kind = kinds.find((each) => each === kindText);
	if (kindText !== undefined && kind === undefined) {
		throw new UserError(`--kind must be one of ${kinds.join(", ")}, but ${kindText} was given`, {
			remedy: "leave it out for all kinds",
		});
	}
	return (kind === undefined ? kinds : [kind]).flatMap((each) => casesOf(each, points, seed));
}

function whole(option: string, text: string, least: number, most: number): number {
	const value = Number(text);
	if (!Number.isInteger(value) || value < least || value > most) {
		throw new UserError(`${option} must be a whole number from ${least} to ${most}, but ${text} was given`, {
			remedy: "see: npm run chaos -- --help",
		});
	}
	return value;
}

/** Each job works in a copy of its own and takes the next case when it is free. */
async function inCopies(cases: readonly ChaosCase[], jobs: number, awsOnly: boolean): Promise<Outcome[]> {
	const copies = Array.from({ length: jobs }, () => new ProjectCopy());
	try {
		if (awsOnly) {
			copies.forEach(keepOnlyAws);
		}
		// Measured as the cases run, all jobs at once: what shares the machine shares its speed.
		const timings = await Promise.all(copies.map(measureClean));
		const total = mean(timings.map((timing) => timing.total));
		const apply = mean(timings.map((timing) => timing.apply));
		say(`a clean up takes ${total.toFixed(0)} s, ${apply.toFixed(0)} s of it applying`);
		return await playCases(cases, {
			copies,
			timing: { total, apply },
			tell: (outcome, done) => tell(outcome, done, cases.length),
		});
	} finally {
		await Promise.all(copies.map((copy) => copy.close()));
	}
}

function mean(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function tell({ id, killed, left, resumeSeconds, problems }: Outcome, done: number, all: number): void {
	const found = `left ${left.orphans} unrecorded, ${left.pending} under way; next up ${resumeSeconds.toFixed(0)} s`;
	const verdict = problems.length === 0 ? "survived" : "FAILED";
	say(`${done}/${all} ${id}: ${verdict}${killed ? "" : " (nothing killed)"}, ${found}`);
	for (const problem of problems) {
		say(`    ${problem}`);
	}
	if (problems.length > 0) {
		say(`    to repeat it: npm run chaos -- --case ${id}`);
	}
}

function say(line: string): void {
	process.stderr.write(`${line}\n`);
}

main().catch((error: unknown) => {
	const text = error instanceof UserError ? formatError(error) : error instanceof Error ? error.stack : String(error);
	process.stderr.write(`${text}\n`);
	process.exitCode = error instanceof UserError ? error.code : 255;
});

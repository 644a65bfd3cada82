import { ExitCode } from "../../lib/errors";
import { loadEnvironment } from "../../spec/load";
import type { Assessment } from "../assessment";
import { withCommandLock } from "../command-lock";
import type { Console } from "../console";
import { changeLine, hasChanges } from "../report/changes";
import { type ClusterReport, clusterSummaryLines } from "../report/clusters";
import { inventoryLines, judgementLines } from "../report/overview";
import { requireAll } from "../rollout/outcome";
import { rollOut } from "../rollout/rollout";
import { wavesOf } from "../rollout/waves";
import { clusterReports } from "../stack/clusters";
import type { ChangeCounts } from "../stack/protocol";
import type { StackSession } from "../stack/session";
import { applyPlan, planStack } from "./deploy";
import { examined, sizeOf } from "./examine";
import { announceFaults } from "./sandbox-faults";

/** Options that plan and up share. */
export interface DeployOptions {
	readonly environment: string;
	/** One cell alone; all where none is named. */
	readonly cell: string | undefined;
	readonly json: boolean;
	readonly detailedExitcode: boolean;
	readonly lockTimeout: number;
	/** Stacks that are worked on at once. */
	readonly parallel: number;
}

/** What a deployment did in one stack. */
interface StackChanges {
	readonly planned: ChangeCounts;
	readonly applied: ChangeCounts;
}

/** What a deployment did, for `--json`. */
export interface DeployReport {
	readonly schemaVersion: 1;
	readonly environment: string;
	readonly stacks: readonly ({ readonly stack: string } & StackChanges)[];
}

/** Plans with the packs, then applies the same plan: the shared stack first, then the others a few at a time. */
export async function up(options: DeployOptions, console: Console): Promise<ExitCode> {
	const started = Date.now();
	const environment = loadEnvironment(options.environment);
	const waves = wavesOf(environment.spec, options.cell);
	announceFaults(environment.spec, console);
	return withCommandLock(
		{ console, command: `meridian up ${options.environment}`, waitSeconds: options.lockTimeout },
		async () => {
			const assessment = await examined(environment, console);
			const rollout = { environment, console, waitSeconds: options.lockTimeout, parallel: options.parallel };
			const runs = await rollOut(waves, rollout, (session, part) => deployStack(session, assessment, part));
			const done = requireAll(runs, `npx meridian up ${options.environment}`);
			const stacks = done.map(({ stack, value }) => ({ stack, ...value }));
			const clusters = options.json ? [] : await clusterReports(environment.spec);
			showResult({ assessment, stacks, clusters, started }, options, console);
			const changed = stacks.some((each) => hasChanges(each.applied));
			return options.detailedExitcode && changed ? ExitCode.changes : ExitCode.ok;
		},
	);
}

async function deployStack(session: StackSession, assessment: Assessment, console: Console): Promise<StackChanges> {
	const expected = sizeOf(assessment, session.stack);
	const plan = await planStack(session, console, expected);
	console.say(`${session.stack}: planned ${changeLine(plan.changes)}`);
	if (!hasChanges(plan.changes)) {
		return { planned: plan.changes, applied: plan.changes };
	}
	const applied = await applyPlan(session, console, plan, expected);
	console.say(`${session.stack}: done ${changeLine(applied)}`);
	return { planned: plan.changes, applied };
}

/** What an update did. */
interface Applied {
	readonly assessment: Assessment;
	readonly stacks: DeployReport["stacks"];
	/** The sandbox's real clusters; none with target cloud. */
	readonly clusters: readonly ClusterReport[];
	/** When it began, milliseconds since 1970. */
	readonly started: number;
}

function showResult(
	{ assessment, stacks, clusters, started }: Applied,
	options: DeployOptions,
	console: Console,
): void {
	const { environment, json } = options;
	if (json) {
		const report: DeployReport = { schemaVersion: 1, environment, stacks };
		console.data(`${JSON.stringify(report, null, 2)}\n`);
		return;
	}
	const lines = [
		"",
		`${environment} is up (${Math.round((Date.now() - started) / 1000)} s)`,
		...stacks.map((each) => `  ${each.stack}: ${changeLine(each.applied)}`),
		"",
		"What exists",
		...inventoryLines(assessment.blueprint),
		"",
		...(clusters.length > 0 ? ["What runs in the clusters", ...clusterSummaryLines(clusters), ""] : []),
		...judgementLines(assessment, environment),
		"",
		`Next: npx meridian sandbox pods ${environment}, npx meridian outputs ${environment}, or npx meridian destroy ${environment}`,
	];
	console.data(`${lines.join("\n")}\n`);
}

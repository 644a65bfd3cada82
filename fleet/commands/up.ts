import { cellOfStack } from "../../lib/cells";
import { ExitCode, UserError } from "../../lib/errors";
import { violations } from "../../policies/report";
import { type EnvironmentFile, loadEnvironment } from "../../spec/load";
import { type Assessment, assess, stackNames } from "../assessment";
import { withCommandLock } from "../command-lock";
import type { Console } from "../console";
import type { RehearsalReport } from "../rehearsal";
import { changeLine, hasChanges } from "../report/changes";
import { type ClusterReport, clusterSummaryLines } from "../report/clusters";
import { findingLines } from "../report/findings";
import { conflictLines, inventoryLines, judgementLines, lockLines } from "../report/overview";
import { rehearsalLines } from "../report/rehearsal";
import { clusterReports } from "../stack/clusters";
import type { ChangeCounts } from "../stack/protocol";
import { applyPlan, planStack, type StackPlan, withStack } from "./deploy";
import { announceFaults } from "./sandbox-faults";
import { scheduleIfPossible } from "./schedule";

/** Options that plan and up share. */
export interface DeployOptions {
	readonly environment: string;
	readonly json: boolean;
	readonly detailedExitcode: boolean;
	readonly lockTimeout: number;
}

/** What a deployment did, for `--json`. */
export interface DeployReport {
	readonly schemaVersion: 1;
	readonly environment: string;
	readonly stacks: readonly {
		readonly stack: string;
		readonly planned: ChangeCounts;
		readonly applied?: ChangeCounts;
	}[];
}

/** Shows what an update would do, which rules and requirements hold, and what is taken as given. Changes nothing. */
export async function plan(options: DeployOptions, console: Console): Promise<ExitCode> {
	const environment = loadEnvironment(options.environment);
	announceFaults(environment.spec, console);
	return withCommandLock(
		{ console, command: `meridian plan ${options.environment}`, waitSeconds: options.lockTimeout },
		async () => {
			const assessment = await examined(environment, console);
			const rehearsed = await scheduleIfPossible(environment, console);
			const plans: StackPlan[] = [];
			for (const stack of stackNames(environment.spec)) {
				const first = plans[0];
				plans.push(
					first !== undefined && isNew(first.changes)
						? estimate(stack, environment, assessment)
						: await withStack(stack, { environment, console, waitSeconds: options.lockTimeout }, (session) =>
								planStack(session, console, sizeOf(assessment)),
							),
				);
			}
			showPlan({ assessment, plans, rehearsed }, options, console);
			const changed = plans.some((each) => hasChanges(each.changes));
			return options.detailedExitcode && changed ? ExitCode.changes : ExitCode.ok;
		},
	);
}

/** Plans with the packs, then applies the same plan, stack by stack in dependency order. */
export async function up(options: DeployOptions, console: Console): Promise<ExitCode> {
	const started = Date.now();
	const environment = loadEnvironment(options.environment);
	announceFaults(environment.spec, console);
	return withCommandLock(
		{ console, command: `meridian up ${options.environment}`, waitSeconds: options.lockTimeout },
		async () => {
			const assessment = await examined(environment, console);
			const done: { stack: string; planned: ChangeCounts; applied: ChangeCounts }[] = [];
			for (const stack of stackNames(environment.spec)) {
				const changes = await withStack(
					stack,
					{ environment, console, waitSeconds: options.lockTimeout },
					async (session) => {
						const made = await planStack(session, console, sizeOf(assessment));
						console.say(`${stack}: planned ${changeLine(made.changes)}`);
						const applied = hasChanges(made.changes)
							? await applyPlan(session, console, made, sizeOf(assessment))
							: made.changes;
						return { planned: made.changes, applied };
					},
				);
				done.push({ stack, ...changes });
			}
			const clusters = options.json ? [] : await clusterReports(environment.spec);
			showResult({ assessment, done, clusters, started }, options, console);
			const changed = done.some((each) => hasChanges(each.applied));
			return options.detailedExitcode && changed ? ExitCode.changes : ExitCode.ok;
		},
	);
}

/** Judges the environment before an engine is asked; a rule that blocks ends it here, before anything exists. */
async function examined(environment: EnvironmentFile, console: Console): Promise<Assessment> {
	const { spec } = environment;
	console.say(`Environment ${spec.environment}, target ${spec.target}: reading the program ...`);
	const assessment = await assess(environment);
	if (violations(assessment.findings).length > 0) {
		findingLines(assessment.findings, false).forEach(console.say);
		throw new UserError(`Mandatory rules refuse environment ${spec.environment}; nothing was changed`, {
			code: ExitCode.policyDenied,
			remedy: `mend what is named above; npx meridian check ${spec.environment} judges again without an engine`,
		});
	}
	return assessment;
}

/** True where a plan creates everything: the stack does not exist yet. */
function isNew(changes: ChangeCounts): boolean {
	return (changes.create ?? 0) > 0 && (changes.same ?? 0) === 0;
}

/** The engine cannot preview a cell before the shared cell exists, whose outputs it reads; the blueprint can tell. */
function estimate(stack: string, environment: EnvironmentFile, assessment: Assessment): StackPlan {
	const cell = cellOfStack(environment.spec.environment, stack);
	const nodes = assessment.blueprint.resources.filter((node) => node.cell === cell);
	return { stack, changes: { create: nodes.length + 1 }, reports: [], planFile: "", estimated: true };
}

/** Resources that the engine visits; all stacks together, good enough for a progress line. */
function sizeOf(assessment: Assessment): number {
	return assessment.blueprint.resources.length;
}

const beforeShared = " (from the blueprint: the engine can plan it when the global cell exists)";

/** What a plan shows. */
interface Planned {
	readonly assessment: Assessment;
	readonly plans: readonly StackPlan[];
	/** Nothing where the programs of a control plane are missing. */
	readonly rehearsed: RehearsalReport | undefined;
}

function showPlan({ assessment, plans, rehearsed }: Planned, options: DeployOptions, console: Console): void {
	const { environment, json } = options;
	if (json) {
		const stacks = plans.map(({ stack, changes }) => ({ stack, planned: changes }));
		const { findings, conflicts, unverified } = assessment;
		const document = { ...report(environment, stacks), findings, conflicts, unverified, schedule: rehearsed };
		console.data(`${JSON.stringify(document, null, 2)}\n`);
		return;
	}
	const placed = rehearsed ? ["Placed on scratch control planes", ...rehearsalLines(rehearsed), ""] : [];
	const lines = [
		"",
		"What exists when it is applied",
		...inventoryLines(assessment.blueprint),
		"",
		"Contradictions between the source documents, and the answer that holds",
		...conflictLines(assessment.conflicts),
		"",
		"Taken as given, because it cannot be verified from here (catalogue/lock.ts)",
		...lockLines(),
		"",
		...placed,
		`Plan for ${environment}`,
		...plans.map((each) => `  ${each.stack}: ${changeLine(each.changes)}${each.estimated ? beforeShared : ""}`),
		"",
		...judgementLines(assessment, environment),
		"",
		`Next: npx meridian up ${environment}`,
	];
	console.data(`${lines.join("\n")}\n`);
}

/** What an update did. */
interface Applied {
	readonly assessment: Assessment;
	readonly done: readonly { readonly stack: string; readonly planned: ChangeCounts; readonly applied: ChangeCounts }[];
	/** The sandbox's real clusters; none with target cloud. */
	readonly clusters: readonly ClusterReport[];
	/** When it began, milliseconds since 1970. */
	readonly started: number;
}

function showResult({ assessment, done, clusters, started }: Applied, options: DeployOptions, console: Console): void {
	const { environment, json } = options;
	if (json) {
		console.data(`${JSON.stringify(report(environment, done), null, 2)}\n`);
		return;
	}
	const lines = [
		"",
		`${environment} is up (${Math.round((Date.now() - started) / 1000)} s)`,
		...done.map((each) => `  ${each.stack}: ${changeLine(each.applied)}`),
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

function report(environment: string, stacks: DeployReport["stacks"]): DeployReport {
	return { schemaVersion: 1, environment, stacks };
}

import { cellOfStack } from "../../lib/cells";
import { ExitCode } from "../../lib/errors";
import { type EnvironmentFile, loadEnvironment } from "../../spec/load";
import type { Assessment } from "../assessment";
import { withCommandLock } from "../command-lock";
import type { Console } from "../console";
import { hasChanges } from "../report/changes";
import { type Planned, planDocument, planLines } from "../report/plan-report";
import { requireAll } from "../rollout/outcome";
import { type RolloutOptions, rollOut } from "../rollout/rollout";
import { wavesOf } from "../rollout/waves";
import type { ChangeCounts } from "../stack/protocol";
import { planStack, type StackPlan } from "./deploy";
import { examined, sizeOf } from "./examine";
import { announceFaults } from "./sandbox-faults";
import { scheduleIfPossible } from "./schedule";
import type { DeployOptions } from "./up";

/** Shows what an update would do, which rules and requirements hold, and what is taken as given. Changes nothing. */
export async function plan(options: DeployOptions, console: Console): Promise<ExitCode> {
	const environment = loadEnvironment(options.environment);
	const waves = wavesOf(environment.spec, options.cell);
	announceFaults(environment.spec, console);
	return withCommandLock(
		{ console, command: `meridian plan ${options.environment}`, waitSeconds: options.lockTimeout },
		async () => {
			const assessment = await examined(environment, console);
			const rehearsed = await scheduleIfPossible(environment, options.cell, console);
			const rollout = { environment, console, waitSeconds: options.lockTimeout, parallel: options.parallel };
			const plans = await planWaves(waves, assessment, rollout);
			show({ assessment, plans, rehearsed }, options, console);
			const changed = plans.some((each) => hasChanges(each.changes));
			return options.detailedExitcode && changed ? ExitCode.changes : ExitCode.ok;
		},
	);
}

/** The shared cell first: where it does not exist yet, the engine cannot plan the others, and the blueprint tells. */
async function planWaves(
	waves: readonly (readonly string[])[],
	assessment: Assessment,
	options: RolloutOptions,
): Promise<StackPlan[]> {
	const [first = [], ...others] = waves;
	const command = `npx meridian plan ${options.environment.spec.environment}`;
	const run = async (wave: readonly string[]): Promise<StackPlan[]> => {
		const runs = await rollOut([wave], options, (session, console) =>
			planStack(session, console, sizeOf(assessment, session.stack)),
		);
		return requireAll(runs, command).map(({ value }) => value);
	};
	const plans = await run(first);
	const rest = others.flat();
	if (plans.some(({ changes }) => isNew(changes)) && rest.length > 0) {
		return [...plans, ...rest.map((stack) => estimate(stack, options.environment, assessment))];
	}
	return rest.length > 0 ? [...plans, ...(await run(rest))] : plans;
}

/** True where a plan creates everything: the stack does not exist yet. */
function isNew(changes: ChangeCounts): boolean {
	return (changes.create ?? 0) > 0 && (changes.same ?? 0) === 0;
}

/** The engine cannot preview a cell before the shared cell exists, whose outputs it reads; the blueprint can tell. */
function estimate(stack: string, { spec }: EnvironmentFile, assessment: Assessment): StackPlan {
	const cell = cellOfStack(spec.environment, stack);
	const nodes = assessment.blueprint.resources.filter((node) => node.cell === cell);
	return { stack, changes: { create: nodes.length + 1 }, reports: [], planFile: "", estimated: true };
}

function show(planned: Planned, { environment, json }: DeployOptions, console: Console): void {
	console.data(
		json
			? `${JSON.stringify(planDocument(planned, environment), null, 2)}\n`
			: `${planLines(planned, environment).join("\n")}\n`,
	);
}

import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { runProgram } from "../blueprint/run-program";
import { stacksOf, wantedStacks } from "../blueprint/synthesize";
import { homeFolder } from "../lib/folders";
import { isAlive } from "../lib/process-alive";
import { type Refusal, Rehearsal } from "../sandbox/rehearsal";
import { type EnvironmentFile, specKey } from "../spec/load";
import type { ControlPlanePrograms } from "../toolchain/control-plane/find";
import type { ClusterReport } from "./report/clusters";

/** What a rehearsal of an environment showed. */
export interface RehearsalReport {
	readonly clusters: readonly ClusterReport[];
	/** What the emulated clouds or a real API server refused. */
	readonly refusals: readonly Refusal[];
}

/**
 * Makes everything that an environment's program registers, or that of one of its cells and what they share, in clouds
 * and control planes of its own, and throws it away: nothing is created, and no engine runs.
 */
export async function rehearse(
	environment: EnvironmentFile,
	programs: ControlPlanePrograms,
	cell?: string,
): Promise<RehearsalReport> {
	const folder = scratchFolder();
	const rehearsal = new Rehearsal(folder, programs);
	const clusters: ClusterReport[] = [];
	const config = { [specKey]: JSON.stringify(environment.value) };
	try {
		for (const { stack } of withShared(environment, cell)) {
			await runProgram(stack, config, rehearsal);
			clusters.push(...(await rehearsal.placements()));
		}
		return { clusters, refusals: rehearsal.refusals };
	} finally {
		await rehearsal.close();
		rmSync(folder, { recursive: true, force: true });
	}
}

/** The stacks that are wanted, and before them the one that holds what all cells share. */
function withShared({ spec }: EnvironmentFile, cell: string | undefined): { stack: string }[] {
	const wanted = wantedStacks(spec, cell);
	const shared = stacksOf(spec).slice(0, 1);
	return [...shared.filter(({ stack }) => !wanted.some((each) => each.stack === stack)), ...wanted];
}

/** A new folder; those of rehearsals that were killed are removed. */
function scratchFolder(): string {
	const base = join(homeFolder(), "rehearsals");
	mkdirSync(base, { recursive: true });
	for (const name of readdirSync(base)) {
		if (!isAlive(Number(name.split("-")[0]))) {
			rmSync(join(base, name), { recursive: true, force: true });
		}
	}
	return mkdtempSync(join(base, `${process.pid}-`));
}

import { wantedStacks } from "../../blueprint/synthesize";
import { globalCell } from "../../lib/cells";
import { ExitCode, UserError } from "../../lib/errors";
import { clusterPrograms } from "../../sandbox/cluster-programs";
import type { EnvironmentFile } from "../../spec/load";
import { ensureControlPlane } from "../../toolchain/control-plane/ensure";
import type { Console } from "../console";
import { type RehearsalReport, rehearse } from "../rehearsal";
import { rehearsalProblems } from "../report/rehearsal";

/** Proves on scratch control planes that every workload of an environment finds a node; their programs are made first. */
export async function schedule(
	environment: EnvironmentFile,
	cell: string | undefined,
	console: Console,
): Promise<RehearsalReport> {
	const programs = await ensureControlPlane(console.say);
	if (programs === undefined) {
		throw new UserError("Scheduling is proved by a real control plane, and its programs are missing", {
			code: ExitCode.failed,
			remedy: "npx meridian doctor says what is missing and how to mend it",
		});
	}
	return rehearse(environment, programs, cell);
}

/** Clusters that a plan rehearses by itself, each of which takes about half a minute. */
const mostRehearsed = 4;

/**
 * The same where the programs are there already and the clusters are few; else nothing. Throws where a pod finds no node
 * or an object is refused.
 */
export async function scheduleIfPossible(
	environment: EnvironmentFile,
	cell: string | undefined,
	console: Console,
): Promise<RehearsalReport | undefined> {
	const { spec } = environment;
	const clusters = wantedStacks(spec, cell).flatMap(({ cells }) => cells.filter((each) => each !== globalCell));
	if (clusters.length > mostRehearsed) {
		console.say(
			`Not rehearsed: ${clusters.length} clusters; npx meridian check ${spec.environment} --schedule places all pods, --cell one cluster's`,
		);
		return undefined;
	}
	const programs = await clusterPrograms();
	if (programs === undefined) {
		return undefined;
	}
	console.say("Rehearsing on scratch control planes: objects are admitted and pods are placed for real ...");
	const report = await rehearse(environment, programs, cell);
	refuseUnschedulable(spec.environment, report);
	return report;
}

function refuseUnschedulable(environment: string, report: RehearsalReport): void {
	const problems = rehearsalProblems(report);
	if (problems.length > 0) {
		throw new UserError(`Environment ${environment} cannot run as it is; nothing was changed`, {
			code: ExitCode.failed,
			problems,
			remedy: `mend what is named above; npx meridian check ${environment} --schedule tries again without an engine`,
		});
	}
}

import type { ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { isAlive } from "../../lib/process-alive";
import { readState, sandboxFolder } from "../../sandbox/files";
import { inventoryFile } from "../../sandbox/inventory/inventory";
import { eventually } from "../support/processes";
import { type CliResult, finished, type ProjectCopy } from "../support/project-copy";
import { type ChaosCase, caseId } from "./cases";
import { type HomeProcess, isEngine, isSandbox, processesOf } from "./home-processes";
import { type Consistency, consistencyOf } from "./oracles";

/** How long a clean `up` takes, and of it the time in which objects are made, in seconds; kills are placed by it. */
export interface CleanTiming {
	readonly total: number;
	readonly apply: number;
}

/** How one case ended. */
export interface Outcome {
	readonly id: string;
	readonly kind: ChaosCase["kind"];
	/** False where the moment fell behind the end of the update, or the case kills nothing. */
	readonly killed: boolean;
	/** What the kill left behind before the next `up`: unrecorded objects and operations under way. */
	readonly left: { readonly orphans: number; readonly pending: number };
	readonly after: Consistency;
	/** Processes of the killed command that were still there ten seconds later. */
	readonly lingering: readonly string[];
	/** Of the `up` that followed, in seconds. */
	readonly resumeSeconds: number;
	/** What went wrong; empty where the case survived. */
	readonly problems: readonly string[];
}

/** The faults of the cases of kind `faults`. */
export const caseFaults = { throttle: 0.3, reset: 0.1 } as const;

/** Processes of a killed command have this long to end, in milliseconds. */
const lingerMs = 10_000;

/** A fresh home for a case, below the project copy. */
export function freshHome(project: ProjectCopy): string {
	return mkdtempSync(join(project.root, "home-"));
}

/** Runs a clean `up` in a home of its own and measures its phases. */
export async function measureClean(project: ProjectCopy): Promise<CleanTiming> {
	const home = freshHome(project);
	const begin = Date.now();
	const child = project.start(["up", "dev"], { MERIDIAN_HOME: home });
	const run = finished(child);
	await Promise.race([firstObject(home), run]);
	const applying = Date.now();
	const { code, stderr } = await run;
	const end = Date.now();
	await stopSandboxOf(home);
	if (code !== 0) {
		throw new Error(`a clean up fails already:\n${stderr}`);
	}
	return { total: (end - begin) / 1000, apply: (end - applying) / 1000 };
}

/** Resolves when the emulated clouds have made their first object. */
async function firstObject(home: string): Promise<void> {
	const file = inventoryFile(sandboxFolder({ MERIDIAN_HOME: home }));
	while ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0 && existsSync(home)) {
		await delay(20);
	}
}

/** Plays one case: up, kill, up again, then the three oracles. Never throws for what the case finds. */
export async function runCase(project: ProjectCopy, chaos: ChaosCase, timing: CleanTiming): Promise<Outcome> {
	const home = freshHome(project);
	const run = (...args: string[]): Promise<CliResult> => project.run(args, { MERIDIAN_HOME: home });
	try {
		if (chaos.kind === "faults") {
			const { throttle, reset } = caseFaults;
			await run("sandbox", "faults", `--throttle=${throttle}`, `--reset=${reset}`, `--seed=${chaos.seed}`);
		}
		const { killed, first, lingering } = await interrupted(project, home, chaos, timing);
		// After a kill of the command line its engine still finishes what runs: nothing stands still to be counted.
		const left = chaos.victim === "command" ? undefined : consistencyOf(home);
		const begin = Date.now();
		const resumed = await run("up", "dev");
		const resumeSeconds = (Date.now() - begin) / 1000;
		const after = consistencyOf(home);
		const plan = await run("plan", "dev", "--detailed-exitcode");
		const stayed = await lingering;
		return {
			id: caseId(chaos),
			kind: chaos.kind,
			killed,
			left: { orphans: left?.orphans.length ?? 0, pending: left?.pending.length ?? 0 },
			after,
			lingering: stayed,
			resumeSeconds,
			problems: problemsOf({ first: killed ? undefined : first, resumed, plan, after, stayed }),
		};
	} finally {
		await stopSandboxOf(home);
	}
}

/** Starts the update and kills at the case's moment. `lingering` is known ten seconds later. */
async function interrupted(project: ProjectCopy, home: string, chaos: ChaosCase, timing: CleanTiming) {
	const child = project.start(["up", "dev"], { MERIDIAN_HOME: home });
	const first = finished(child);
	if (chaos.victim === "none") {
		return { killed: false, first: await first, lingering: Promise.resolve([]) };
	}
	await moment(child, home, chaos, timing);
	const target = await victimOf(child, home, chaos);
	const before = processesOf(home).filter((each) => !isSandbox(each) && each.pid !== target);
	if (target !== undefined) {
		process.kill(target, "SIGKILL");
	}
	const killedAt = Date.now();
	const result = await first;
	const lingering = async (): Promise<string[]> => {
		await delay(Math.max(0, killedAt + lingerMs - Date.now()));
		return stillThere(home, before);
	};
	return { killed: target !== undefined, first: result, lingering: lingering() };
}

/** Waits for the case's moment, or for the command's end where that comes first. */
async function moment(
	child: ChildProcess,
	home: string,
	{ phase, fraction }: ChaosCase,
	timing: CleanTiming,
): Promise<void> {
	const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
	if (phase === "apply") {
		await Promise.race([firstObject(home), ended]);
	}
	await Promise.race([delay(fraction * 1000 * (phase === "apply" ? timing.apply : timing.total)), ended]);
}

/** The process to kill; one that does not run yet is waited for, and nothing where the command has ended. */
async function victimOf(child: ChildProcess, home: string, { victim }: ChaosCase): Promise<number | undefined> {
	while (child.exitCode === null && child.signalCode === null) {
		const pid = victim === "command" ? child.pid : running(home, victim === "sandbox" ? "sandbox" : "engine");
		if (pid !== undefined) {
			return pid;
		}
		await delay(10);
	}
	return undefined;
}

function running(home: string, what: "sandbox" | "engine"): number | undefined {
	if (what === "engine") {
		return processesOf(home).find(isEngine)?.pid;
	}
	const state = readState(sandboxFolder({ MERIDIAN_HOME: home }));
	return state !== undefined && isAlive(state.pid) ? state.pid : undefined;
}

function stillThere(home: string, before: readonly HomeProcess[]): string[] {
	const pids = new Set(processesOf(home).map(({ pid }) => pid));
	return before.filter(({ pid }) => pids.has(pid)).map(({ pid, args }) => `${pid} ${args.join(" ").slice(0, 120)}`);
}

interface Findings {
	/** The update itself, where nothing was killed. */
	readonly first: CliResult | undefined;
	readonly resumed: CliResult;
	readonly plan: CliResult;
	readonly after: Consistency;
	readonly stayed: readonly string[];
}

function problemsOf({ first, resumed, plan, after, stayed }: Findings): string[] {
	const table: readonly (readonly [boolean, string])[] = [
		[first !== undefined && first.code !== 0, `up ended with ${first?.code}: ${lastLines(first?.stderr)}`],
		[resumed.code !== 0, `the next up ended with ${resumed.code}: ${lastLines(resumed.stderr)}`],
		[plan.code !== 0, `plan ended with ${plan.code}, so something is left to change: ${lastLines(plan.stderr)}`],
		[after.orphans.length > 0, `orphans: ${after.orphans.join(", ")}`],
		[after.duplicates.length > 0, `duplicates: ${after.duplicates.join(", ")}`],
		[after.ghosts.length > 0, `ghosts: ${after.ghosts.join(", ")}`],
		[after.pending.length > 0, `still under way in the state: ${after.pending.join(", ")}`],
		[stayed.length > 0, `processes left after ${lingerMs / 1000} s: ${stayed.join("; ")}`],
	];
	return table.filter(([broken]) => broken).map(([, text]) => text);
}

function lastLines(text = ""): string {
	return text.trim().split("\n").slice(-6).join(" | ");
}

/** Ends a home's sandbox by its own process id. */
async function stopSandboxOf(home: string): Promise<void> {
	const pid = running(home, "sandbox");
	if (pid !== undefined) {
		process.kill(pid, "SIGTERM");
		await eventually(() => !isAlive(pid), `sandbox ${pid} ends`);
	}
}

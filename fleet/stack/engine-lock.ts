import { existsSync, readdirSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { ExitCode, UserError } from "../../lib/errors";
import { isAlive } from "../../lib/process-alive";
import type { Console } from "../console";
import type { Interrupt } from "../interrupt";
import type { StackPlace } from "./operation-record";

/** Who holds a stack in a state folder of this machine. */
export interface LockHolder {
	readonly pid: number;
	readonly hostname: string;
}

/** How a lock is waited for. */
export interface LockWait {
	readonly console: Console;
	/** Ends the waiting where the person asked to stop. */
	readonly interrupt: Interrupt;
	readonly waitSeconds: number;
}

/** How often a lock that is waited for is looked at, in milliseconds. */
const lookMs = 250;

/** The folder in which the engine keeps a stack's locks; nothing where the state is not in a folder of this machine. */
function lockFolder(project: string, { stack, backend }: StackPlace): string | undefined {
	return backend.startsWith("file://")
		? join(fileURLToPath(backend), ".pulumi", "locks", "organization", project, stack)
		: undefined;
}

/** The engine that works on a stack now, or nothing; a lock whose holder is dead does not count. */
function workingEngine(project: string, place: StackPlace): LockHolder | undefined {
	const folder = lockFolder(project, place);
	const files = folder !== undefined && existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
	return files.flatMap((file) => holderIn(file) ?? []).find(holdsStill);
}

/**
 * Waits until no engine works on a stack: after a command line was killed, its engine may still finish the steps that
 * run. What such an engine does must be over before anything is put right.
 */
export async function waitForEngine(
	project: string,
	place: StackPlace,
	{ console, interrupt, waitSeconds }: LockWait,
): Promise<void> {
	const end = Date.now() + waitSeconds * 1000;
	let told = false;
	for (;;) {
		const holder = workingEngine(project, place);
		if (holder === undefined) {
			return;
		}
		if (interrupt.requested) {
			throw new UserError("Stopped while it waited; nothing was changed", { code: ExitCode.cancelled });
		}
		if (Date.now() >= end) {
			throw lockedBy(place.stack, holder);
		}
		if (!told) {
			told = true;
			console.say(`Waiting for an update of ${place.stack} that still runs (process ${holder.pid}) ...`);
		}
		await delay(lookMs);
	}
}

/** What is said where another engine holds the stack. */
export function lockedBy(stack: string, holder: LockHolder | undefined): UserError {
	const elsewhere = holder !== undefined && holder.hostname !== hostname();
	const who = `process ${holder?.pid ?? "unknown"}${elsewhere ? ` on ${holder.hostname}` : ""}`;
	return new UserError(`Stack ${stack} is locked by an update that runs (${who})`, {
		code: ExitCode.locked,
		remedy: elsewhere
			? `wait until it ends; where that machine is gone, take its lock away with: pulumi cancel --stack ${stack}`
			: "wait until it ends and run the command again",
	});
}

/** Nothing in a file that is being taken away, was cut off, or holds a lock's attributes. */
function holderIn(file: string): LockHolder | undefined {
	try {
		const { pid, hostname: host }: Partial<LockHolder> = JSON.parse(readFileSync(file, "utf8"));
		return pid === undefined || host === undefined ? undefined : { pid, hostname: host };
	} catch {
		return undefined;
	}
}

/** True while the holder may still work; another machine's processes cannot be looked at, so its lock counts. */
export function holdsStill({ pid, hostname: host }: LockHolder): boolean {
	return host !== hostname() || isEngine(pid);
}

/** True while an engine has this process id; after a restart of the machine it may be another program's. */
function isEngine(pid: number): boolean {
	if (!isAlive(pid)) {
		return false;
	}
	try {
		return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("pulumi");
	} catch {
		// No /proc on this system: that the process lives must do. On Linux it has ended meanwhile.
		return process.platform !== "linux";
	}
}

import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lock } from "proper-lockfile";
import { ExitCode, UserError } from "../lib/errors";
import { writeAtomic } from "../lib/files";
import { homeFolder } from "../lib/folders";
import type { Console } from "./console";

/** A holder that was killed is given up after this long, in milliseconds. */
const staleMs = 6_000;

/**
 * Runs a command that changes stacks while no other of this checkout does; waits for the one that runs, at most
 * `waitSeconds`. A command that was killed does not block the next.
 */
export async function withCommandLock<T>(
	options: { readonly console: Console; readonly command: string; readonly waitSeconds: number },
	run: () => Promise<T>,
): Promise<T> {
	const home = homeFolder();
	mkdirSync(home, { recursive: true });
	const release = await acquire(home, options);
	writeAtomic(
		holderFile(home),
		JSON.stringify({ pid: process.pid, command: options.command, since: new Date().toISOString() }),
	);
	try {
		return await run();
	} finally {
		await release();
	}
}

async function acquire(
	home: string,
	{ console, waitSeconds }: { readonly console: Console; readonly waitSeconds: number },
): Promise<() => Promise<void>> {
	const settings = { stale: staleMs, update: 2_000, lockfilePath: join(home, "command.lock") };
	const end = Date.now() + waitSeconds * 1000;
	let told = false;
	for (;;) {
		try {
			return await lock(home, settings);
		} catch (error) {
			if (!isHeld(error)) {
				throw error;
			}
		}
		if (Date.now() >= end) {
			throw new UserError(`Another command works on this checkout's stacks (${holder(home)})`, {
				code: ExitCode.locked,
				remedy: "wait for it, or give --lock-timeout more seconds",
			});
		}
		if (!told) {
			told = true;
			console.say(`Waiting for another command (${holder(home)}) ...`);
		}
		await new Promise((resolve) => setTimeout(resolve, 250));
	}
}

function isHeld(error: unknown): boolean {
	return error instanceof Error && "code" in error && error.code === "ELOCKED";
}

function holderFile(home: string): string {
	return join(home, "command.json");
}

function holder(home: string): string {
	try {
		const { pid, command, since }: { pid: number; command: string; since: string } = JSON.parse(
			readFileSync(holderFile(home), "utf8"),
		);
		return `${command}, process ${pid}, since ${since}`;
	} catch {
		return "unknown holder";
	}
}

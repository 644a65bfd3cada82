import type { Console } from "../console";
import { holdsStill, type LockHolder, lockedBy } from "./engine-lock";
import type { StackSession } from "./session";
import { StackOperationError } from "./stack-process";

/** Runs an operation; where a dead engine's lock is in the way, takes it away and tries once more. */
export async function withoutDeadLock<T>(session: StackSession, console: Console, run: () => Promise<T>): Promise<T> {
	try {
		return await run();
	} catch (error) {
		if (!(error instanceof StackOperationError) || error.failure.reason !== "locked") {
			throw error;
		}
		const holder = holderIn(error.failure.message);
		if (holder === undefined || holdsStill(holder)) {
			throw lockedBy(session.stack, holder);
		}
		console.say(`Taking away the lock of process ${holder.pid}, which is gone.`);
		await session.run({ kind: "unlock" });
		return await run();
	}
}

/** The engine names the holder as `created by USER@HOST (pid N) at TIME`. */
function holderIn(message: string): LockHolder | undefined {
	const [, hostname, pid] = /created by \S*@(\S+) \(pid (\d+)\)/.exec(message) ?? [];
	return hostname === undefined || pid === undefined ? undefined : { hostname, pid: Number(pid) };
}

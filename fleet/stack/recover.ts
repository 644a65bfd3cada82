import { ExitCode, UserError } from "../../lib/errors";
import { nameOfUrn, typeOfUrn } from "../../lib/names";
import { isAlive } from "../../lib/process-alive";
import { discardFromSandbox, readInventory } from "../../sandbox/client";
import type { SandboxObject } from "../../sandbox/model";
import type { Spec } from "../../spec/schema";
import type { Console } from "../console";
import type { StackSession } from "./session";
import { StackOperationError } from "./stack-process";

interface PendingOperation {
	readonly type: string;
	readonly resource: { readonly urn: string };
}

/** A stack's state as the engine exports it, as far as the command line reads it. */
export interface Deployment {
	readonly resources?: readonly { readonly urn: string; readonly id?: string; readonly protect?: boolean }[];
	readonly pending_operations?: readonly PendingOperation[];
}

/**
 * Brings a stack whose last update was cut off back to where an update can start: a dead engine's lock is taken away,
 * and what it created without writing it down is removed from the emulated clouds, so that nothing is created twice.
 * True where something was put right: the sandbox may then have new ports, and the stack must be opened again.
 */
export async function recoverStack(session: StackSession, spec: Spec, console: Console): Promise<boolean> {
	const deployment = await exportDeployment(session);
	const pending = deployment.pending_operations ?? [];
	if (pending.length === 0) {
		return false;
	}
	console.say(
		`The last update of ${session.stack} was cut off in ${pending.length} operations; putting that right first.`,
	);
	const orphans = orphansOf(deployment, pending, spec);
	for (const orphan of orphans) {
		console.say(`  removing ${orphan.type} ${orphan.id}: it was created, but the engine did not live to record it`);
	}
	await discardFromSandbox(orphans);
	await withoutDeadLock(session, console, () =>
		session.run({ kind: "import", state: { ...deployment, pending_operations: [] } }),
	);
	return true;
}

/** A stack's present state. */
export async function exportDeployment(session: StackSession): Promise<Deployment> {
	const { value } = await session.run({ kind: "export" });
	const deployment: Deployment = isExport(value) ? value.deployment : {};
	return deployment;
}

function isExport(value: unknown): value is { deployment: Deployment } {
	return typeof value === "object" && value !== null && "deployment" in value;
}

/** Objects that stand for a pending creation and that no recorded resource has. */
function orphansOf(deployment: Deployment, pending: readonly PendingOperation[], spec: Spec): SandboxObject[] {
	const creating = pending.filter((operation) => operation.type === "creating").map(({ resource }) => resource.urn);
	if (creating.length > 0 && spec.target === "cloud") {
		const names = creating.map((urn) => `  ${typeOfUrn(urn)} ${nameOfUrn(urn)}`).join("\n");
		throw new UserError(
			`An update was cut off while it created these, and they may exist without being recorded:\n${names}`,
			{
				code: ExitCode.failed,
				remedy: "look for each in the account; import it (pulumi import) or delete it, then run pulumi refresh",
			},
		);
	}
	const recorded = new Set((deployment.resources ?? []).map((resource) => `${resource.urn}|${resource.id ?? ""}`));
	return readInventory()
		.objects()
		.filter((object) => creating.includes(object.urn) && !recorded.has(`${object.urn}|${object.id}`));
}

/** Runs an operation; where a dead engine's lock is in the way, takes it away and tries once more. */
export async function withoutDeadLock<T>(session: StackSession, console: Console, run: () => Promise<T>): Promise<T> {
	try {
		return await run();
	} catch (error) {
		if (!(error instanceof StackOperationError) || error.failure.reason !== "locked") {
			throw error;
		}
		const holder = /pid (\d+)/.exec(error.failure.message)?.[1];
		if (holder === undefined || isAlive(Number(holder))) {
			throw new UserError(`Stack ${session.stack} is locked by an update that runs (process ${holder ?? "unknown"})`, {
				code: ExitCode.locked,
				remedy: "wait until it ends and run the command again",
			});
		}
		console.say(`Taking away the lock of process ${holder}, which is gone.`);
		await session.run({ kind: "unlock" });
		return await run();
	}
}

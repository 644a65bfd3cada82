import { projectName } from "../../blueprint/run-program";
import { ExitCode, UserError } from "../../lib/errors";
import { nameOfUrn, typeOfUrn } from "../../lib/names";
import { discardFromSandbox, readInventory, stopSandbox } from "../../sandbox/client";
import { sandboxFolder } from "../../sandbox/files";
import { Inventory } from "../../sandbox/inventory/inventory";
import type { Spec } from "../../spec/schema";
import type { Console } from "../console";
import { withoutDeadLock } from "./dead-lock";
import { type Deployment, exportDeployment, type PendingOperation } from "./deployment";
import { endOperation, extendOperation, readOperation } from "./operation-record";
import { compareStates, type Differences } from "./reconcile";
import type { StackSession } from "./session";

/** What recovery takes beyond the stack. */
export interface RecoveryOptions {
	readonly spec: Spec;
	readonly console: Console;
}

/**
 * Opens a stack and, where its last operation was cut off, brings it back to where an update can start: what was made
 * without being recorded is removed from the emulated clouds, so that nothing exists twice; what was being changed is
 * read anew; a dead engine's lock is taken away. A recovery that is killed itself is done again.
 */
export async function openRecovered(
	open: () => Promise<StackSession>,
	options: RecoveryOptions,
): Promise<StackSession> {
	const session = await open();
	const found = await closingOnFailure(session, () => examine(session, options));
	if (found === undefined) {
		return session;
	}
	// The sandbox may have new ports after this, which an open session does not know.
	await session.close();
	await discardFromSandbox(found.unrecorded);
	const fresh = await open();
	await closingOnFailure(fresh, () => settle(fresh, found.outdated, options.console));
	return fresh;
}

async function closingOnFailure<T>(session: StackSession, run: () => Promise<T>): Promise<T> {
	try {
		return await run();
	} catch (error) {
		await session.close();
		throw error;
	}
}

/** What the last operation left to put right; nothing where it was not cut off. */
async function examine(session: StackSession, options: RecoveryOptions): Promise<Differences | undefined> {
	const deployment = await exportDeployment(session);
	const pending = deployment.pending_operations ?? [];
	if (pending.length === 0 && readOperation(session) === undefined) {
		return undefined;
	}
	if (pending.length > 0) {
		options.console.say(
			`The last update of ${session.stack} was cut off in ${pending.length} operations; putting that right first.`,
		);
	}
	const found =
		options.spec.target === "cloud"
			? { unrecorded: [], outdated: readAnew(pending) }
			: await examineSandbox(session, deployment, options.console);
	if (pending.length + found.unrecorded.length + found.outdated.length > 0) {
		return found;
	}
	// The operation failed for a reason of its own, and its engine lived to record everything.
	endOperation(session);
	return undefined;
}

/** Compares state and emulated clouds; a dead engine's last calls are over when the sandbox has been stopped. */
async function examineSandbox(session: StackSession, deployment: Deployment, console: Console): Promise<Differences> {
	const pending = (deployment.pending_operations ?? []).map(({ resource }) => resource.urn);
	const record = extendOperation(session, pending);
	if (pending.length > 0) {
		await stopSandbox();
	}
	const own = `urn:pulumi:${session.stack}::${projectName}::`;
	const since = Inventory.urnsSince(sandboxFolder(), record.changes).filter((urn) => urn.startsWith(own));
	const found = compareStates(deployment, readInventory().objects(), new Set([...record.urns, ...since]));
	for (const { type, id } of found.unrecorded) {
		console.say(`  removing ${type} ${id}: it was created, but the engine did not live to record it`);
	}
	for (const urn of found.outdated) {
		console.say(`  reading ${typeOfUrn(urn)} ${nameOfUrn(urn)} anew: it was being changed`);
	}
	return found;
}

/** Has the engine read resources anew and forget what was under way. */
async function settle(session: StackSession, outdated: readonly string[], console: Console): Promise<void> {
	if (outdated.length > 0) {
		await withoutDeadLock(session, console, () => session.run({ kind: "refresh", targets: outdated }));
	}
	const deployment = await exportDeployment(session);
	if ((deployment.pending_operations ?? []).length > 0) {
		const state = { ...deployment, pending_operations: [] };
		await withoutDeadLock(session, console, () => session.run({ kind: "import", state }));
	}
	endOperation(session);
}

/** In a real cloud, what the engine can read anew by itself; what it cannot know is refused, to be looked for by hand. */
function readAnew(pending: readonly PendingOperation[]): string[] {
	const unknown = pending.filter(({ type, resource }) => type === "creating" || resource.pendingReplacement === true);
	if (unknown.length > 0) {
		const names = unknown.map(({ resource: { urn } }) => `  ${typeOfUrn(urn)} ${nameOfUrn(urn)}`).join("\n");
		throw new UserError(
			`An update was cut off while it created or replaced these, and they may exist without being recorded:\n${names}`,
			{
				code: ExitCode.failed,
				remedy: "look for each in the account; import it (pulumi import) or delete it, then run pulumi refresh",
			},
		);
	}
	return pending.filter(({ type }) => type === "updating" || type === "deleting").map(({ resource }) => resource.urn);
}

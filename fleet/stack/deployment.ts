import type { Properties } from "../../lib/values";
import type { StackSession } from "./session";

/** An operation that the engine had begun when it wrote its state last. */
export interface PendingOperation {
	/** `creating`, `updating`, `deleting`, `reading` or `importing`. */
	readonly type: string;
	readonly resource: RecordedResource;
}

/** A resource in a stack's state. */
export interface RecordedResource {
	readonly urn: string;
	readonly type?: string;
	readonly id?: string;
	/** False for components and the stack itself, which no cloud has. */
	readonly custom?: boolean;
	readonly inputs?: Properties;
	readonly protect?: boolean;
	/** True where the program only reads it. */
	readonly external?: boolean;
	/** True where it is deleted, or being deleted, before its replacement is made. */
	readonly pendingReplacement?: boolean;
}

/** A stack's state as the engine exports it, as far as the command line reads it. */
export interface Deployment {
	readonly resources?: readonly RecordedResource[];
	readonly pending_operations?: readonly PendingOperation[];
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

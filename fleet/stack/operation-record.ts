import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeAtomic } from "../../lib/files";
import { homeFolder } from "../../lib/folders";
import { sandboxFolder } from "../../sandbox/files";
import { Inventory } from "../../sandbox/inventory/inventory";

/** Which state an operation works on: two backends may hold stacks of one name. */
export interface StackPlace {
	readonly stack: string;
	/** Address of the backend, as `file:///...`. */
	readonly backend: string;
}

/**
 * What is written down before an operation changes anything and taken away when it succeeded. Where it is still there,
 * the operation was cut off: the engine alone cannot tell, because it forgets a creation whose provider it lost.
 */
export interface OperationRecord {
	readonly since: string;
	/** How many changes the sandbox's inventory had recorded before. */
	readonly changes: number;
	/** URNs that are to be looked at, beyond what the inventory recorded since. */
	readonly urns: readonly string[];
}

/** Writes down that an operation begins. One that is still there was not put right yet, and its beginning counts. */
export function beginOperation(place: StackPlace): void {
	if (readOperation(place) === undefined) {
		write(place, { since: new Date().toISOString(), changes: Inventory.changes(sandboxFolder()), urns: [] });
	}
}

/** Adds URNs that are to be looked at, so that they are not forgotten where this command is killed too. */
export function extendOperation(place: StackPlace, urns: readonly string[]): OperationRecord {
	beginOperation(place);
	const record = readOperation(place);
	const extended = {
		since: record?.since ?? "",
		changes: record?.changes ?? 0,
		urns: [...new Set([...(record?.urns ?? []), ...urns])],
	};
	write(place, extended);
	return extended;
}

/** The operation that was cut off, or nothing. */
export function readOperation(place: StackPlace): OperationRecord | undefined {
	const file = recordFile(place);
	if (!existsSync(file)) {
		return undefined;
	}
	const record: OperationRecord = JSON.parse(readFileSync(file, "utf8"));
	return record;
}

/** Takes the record away: the operation succeeded, or what it left was put right. */
export function endOperation(place: StackPlace): void {
	rmSync(recordFile(place), { force: true });
}

function write(place: StackPlace, record: OperationRecord): void {
	writeAtomic(recordFile(place), `${JSON.stringify(record)}\n`);
}

/** In the stack's work folder, which `sandbox reset` clears together with the clouds. */
function recordFile({ stack, backend }: StackPlace): string {
	const digest = createHash("sha256").update(backend).digest("hex").slice(0, 8);
	return join(homeFolder(), "work", stack, `operation-${digest}.json`);
}

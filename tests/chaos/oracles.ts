import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { RecordedResource } from "../../fleet/stack/deployment";
import { sandboxFolder } from "../../sandbox/files";
import { Inventory } from "../../sandbox/inventory/inventory";

/** What the emulated clouds' inventory and the engine's state say of each other. */
export interface Consistency {
	readonly live: number;
	/** Live, but in no state. */
	readonly orphans: readonly string[];
	/** Live more than once for one resource. */
	readonly duplicates: readonly string[];
	/** In a state, but not live. */
	readonly ghosts: readonly string[];
	/** Operations that the state says are under way. */
	readonly pending: readonly string[];
}

interface StateFile {
	readonly checkpoint?: {
		readonly latest?: {
			readonly resources?: readonly RecordedResource[];
			readonly pending_operations?: readonly { readonly type: string; readonly resource: RecordedResource }[];
		};
	};
}

/** Reads both from their files, without asking any code of the command line. */
export function consistencyOf(home: string): Consistency {
	const objects = Inventory.read(sandboxFolder({ MERIDIAN_HOME: home })).objects();
	const states = statesIn(join(home, "state", ".pulumi", "stacks", "meridian"));
	const recorded = states.flatMap((state) => state.checkpoint?.latest?.resources ?? []).filter(hasObject);
	const pending = states.flatMap((state) => state.checkpoint?.latest?.pending_operations ?? []);
	const liveKeys = new Set(objects.map(keyOf));
	const recordedKeys = new Set(recorded.map(keyOf));
	const urns = objects.map(({ urn }) => urn);
	return {
		live: objects.length,
		orphans: objects.map(keyOf).filter((key) => !recordedKeys.has(key)),
		duplicates: urns.filter((urn, i) => urns.indexOf(urn) !== i),
		ghosts: recorded.map(keyOf).filter((key) => !liveKeys.has(key)),
		pending: pending.map(({ type, resource }) => `${type} ${resource.urn}`),
	};
}

function statesIn(folder: string): StateFile[] {
	const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
	return files.map((name): StateFile => JSON.parse(readFileSync(join(folder, name), "utf8")));
}

/** Components, providers, the stack and what is only read have no object of their own. */
function hasObject({ custom, type, external }: RecordedResource): boolean {
	return custom === true && external !== true && type?.startsWith("pulumi:") !== true;
}

function keyOf({ urn, id }: { readonly urn: string; readonly id?: string }): string {
	return `${urn} ${id ?? ""}`;
}

import { join } from "node:path";
import type { SandboxObject } from "../model";
import { Journal } from "./journal";

/** An object that the real cloud would still keep after its deletion, and why. */
export interface RetainedObject {
	readonly object: SandboxObject;
	readonly reason: string;
}

type Record =
	| { readonly op: "put"; readonly object: SandboxObject }
	| { readonly op: "remove"; readonly key: string; readonly retained?: string };

/** What keeps the records. */
type RecordKeeper = Pick<Journal<Record>, "append" | "close">;

/** Everything that exists in the emulated clouds, kept on disk. */
export class Inventory {
	private readonly live = new Map<string, SandboxObject>();
	private readonly kept = new Map<string, RetainedObject>();
	private readonly journal: RecordKeeper | undefined;

	private constructor(records: readonly Record[], journal: RecordKeeper | undefined) {
		this.journal = journal;
		records.forEach((record) => {
			this.apply(record);
		});
	}

	/** Opens the inventory of a sandbox folder for reading and writing; one process at a time. */
	static open(folder: string): Inventory {
		const { journal, records } = Journal.open<Record>(inventoryFile(folder));
		return new Inventory(records, journal);
	}

	/** An empty inventory that nobody keeps, for a rehearsal. */
	static inMemory(): Inventory {
		return new Inventory([], { append: () => {}, close: () => {} });
	}

	/** Reads the inventory of a sandbox folder, also while the sandbox runs. */
	static read(folder: string): Inventory {
		return new Inventory(Journal.read<Record>(inventoryFile(folder)), undefined);
	}

	/** How many changes a sandbox folder's inventory has recorded; grows only, until the sandbox is reset. */
	static changes(folder: string): number {
		return Journal.read<Record>(inventoryFile(folder)).length;
	}

	/** The URNs of the objects that were made, changed or removed after the first `changes` changes. */
	static urnsSince(folder: string, changes: number): string[] {
		const records = Journal.read<Record>(inventoryFile(folder));
		const urns = new Map<string, string>();
		records.forEach((record) => {
			if (record.op === "put") {
				urns.set(objectKey(record.object), record.object.urn);
			}
		});
		const touched = records
			.slice(changes)
			.map((record) => (record.op === "put" ? objectKey(record.object) : record.key));
		return [...new Set(touched.flatMap((key) => urns.get(key) ?? []))];
	}

	objects(): SandboxObject[] {
		return [...this.live.values()];
	}

	retained(): RetainedObject[] {
		return [...this.kept.values()];
	}

	get(key: string): SandboxObject | undefined {
		return this.live.get(key);
	}

	/** The live objects that a resource of the program stands for: one, or two while it is being replaced. */
	ofUrn(urn: string): SandboxObject[] {
		return this.objects().filter((object) => object.urn === urn);
	}

	/** Adds or changes an object; on disk when this returns. */
	put(object: SandboxObject): void {
		this.write({ op: "put", object });
	}

	/** Removes an object; with a reason it moves to the retained list. On disk when this returns. */
	remove(object: SandboxObject, retained?: string): void {
		this.write({ op: "remove", key: objectKey(object), ...(retained ? { retained } : {}) });
	}

	close(): void {
		this.journal?.close();
	}

	private write(record: Record): void {
		if (this.journal === undefined) {
			throw new Error("the inventory is open for reading only");
		}
		this.journal.append(record);
		this.apply(record);
	}

	private apply(record: Record): void {
		if (record.op === "put") {
			this.live.set(objectKey(record.object), record.object);
			return;
		}
		const object = this.live.get(record.key);
		this.live.delete(record.key);
		if (object && record.retained) {
			this.kept.set(`${record.key}#${this.kept.size}`, { object, reason: record.retained });
		}
	}
}

/** What tells two objects apart: an id is unique within its type, account and region; a shared one also by its resource. */
export function objectKey(
	object: Pick<SandboxObject, "type" | "account" | "region" | "id"> & Partial<Pick<SandboxObject, "urn" | "shared">>,
): string {
	const place = [object.type, object.account, object.region, object.id];
	return (object.shared ? [...place, object.urn] : place).join("|");
}

/** The inventory's file in a sandbox folder. */
export function inventoryFile(folder: string): string {
	return join(folder, "inventory.log");
}

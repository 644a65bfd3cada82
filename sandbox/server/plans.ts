import type { Inventory } from "../inventory/inventory";
import type { SandboxObject } from "../model";

/** What a preview plans to make, and to change in place. */
export class Plans {
	private readonly made = new Map<string, SandboxObject>();
	private readonly changed = new Map<string, { readonly before: SandboxObject; readonly after: SandboxObject }>();

	constructor(private readonly inventory: Inventory) {}

	make(object: SandboxObject): void {
		this.made.set(object.urn, object);
	}

	/** Notes what becomes of the live object of a URN; nothing where none lives. */
	change(urn: string, changed: (before: SandboxObject) => SandboxObject): void {
		const before = this.inventory.ofUrn(urn).at(-1);
		if (before !== undefined) {
			this.changed.set(urn, { before, after: changed(before) });
		}
	}

	/** Objects as planned; a change that was made since, or overtaken, is no plan any more. */
	list(): SandboxObject[] {
		const open = [...this.changed.values()].filter(({ before }) => this.inventory.ofUrn(before.urn).at(-1) === before);
		return [...this.made.values(), ...open.map(({ after }) => after)];
	}
}

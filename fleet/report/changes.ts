import type { ChangeCounts } from "../stack/protocol";

/** Counts that are no change. */
const quiet = new Set(["same", "read", "refresh"]);

/** True where the engine would change, or has changed, anything. */
export function hasChanges(changes: ChangeCounts): boolean {
	return Object.entries(changes).some(([op, count]) => count > 0 && !quiet.has(op));
}

/** Counts in the words that people know: `+ 149 create, 12 unchanged`. */
export function changeLine(changes: ChangeCounts): string {
	const parts = Object.entries(changes)
		.filter(([op, count]) => count > 0 && !quiet.has(op))
		.map(([op, count]) => `${signs[op] ?? "*"} ${count} ${op}`);
	const same = changes.same ?? 0;
	return [...(parts.length > 0 ? parts : ["no changes"]), ...(same > 0 ? [`${same} unchanged`] : [])].join(", ");
}

const signs: { readonly [op: string]: string } = {
	create: "+",
	update: "~",
	delete: "-",
	replace: "+-",
	"create-replacement": "++",
	"delete-replaced": "--",
};

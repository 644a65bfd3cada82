import type { ResourceGraph } from "../../lib/graph";
import { type ItemAnswer, type ItemQuery, type QueryContext, type QueryRegistry, queryKey } from "../row";
import { requirementRows } from "../rows";

const PREFIX = "conflict-";

/** Every `conflict-*` item: named in the specification's data and settled, with the option that holds. */
export const conflictQueries: QueryRegistry = {
	...Object.fromEntries(
		requirementRows.flatMap((row) =>
			row.items
				.filter(({ id }) => id.startsWith(PREFIX))
				.map((item) => [queryKey(row, item), settled(item.id.slice(PREFIX.length), row.id)]),
		),
	),
	"FR-MOD-1/hipaa": healthcare,
};

/** A switch makes the healthcare module's pool (`inference.modules`), or it is always made. */
function healthcare(_: ResourceGraph, { conflicts = [], modules = [] }: QueryContext): ItemAnswer {
	const choice = conflicts.find(({ id }) => id === "healthcare-module")?.choice;
	const made = modules.includes("healthcare");
	return {
		found: made ? "a pool of its own in each region" : choice === "switch" ? "a switch, off" : "nothing",
		works: made || choice === "switch",
		resources: [],
	};
}

function settled(id: string, row: string): ItemQuery {
	return (_, { conflicts = [] }) => {
		const conflict = conflicts.find((each) => each.id === id && each.rows.includes(row));
		return { found: conflict?.choice ?? "not named", works: conflict !== undefined, resources: [] };
	};
}

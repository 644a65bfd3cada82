import { type ItemQuery, type QueryRegistry, queryKey } from "../row";
import { requirementRows } from "../rows";

const PREFIX = "conflict-";

/** Every `conflict-*` item: named in the specification's data and settled, with the option that holds. */
export const conflictQueries: QueryRegistry = Object.fromEntries(
	requirementRows.flatMap((row) =>
		row.items
			.filter(({ id }) => id.startsWith(PREFIX))
			.map((item) => [queryKey(row, item), settled(item.id.slice(PREFIX.length), row.id)]),
	),
);

function settled(id: string, row: string): ItemQuery {
	return (_, { conflicts = [] }) => {
		const conflict = conflicts.find((each) => each.id === id && each.rows.includes(row));
		return { found: conflict?.choice ?? "not named", works: conflict !== undefined, resources: [] };
	};
}

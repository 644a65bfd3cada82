import type { ResourceGraph } from "../lib/graph";
import {
	type Deviation,
	type ItemAnswer,
	type ItemQuery,
	type QueryContext,
	type QueryRegistry,
	queryKey,
	type RequirementItem,
	type RequirementRow,
} from "./row";

/** `deviates`: the plan holds the named substitute of what the cloud does not offer. */
export type ItemStatus = "works" | "deviates" | "missing";

/** `partly`: some items work or deviate, others are missing. */
export type RowStatus = ItemStatus | "partly";

/** What the plan says about one item of a requirement. */
export interface TraceItem {
	/** The item in short words. */
	readonly item: string;
	readonly status: ItemStatus;
	readonly want: string;
	/** What the plan holds; names the substitute and its effect where the item deviates. */
	readonly found: string;
	/** URNs of the resources that serve the item. */
	readonly resources: readonly string[];
}

/** What the plan says about one requirement. */
export interface TraceRow {
	readonly id: string;
	readonly status: RowStatus;
	readonly items: readonly TraceItem[];
}

/** How many rows and items there are by status. */
export interface TraceSummary {
	readonly rows: Readonly<Record<RowStatus, number>>;
	readonly items: Readonly<Record<ItemStatus, number>>;
}

/** What is printed for an item that nothing looks for yet. */
export const NOT_PROVISIONED = "not provisioned";

/**
 * Finds each requirement in the resources, in the order of the rows; an item without a query is missing.
 * A query that throws is a bug: the error names its row and item and keeps its cause.
 */
export function traceRequirements(
	graph: ResourceGraph,
	rows: readonly RequirementRow[],
	queries: QueryRegistry,
	context: QueryContext,
): TraceRow[] {
	return rows.map((row) => {
		const items = row.items.map((item) => {
			const key = queryKey(row, item);
			const query = Object.hasOwn(queries, key) ? queries[key] : undefined;
			return query ? toTraceItem(item, answer(key, query, graph, context)) : missing(item);
		});
		return { id: row.id, status: rowStatus(items), items };
	});
}

/** Counts rows and items by status. */
export function summarise(trace: readonly TraceRow[]): TraceSummary {
	const rows = { works: 0, deviates: 0, partly: 0, missing: 0 };
	const items = { works: 0, deviates: 0, missing: 0 };
	for (const row of trace) {
		rows[row.status] += 1;
		for (const item of row.items) {
			items[item.status] += 1;
		}
	}
	return { rows, items };
}

function answer(key: string, query: ItemQuery, graph: ResourceGraph, context: QueryContext): ItemAnswer {
	try {
		return query(graph, context);
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		throw new Error(`the query of ${key} failed: ${reason}`, { cause });
	}
}

function missing({ item, want }: RequirementItem): TraceItem {
	return { item, status: "missing", want, found: NOT_PROVISIONED, resources: [] };
}

function toTraceItem({ item, want, deviation: known }: RequirementItem, given: ItemAnswer): TraceItem {
	const { found, works, resources } = given;
	if (!works) {
		return { item, status: "missing", want, found, resources };
	}
	const deviation = given.deviation ?? known;
	return deviation
		? { item, status: "deviates", want, found: withSubstitute(found, deviation), resources }
		: { item, status: "works", want, found, resources };
}

function withSubstitute(found: string, { substitute, effect }: Deviation): string {
	return `${found} (substitute: ${substitute}; effect: ${effect})`;
}

function rowStatus(items: readonly TraceItem[]): RowStatus {
	const answered = items.filter((item) => item.status !== "missing");
	if (answered.length === 0) {
		return "missing";
	}
	if (answered.length < items.length) {
		return "partly";
	}
	return answered.some((item) => item.status === "deviates") ? "deviates" : "works";
}

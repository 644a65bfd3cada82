import type { ResourceGraph } from "../lib/graph";

/** The source document that a requirement comes from; `platform` rows go across the documents. */
export type RequirementDocument = "frontier" | "serving" | "trading" | "agents" | "onprem" | "platform";

/** `infra`: cloud or cluster resources; `ops`: command line and automation; `slo`: alert, dashboard, objective. */
export type RequirementClass = "infra" | "policy" | "ops" | "slo";

/** What stands in for something that the cloud does not offer as asked. */
export interface Deviation {
	/** What is given instead. */
	readonly substitute: string;
	/** What changes for the user by it. */
	readonly effect: string;
}

/** One thing or one figure that a requirement lists; its query finds it in a blueprint. */
export interface RequirementItem {
	/** Stable, kebab-case, unique in its row; `conflict-<id>` names a conflict of spec/conflicts.ts. */
	readonly id: string;
	/** The thing or figure in short words, unique in its row. */
	readonly item: string;
	/** The figure with its unit, or what must be there, as printed. */
	readonly want: string;
	/** Given where no plan can hold what is asked: the item's query then looks for the substitute. */
	readonly deviation?: Deviation;
}

/** One requirement of the source documents, taken apart item by item. */
export interface RequirementRow {
	/** Stable, such as `FR-INF-1`. */
	readonly id: string;
	readonly document: RequirementDocument;
	readonly class: RequirementClass;
	/** The requirement with its figures, word for word. */
	readonly need: string;
	readonly items: readonly RequirementItem[];
}

/** A conflict of the source documents with the option that holds; what the specification's settlement gives. */
export interface NamedConflict {
	readonly id: string;
	/** The rows that it touches. */
	readonly rows: readonly string[];
	/** Id of the option that holds. */
	readonly choice: string;
}

/** Something of an inference node that its cloud does not offer as asked, with what the specification gives instead. */
export interface NamedShortfall {
	/** What falls short, as `gpu`, `memory`, `nvme`, `fabric`, `rdma`, `infiniband`. */
	readonly trait: string;
	/** Cell of the region. */
	readonly cell: string;
	/** The type that has less, as the cloud names it. */
	readonly instanceType: string;
	/** Undefined where the specification names nothing. */
	readonly substitute: { readonly given: string; readonly effect: string } | undefined;
}

/** How often a rule gave each verdict that says something of a resource. */
export interface RuleTally {
	/** True where a failure stops an update. */
	readonly mandatory: boolean;
	readonly pass: number;
	readonly fail: number;
	readonly undetermined: number;
}

/** What a query knows besides the resources. */
export interface QueryContext {
	readonly environment: string;
	/** The settled conflicts; absent counts as none, and their items are missing. */
	readonly conflicts?: readonly NamedConflict[];
	/** What inference nodes lack, from the specification; absent counts as none, and nothing deviates by it. */
	readonly shortfalls?: readonly NamedShortfall[];
	/** Names of the inference modules that are made; absent counts as the five of the document. */
	readonly modules?: readonly string[];
	/** Names of the inference modules that a switch of the specification would make; absent counts as none. */
	readonly switchedOff?: readonly string[];
	/** What the rules said of the same resources, by rule id; absent counts as none, and policy items are missing. */
	readonly findings?: { readonly [rule: string]: RuleTally };
}

/** What a query found. */
export interface ItemAnswer {
	/** What the plan holds, with its unit, as printed. */
	readonly found: string;
	/** True where it is what the item wants, or its named substitute. */
	readonly works: boolean;
	/** URNs of the resources that the answer was read from. */
	readonly resources: readonly string[];
	/** Given where the plan holds a substitute that the spec names. */
	readonly deviation?: Deviation;
}

/** Answers one item from the real inputs of the resources, never from their names or tags. Pure. */
export type ItemQuery = (graph: ResourceGraph, context: QueryContext) => ItemAnswer;

/** Queries by `ROW-ID/item-id`. */
export type QueryRegistry = Readonly<Record<string, ItemQuery>>;

/** The key that an item's query is registered under. */
export function queryKey(row: RequirementRow, item: RequirementItem): string {
	return `${row.id}/${item.id}`;
}

/** An item as the row files write it. */
export type ItemDraft = readonly [id: string, item: string, want: string, deviation?: Deviation];

/** A row as the row files write it: the file says the document once. */
export interface RowDraft extends Pick<RequirementRow, "id" | "class" | "need"> {
	readonly items: readonly ItemDraft[];
}

/** The rows of one document. */
export function rowsOf(document: RequirementDocument, drafts: readonly RowDraft[]): RequirementRow[] {
	return drafts.map(({ id, class: kind, need, items }) => ({
		id,
		document,
		class: kind,
		need,
		items: items.map(toItem),
	}));
}

function toItem([id, item, want, deviation]: ItemDraft): RequirementItem {
	return { id, item, want, ...(deviation ? { deviation } : {}) };
}

/** Short, stable titles of the five source documents. */
export type SourceDocument =
	| "Frontier infrastructure"
	| "Serving path"
	| "Trading platform"
	| "Agent platform"
	| "On-premises GitOps";

/** What one document says, word for word. */
export interface Statement {
	readonly document: SourceDocument;
	/** The words and figures as they stand there; ` … ` joins excerpts. */
	readonly says: string;
}

/** One way to settle a conflict. */
export interface ConflictOption {
	/** Stable, kebab-case, unique in its conflict: the value that a specification writes. */
	readonly id: string;
	/** What the platform does then, in one sentence. */
	readonly meaning: string;
}

/** A contradiction between (or within) the source documents, and how it is settled unless the specification says else. */
export interface Conflict {
	/** Stable, kebab-case: the key that a specification writes. */
	readonly id: string;
	/** The requirement rows that it touches. */
	readonly rows: readonly string[];
	readonly question: string;
	/** Two or more. */
	readonly statements: readonly Statement[];
	/** Two or more. */
	readonly options: readonly ConflictOption[];
	/** Id of the default option. */
	readonly chosen: string;
	/** Why it is the default. */
	readonly reason: string;
}

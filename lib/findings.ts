/** What a rule says of a resource. `undetermined`: a value that decides is not known before creation. */
export type Verdict = "pass" | "fail" | "undetermined" | "not-applicable";

export type Severity = "critical" | "high" | "medium" | "low";

/** `mandatory` stops an update, `advisory` is reported. */
export type Level = "mandatory" | "advisory";

/** A framework's requirement that a rule evidences; the edge keeps its source until a reviewer accepts it. */
export interface Control {
	readonly framework: string;
	readonly id: string;
	/** The published mapping or document that the edge was taken from. */
	readonly source: string;
	/** False until a person has reviewed the edge. */
	readonly reviewed: boolean;
}

/** One verdict of one rule about one resource, the form that every report is made of. */
export interface Finding {
	readonly rule: string;
	readonly verdict: Verdict;
	readonly severity: Severity;
	readonly level: Level;
	/** True where this finding stops an update in this environment. */
	readonly blocks: boolean;
	readonly urn: string;
	readonly cell: string;
	/** The property that decided, where one did. */
	readonly property?: string;
	/** Never holds a secret's value. */
	readonly message: string;
	readonly remedy: string;
	readonly controls: readonly Control[];
	readonly source?: { readonly file: string; readonly line: number };
	/** Id of the waiver that covers it; waivers come with the framework packs. */
	readonly waiver?: string;
}

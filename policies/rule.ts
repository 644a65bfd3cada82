import type { z } from "zod";
import type { Control, Level, Severity, Verdict } from "../lib/findings";
import type { ResourceGraph, ResourceNode } from "../lib/graph";

/** What a rule knows of the place it runs in; reaches a pack through the stack's configuration. */
export interface RuleContext {
	/** Environment name, as `dev`. */
	readonly environment: string;
	/** Where resources go: `cloud` blocks on what is still unresolved, `sandbox` does not. */
	readonly target: "sandbox" | "cloud";
	/** True where the environment's spec relaxes locks and protection (dev). */
	readonly relaxed: boolean;
}

/** A verdict with its reason; `urn` names another resource than the one looked at (graph rules). */
export interface Judgement {
	readonly verdict: Verdict;
	readonly message: string;
	readonly property?: string;
	readonly urn?: string;
}

/** Looks at one resource: its inputs and options only. */
export interface ResourceCheck<P> {
	readonly kind: "resource";
	readonly judge: (node: ResourceNode, params: P, context: RuleContext) => readonly Judgement[];
}

/** Looks at the whole cell or environment; every judgement names its resource. */
export interface GraphCheck<P> {
	readonly kind: "graph";
	readonly judge: (graph: ResourceGraph, params: P, context: RuleContext) => readonly (Judgement & { urn: string })[];
}

/**
 * A CEL expression over one Kubernetes object, the same text for the check here, a ValidatingAdmissionPolicy and a
 * Gatekeeper constraint. Variables are evaluated in order and may use `object` and the variables before them.
 */
export interface CelCheck {
	readonly kind: "cel";
	readonly variables: readonly { readonly name: string; readonly expression: string }[];
	/** True where the object complies. */
	readonly validations: readonly { readonly expression: string; readonly message: string; readonly property: string }[];
}

/** One check of the platform: one file, one rule. `P` are its parameters, parsed by `params` with their defaults. */
export interface Rule<P = unknown> {
	/** Stable id of the published list, as `A01`. */
	readonly id: string;
	readonly title: string;
	readonly severity: Severity;
	readonly level: Level;
	/** True where `undetermined` stops an update outside dev. */
	readonly blocksOnUndetermined: boolean;
	readonly params: z.ZodType<P>;
	/** Type tokens; a Kubernetes rule lists the kinds it reads. */
	readonly appliesTo: readonly string[];
	readonly controls: readonly Control[];
	/** One imperative sentence: what to change. */
	readonly remedy: string;
	readonly check: ResourceCheck<P> | GraphCheck<P> | CelCheck;
}

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
	/** True where only an `unresolved` lock value keeps the rule from deciding: that alone never blocks a sandbox. */
	readonly unresolved?: boolean;
}

/** A judgement of a graph rule, which always names its resource. */
export type GraphJudgement = Judgement & { readonly urn: string };

/** Looks at one resource: its inputs and options only. */
export interface ResourceCheck<P> {
	readonly kind: "resource";
	readonly judge: (node: ResourceNode, params: P, context: RuleContext) => readonly Judgement[];
}

/** Looks at the whole cell or environment; every judgement names its resource. */
export interface GraphCheck<P> {
	readonly kind: "graph";
	readonly judge: (graph: ResourceGraph, params: P, context: RuleContext) => readonly GraphJudgement[];
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
	/** Name in messages, the same as its file's: `eks-endpoint-private`. */
	readonly name: string;
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

/**
 * A rule whose parameters are parsed at each judgement, so that rules of different parameters fit one list.
 * `judge` then takes what a user wrote (`{}` for the defaults) and throws where that does not parse.
 */
export function defineRule<P>(rule: Rule<P>): Rule {
	return { ...rule, check: parsingCheck(rule.params, rule.check) };
}

function parsingCheck<P>(params: z.ZodType<P>, check: Rule<P>["check"]): Rule["check"] {
	switch (check.kind) {
		case "cel":
			return check;
		case "resource":
			return { kind: "resource", judge: (node, given, context) => check.judge(node, params.parse(given), context) };
		case "graph":
			return { kind: "graph", judge: (graph, given, context) => check.judge(graph, params.parse(given), context) };
	}
}

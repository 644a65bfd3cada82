import type { Finding, Verdict } from "../../lib/findings";
import type { ResourceNode } from "../../lib/graph";
import { evaluate } from "../../policies/engine/evaluate";
import type { Rule, RuleContext } from "../../policies/rule";

/** A strict environment. */
export const PROD: RuleContext = { environment: "prod", target: "cloud", relaxed: false };

/** The findings of one rule over resources, with its parameters where any are set. */
export function findingsOf(
	rule: Rule,
	nodes: readonly ResourceNode[],
	options: { readonly context?: RuleContext; readonly params?: unknown } = {},
): Finding[] {
	return evaluate([rule], nodes, options.context ?? PROD, { [rule.id]: options.params ?? {} });
}

/** The different verdicts of one rule over resources, sorted; of one resource where a URN is given. */
export function verdictsOf(
	rule: Rule,
	nodes: readonly ResourceNode[],
	options: { readonly context?: RuleContext; readonly params?: unknown; readonly urn?: string } = {},
): Verdict[] {
	const findings = findingsOf(rule, nodes, options);
	const wanted = findings.filter(({ urn }) => options.urn === undefined || options.urn === urn);
	return [...new Set(wanted.map(({ verdict }) => verdict))].sort();
}

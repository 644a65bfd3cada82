import type { Finding, Level } from "../../lib/findings";
import { ResourceGraph, type ResourceNode } from "../../lib/graph";
import type { Judgement, Rule, RuleContext } from "../rule";
import { judgeCel } from "./cel";

/** What users set for rules, by rule id; a rule that is not named runs with its defaults. */
export type RuleParams = { readonly [rule: string]: unknown };

/** A judgement and the resource that it is about. */
interface Judged {
	readonly judgement: Judgement;
	readonly urn: string;
}

/**
 * Runs rules over resources. Findings are sorted by URN, rule, property and message, so that the same input gives the
 * same bytes. A rule that throws gives one failed finding that blocks: a broken rule never passes anything.
 */
export function evaluate(
	rules: readonly Rule[],
	nodes: readonly ResourceNode[],
	context: RuleContext,
	params: RuleParams = {},
): Finding[] {
	const graph = new ResourceGraph(nodes);
	return rules
		.flatMap((rule) => {
			const given = Object.hasOwn(params, rule.id) ? params[rule.id] : {};
			return judge(rule, graph, context, given);
		})
		.sort(inOrder);
}

function judge(rule: Rule, graph: ResourceGraph, context: RuleContext, given: unknown): Finding[] {
	const { check } = rule;
	if (check.kind === "graph") {
		const stack = stackUrn(graph);
		return guarded(rule, graph, stack, () =>
			check
				.judge(graph, given, context)
				.map((judgement) => findingOf(rule, graph, { judgement, urn: judgement.urn }, context)),
		);
	}
	return graph.ofType(...rule.appliesTo).flatMap((node) =>
		guarded(rule, graph, node.urn, () => {
			const judgements = check.kind === "cel" ? judgeCel(check, node.inputs) : check.judge(node, given, context);
			return judgements.map((judgement) => findingOf(rule, graph, { judgement, urn: node.urn }, context));
		}),
	);
}

function guarded(rule: Rule, graph: ResourceGraph, urn: string, run: () => Finding[]): Finding[] {
	try {
		return run();
	} catch (error) {
		const judgement: Judgement = { verdict: "fail", message: `rule ${rule.id} failed to run: ${reasonOf(error)}` };
		return [{ ...findingBase(rule, graph, { judgement, urn }), level: "mandatory", blocks: true }];
	}
}

/** A syntax error quotes what it could not parse, which may be a secret: its name must do. */
function reasonOf(error: unknown): string {
	return error instanceof Error && !(error instanceof SyntaxError) ? error.message : "its input does not parse";
}

function findingOf(rule: Rule, graph: ResourceGraph, judged: Judged, context: RuleContext): Finding {
	return {
		...findingBase(rule, graph, judged),
		level: rule.level,
		blocks: blocks(rule, judged.judgement, context),
	};
}

function findingBase(rule: Rule, graph: ResourceGraph, { judgement, urn }: Judged): Omit<Finding, "level" | "blocks"> {
	const node = graph.get(urn);
	return {
		rule: rule.id,
		verdict: judgement.verdict,
		severity: rule.severity,
		urn,
		cell: node?.cell ?? "",
		...(judgement.property ? { property: judgement.property } : {}),
		message: judgement.message,
		remedy: rule.remedy,
		controls: rule.controls,
		...(node?.source ? { source: node.source } : {}),
	};
}

/** A failure of a mandatory rule always stops; doubt stops outside dev, but not for an unresolved value in a sandbox. */
function blocks(
	rule: { readonly level: Level; readonly blocksOnUndetermined: boolean },
	judgement: Judgement,
	context: RuleContext,
): boolean {
	if (rule.level !== "mandatory") {
		return false;
	}
	if (judgement.verdict !== "undetermined") {
		return judgement.verdict === "fail";
	}
	const excused = context.environment === "dev" || (judgement.unresolved === true && context.target === "sandbox");
	return rule.blocksOnUndetermined && !excused;
}

/** The stack's own URN, for what is about no single resource; empty where there is no resource to tell it from. */
function stackUrn(graph: ResourceGraph): string {
	const [, , stack, , project] = (graph.nodes[0]?.urn ?? "").split(":");
	return stack && project ? `urn:pulumi:${stack}::${project}::pulumi:pulumi:Stack::${project}-${stack}` : "";
}

function inOrder(a: Finding, b: Finding): number {
	const [first, second] = [sortKey(a), sortKey(b)];
	return first < second ? -1 : first > second ? 1 : 0;
}

function sortKey(finding: Finding): string {
	return [finding.urn, finding.rule, finding.property ?? "", finding.verdict, finding.message].join("\u0000");
}

import type { Cloud } from "../../lib/cells";
import type { Finding } from "../../lib/findings";
import { groupBy } from "../../lib/graph";
import { countWhere } from "../counting";
import type { ItemQuery, QueryRegistry, RuleTally } from "../row";
import { cloudsOf } from "./places";

/** Rules by what they judge: the resources of one cloud, or Kubernetes objects wherever they are. */
type RulesByPart = { readonly [part in Cloud | "kubernetes"]?: readonly string[] };

/** The rules that evidence a policy item, by the ids of the published list. */
const RULES: { readonly [key: string]: RulesByPart } = {
	"FR-SEC-1/private-subnets-policy": { aws: ["A20"], gcp: ["G07"], azure: ["Z09"] },
	"FR-SEC-1/ingress-policy": { aws: ["A18"], gcp: ["G06"], azure: ["Z08"], kubernetes: ["K05"] },
	"FR-SEC-1/egress-policy": { kubernetes: ["K05"] },
	"FR-SEC-1/encryption-policy": { aws: ["A01", "A05", "A08"], gcp: ["G03"], azure: ["Z02", "Z05"] },
	"FR-SEC-1/key-rotation-policy": { aws: ["A02"], gcp: ["G04"], azure: ["Z04"] },
};

/** Policy items: each works where the mandatory rules of every cloud in use judged this plan, and found nothing against it. */
export const policyQueries: QueryRegistry = Object.fromEntries(
	Object.entries(RULES).map(([key, rules]) => [key, evidencedBy(rules)]),
);

/** Counts the verdicts by rule; `not-applicable` says nothing of a resource and is left out. */
export function tallyFindings(findings: readonly Finding[]): { readonly [rule: string]: RuleTally } {
	return Object.fromEntries([...groupBy(findings, ({ rule }) => rule)].map(([rule, own]) => [rule, tallyOf(own)]));
}

function tallyOf(findings: readonly Finding[]): RuleTally {
	const count = (wanted: Finding["verdict"]) => countWhere(findings, ({ verdict }) => verdict === wanted);
	return {
		mandatory: findings.every(({ level }) => level === "mandatory"),
		pass: count("pass"),
		fail: count("fail"),
		undetermined: count("undetermined"),
	};
}

function evidencedBy(rules: RulesByPart): ItemQuery {
	return (graph, { findings = {} }) => {
		const parts = [...cloudsOf(graph), "kubernetes"] as const;
		const ids = parts.flatMap((part) => rules[part] ?? []);
		const tallies = ids.map((id) => ({ id, tally: Object.hasOwn(findings, id) ? findings[id] : undefined }));
		return {
			found: tallies.map(({ id, tally }) => `${id}: ${words(tally)}`).join("; ") || "no rule of a cloud in use",
			works:
				tallies.length > 0 &&
				tallies.every(({ tally }) => tally?.mandatory === true && tally.pass > 0 && tally.fail === 0),
			resources: [],
		};
	};
}

function words(tally: RuleTally | undefined): string {
	if (tally === undefined) {
		return "judged nothing";
	}
	const { mandatory, pass, fail, undetermined } = tally;
	return `${mandatory ? "mandatory" : "advisory"}, ${pass} pass, ${fail} fail, ${undetermined} undetermined`;
}

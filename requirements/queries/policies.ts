import type { Finding } from "../../lib/findings";
import { groupBy } from "../../lib/graph";
import type { ItemQuery, QueryRegistry, RuleTally } from "../row";
import { countWhere } from "./counting";

/** The rules that evidence a policy item, by the ids of the published list. */
const RULES: { readonly [key: string]: readonly string[] } = {
	"FR-SEC-1/private-subnets-policy": ["A20"],
	"FR-SEC-1/ingress-policy": ["A18", "K05"],
	"FR-SEC-1/egress-policy": ["K05"],
	"FR-SEC-1/encryption-policy": ["A01", "A05", "A08"],
	"FR-SEC-1/key-rotation-policy": ["A02"],
};

/** Policy items: each works where mandatory rules judged this plan, and found nothing against it. */
export const policyQueries: QueryRegistry = Object.fromEntries(
	Object.entries(RULES).map(([key, ids]) => [key, evidencedBy(ids)]),
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

function evidencedBy(ids: readonly string[]): ItemQuery {
	return (_, { findings = {} }) => {
		const tallies = ids.map((id) => ({ id, tally: Object.hasOwn(findings, id) ? findings[id] : undefined }));
		return {
			found: tallies.map(({ id, tally }) => `${id}: ${words(tally)}`).join("; "),
			works: tallies.every(({ tally }) => tally?.mandatory === true && tally.pass > 0 && tally.fail === 0),
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

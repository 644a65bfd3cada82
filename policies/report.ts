import type { Finding, Severity, Verdict } from "../lib/findings";

/** How many findings there are of each kind. */
export interface FindingSummary {
	readonly total: number;
	/** Findings that stop an update. */
	readonly blocking: number;
	readonly verdicts: { readonly [verdict in Verdict]: number };
	/** Failed findings only. */
	readonly failedBySeverity: { readonly [severity in Severity]: number };
	/** Rules that gave any finding, sorted. */
	readonly rules: readonly string[];
}

/** Counts the findings by verdict, and the failed ones by severity. */
export function summariseFindings(findings: readonly Finding[]): FindingSummary {
	const verdicts = { pass: 0, fail: 0, undetermined: 0, "not-applicable": 0 };
	const failedBySeverity = { critical: 0, high: 0, medium: 0, low: 0 };
	for (const finding of findings) {
		verdicts[finding.verdict] += 1;
		if (finding.verdict === "fail") {
			failedBySeverity[finding.severity] += 1;
		}
	}
	return {
		total: findings.length,
		blocking: violations(findings).length,
		verdicts,
		failedBySeverity,
		rules: [...new Set(findings.map((finding) => finding.rule))].sort(),
	};
}

/** The findings that stop an update in this environment. */
export function violations(findings: readonly Finding[]): Finding[] {
	return findings.filter((finding) => finding.blocks);
}

/** A finding that a reader must see, on one line: `A20 eks-endpoint-private: <message>; <remedy>`. */
export function findingLine(finding: Finding, ruleName: string): string {
	const doubt = finding.verdict === "undetermined" ? "not decided yet, " : "";
	const where = finding.property ? `${finding.property}: ` : "";
	const line = `${finding.rule} ${ruleName}: ${doubt}${where}${finding.message}; ${finding.remedy}`;
	return line.replace(/\p{Cc}+/gu, " ");
}

import type { Finding } from "../../lib/findings";
import { nameOfUrn, typeOfUrn } from "../../lib/names";
import { summariseFindings } from "../../policies/report";
import { rules } from "../../policies/rules";

/** The findings that a person must read, worst first, with what to do; then the counts. */
export function findingLines(findings: readonly Finding[], advisories: boolean): string[] {
	const failed = findings.filter((finding) => finding.verdict === "fail" || finding.blocks);
	const open = findings.filter((finding) => finding.verdict === "undetermined" && !finding.blocks);
	return [...failed.flatMap(describe), ...(advisories ? open.flatMap(describe) : []), countLine(findings)];
}

/** One line of counts. */
export function countLine(findings: readonly Finding[]): string {
	const { verdicts, blocking } = summariseFindings(findings);
	const open = verdicts.undetermined === 0 ? "" : `, ${verdicts.undetermined} not decided before creation`;
	return `Policies: ${rules.length} rules, ${verdicts.pass} passed, ${verdicts.fail} failed${open}; ${blocking === 0 ? "nothing blocks" : `${blocking} block`}`;
}

function describe(finding: Finding): string[] {
	const mark = finding.verdict === "fail" ? "x" : "?";
	const source = finding.source ? `  (${finding.source.file}:${finding.source.line})` : "";
	const property = finding.property ? `${finding.property}: ` : "";
	return [
		`  ${mark} ${finding.rule} ${finding.severity}, ${finding.level}: ${typeOfUrn(finding.urn)} ${nameOfUrn(finding.urn)}${source}`,
		`      ${property}${finding.message}`,
		`      to mend it: ${finding.remedy}`,
	];
}

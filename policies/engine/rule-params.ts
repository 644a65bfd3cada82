import { closest } from "fastest-levenshtein";
import type { Problem } from "../../lib/errors";
import type { Rule } from "../rule";
import type { RuleParams } from "./evaluate";

/** What is wrong with the parameters that a specification sets for rules; paths begin with `policies.params`. */
export function ruleParamProblems(rules: readonly Rule[], params: RuleParams): Problem[] {
	return Object.entries(params).flatMap(([id, value]) => {
		const path = `policies.params.${id}`;
		const rule = rules.find((candidate) => candidate.id === id);
		if (rule === undefined) {
			const known = rules.map((candidate) => candidate.id);
			return [{ path, message: `is no rule; did you mean ${closest(id, known)}? The rules are ${known.join(", ")}` }];
		}
		const result = rule.params.safeParse(value);
		const issues = result.success ? [] : result.error.issues;
		return issues.map((issue) => ({ path: [path, ...issue.path].map(String).join("."), message: issue.message }));
	});
}

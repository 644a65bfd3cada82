import type { GraphJudgement, Judgement } from "./rule";

/** The resource complies. */
export function pass(message: string): Judgement {
	return { verdict: "pass", message };
}

/** The resource breaks the rule, whatever its unknown values turn out to be. */
export function fail(message: string, property?: string): Judgement {
	return { verdict: "fail", message, ...(property ? { property } : {}) };
}

/** A value that decides is not known before creation. */
export function undetermined(message: string, property?: string): Judgement {
	return { verdict: "undetermined", message, ...(property ? { property } : {}) };
}

/** The rule says nothing of this resource. */
export function notApplicable(message: string): Judgement {
	return { verdict: "not-applicable", message };
}

/** All problems, so that none hides behind another; one pass where there are none. */
export function problemsOr(problems: readonly Judgement[], complies: string): readonly Judgement[] {
	return problems.length > 0 ? problems : [pass(complies)];
}

/** The judgements with the resource that they are about. */
export function about(urn: string, judgements: readonly Judgement[]): GraphJudgement[] {
	return judgements.map((judgement) => ({ ...judgement, urn }));
}

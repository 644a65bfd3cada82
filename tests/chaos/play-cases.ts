import type { ProjectCopy } from "../support/project-copy";
import { type ChaosCase, caseId } from "./cases";
import { type CleanTiming, type Outcome, runCase } from "./run-case";

/**
 * Plays cases in project copies, one at a time in each: a copy takes the next case when it is free. The outcomes come in
 * the order of the cases; `tell` hears of each as it ends, with how many have.
 */
export async function playCases(
	cases: readonly ChaosCase[],
	options: {
		readonly copies: readonly ProjectCopy[];
		readonly timing: CleanTiming;
		readonly tell?: (outcome: Outcome, done: number) => void;
	},
): Promise<Outcome[]> {
	const waiting = [...cases];
	const outcomes: Outcome[] = [];
	await Promise.all(
		options.copies.map(async (project) => {
			for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
				const outcome = await runCase(project, next, options.timing);
				outcomes.push(outcome);
				options.tell?.(outcome, outcomes.length);
			}
		}),
	);
	const order = cases.map(caseId);
	return outcomes.sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
}

import { closest, distance } from "fastest-levenshtein";
import type { Problem } from "../lib/errors";
import { agentConflicts } from "./conflicts/agents";
import type { Conflict } from "./conflicts/conflict";
import { frontierConflicts } from "./conflicts/frontier";
import { platformConflicts } from "./conflicts/platform";
import { tradingConflicts } from "./conflicts/trading";

export type { Conflict } from "./conflicts/conflict";

/** Every contradiction between the source documents that a requirement names, by document. */
export const conflicts: readonly Conflict[] = [
	...frontierConflicts,
	...tradingConflicts,
	...agentConflicts,
	...platformConflicts,
];

/** A conflict with the option that holds. */
export interface SettledConflict {
	readonly id: string;
	readonly rows: readonly string[];
	readonly question: string;
	/** Id of the option that holds. */
	readonly choice: string;
	/** What the platform does by it. */
	readonly meaning: string;
	/** `default`: the specification is silent. */
	readonly settledBy: "default" | "specification";
	readonly reason: string;
}

/** All conflicts settled, and what is wrong with the choices. */
export interface Settlement {
	/** In the order of the table; a refused choice leaves the default. */
	readonly settled: readonly SettledConflict[];
	readonly problems: readonly Problem[];
}

/**
 * Applies a specification's choices (conflict id to option id) over the defaults; reports unknown ids, never throws.
 * The path of a problem is `conflicts.<id>`.
 */
export function settleConflicts(
	choices: Readonly<Record<string, string>>,
	table: readonly Conflict[] = conflicts,
): Settlement {
	const problems: Problem[] = [];
	for (const [id, choice] of Object.entries(choices)) {
		const message = problemWith(id, choice, table);
		if (message !== undefined) {
			problems.push({ path: `conflicts.${id}`, message });
		}
	}
	return { settled: table.map((conflict) => settle(conflict, choices)), problems };
}

/** The option that holds for a conflict under a specification's choices; an unknown choice leaves the default. */
export function settledChoice(id: string, choices: Readonly<Record<string, string>>): string {
	const conflict = conflicts.find((each) => each.id === id);
	if (!conflict) {
		throw new Error(`there is no conflict ${id}`);
	}
	return settle(conflict, choices).choice;
}

function problemWith(id: string, choice: string, table: readonly Conflict[]): string | undefined {
	const conflict = table.find((each) => each.id === id);
	if (!conflict) {
		const known = table.map((each) => each.id);
		return `is not a known conflict; ${suggestion(id, known) ?? "the plan lists the ids."}`;
	}
	const options = conflict.options.map((option) => option.id);
	if (options.includes(choice)) {
		return undefined;
	}
	const hint = suggestion(choice, options);
	return `must be one of ${options.join(", ")}, but "${choice}" was given${hint ? `; ${hint}` : "."}`;
}

function settle(conflict: Conflict, choices: Readonly<Record<string, string>>): SettledConflict {
	const { id, rows, question } = conflict;
	const wanted = Object.hasOwn(choices, id) ? choices[id] : undefined;
	const given = conflict.options.find((option) => option.id === wanted);
	const standard = conflict.options.find((option) => option.id === conflict.chosen);
	if (!standard) {
		throw new Error(`conflict ${id} has no option "${conflict.chosen}"`);
	}
	const option = given ?? standard;
	return {
		id,
		rows,
		question,
		choice: option.id,
		meaning: option.meaning,
		settledBy: given ? "specification" : "default",
		reason: option === standard ? conflict.reason : "chosen in the specification",
	};
}

/** A near name, where at most a third of its letters (three at least) differ. */
function suggestion(given: string, known: readonly string[]): string | undefined {
	if (known.length === 0) {
		return undefined;
	}
	const near = closest(given, known);
	return distance(given, near) <= Math.max(3, Math.floor(near.length / 3)) ? `did you mean "${near}"?` : undefined;
}

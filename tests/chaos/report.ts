import { type Kind, kinds } from "./cases";
import type { Outcome } from "./run-case";

/** One line of the report. */
export interface KindSummary {
	readonly kind: Kind;
	readonly points: number;
	readonly killed: number;
	readonly survived: number;
	readonly orphans: number;
	readonly duplicates: number;
	readonly ghosts: number;
	/** Processes that stayed longer than ten seconds. */
	readonly lingering: number;
	/** What the kills left behind, all cases together, before the next `up`. */
	readonly left: { readonly orphans: number; readonly pending: number };
	/** Of the `up` after the kill, in seconds. */
	readonly median: number;
	readonly longest: number;
}

/** The outcomes of each kind, added up. */
export function summarise(outcomes: readonly Outcome[]): KindSummary[] {
	return kinds.flatMap((kind) => {
		const own = outcomes.filter((outcome) => outcome.kind === kind);
		return own.length === 0 ? [] : [summary(kind, own)];
	});
}

function summary(kind: Kind, own: readonly Outcome[]): KindSummary {
	const seconds = own.map(({ resumeSeconds }) => resumeSeconds).sort((a, b) => a - b);
	const sum = (of: (outcome: Outcome) => number): number => own.reduce((total, outcome) => total + of(outcome), 0);
	return {
		kind,
		points: own.length,
		killed: own.filter(({ killed }) => killed).length,
		survived: own.filter(({ problems }) => problems.length === 0).length,
		orphans: sum(({ after }) => after.orphans.length),
		duplicates: sum(({ after }) => after.duplicates.length),
		ghosts: sum(({ after }) => after.ghosts.length),
		lingering: sum(({ lingering }) => lingering.length),
		left: { orphans: sum(({ left }) => left.orphans), pending: sum(({ left }) => left.pending) },
		median: seconds[Math.floor(seconds.length / 2)] ?? 0,
		longest: seconds.at(-1) ?? 0,
	};
}

const columns: readonly (readonly [title: string, value: (row: KindSummary) => string])[] = [
	["kind", ({ kind }) => kind],
	["points", ({ points }) => String(points)],
	["killed", ({ killed }) => String(killed)],
	["survived", ({ survived }) => String(survived)],
	["orphans", ({ orphans }) => String(orphans)],
	["duplicates", ({ duplicates }) => String(duplicates)],
	["ghosts", ({ ghosts }) => String(ghosts)],
	["processes left", ({ lingering }) => String(lingering)],
	["mended (unrecorded/pending)", ({ left }) => `${left.orphans}/${left.pending}`],
	["next up, median s", ({ median }) => median.toFixed(0)],
	["longest s", ({ longest }) => longest.toFixed(0)],
];

/** The summaries as a table in Markdown, as the documents have it. */
export function table(rows: readonly KindSummary[]): string {
	const cells = [columns.map(([title]) => title), ...rows.map((row) => columns.map(([, value]) => value(row)))];
	const widths = columns.map((_, i) => Math.max(...cells.map((line) => line[i]?.length ?? 0)));
	const lines = cells.map((line) => `| ${line.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} |`);
	const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
	return [lines[0], rule, ...lines.slice(1)].join("\n");
}

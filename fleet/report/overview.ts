import { lockEntries } from "../../catalogue/lock";
import { type Blueprint, groupBy } from "../../lib/graph";
import { summarise } from "../../requirements/trace";
import type { SettledConflict } from "../../spec/conflicts";
import type { Assessment } from "../assessment";
import { countLine } from "./findings";
import { wrap } from "./wrap";

/** What will exist, by cell and kind; components are left out. */
export function inventoryLines(blueprint: Blueprint): string[] {
	const real = blueprint.resources.filter((node) => node.custom && !node.type.startsWith("pulumi:"));
	return [...groupBy(real, (node) => node.cell)].flatMap(([cell, nodes]) => {
		const kinds = [...groupBy(nodes, (node) => kindOf(node.type))]
			.map(([kind, members]) => ({ kind, count: members.length }))
			.sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1));
		const listed = kinds.map(({ kind, count }) => `${count} ${kind}`);
		return [`  ${cell}: ${nodes.length} resources`, ...wrap(listed, 100).map((line) => `      ${line}`)];
	});
}

/** One line each for policies, requirements, conflicts and what could not be verified. */
export function judgementLines(assessment: Assessment, environment: string): string[] {
	const { rows, items } = summarise(assessment.trace);
	const { unverified, unresolved } = assessment.unverified;
	return [
		countLine(assessment.findings),
		`Requirements: ${rows.works} work, ${rows.deviates} deviate, ${rows.partly} in part, ${rows.missing} missing of ${assessment.trace.length} rows; ${items.works} of ${items.works + items.deviates + items.missing} items (npx meridian trace ${environment})`,
		`Conflicts between the source documents: ${assessment.conflicts.length}, all settled (npx meridian plan ${environment} lists them)`,
		`Not verified here: ${unverified + unresolved} values of catalogue/lock.ts, ${unresolved} of them unresolved and left out`,
	];
}

/** Every contradiction between the source documents with the answer that holds and why. */
export function conflictLines(conflicts: readonly SettledConflict[]): string[] {
	return conflicts.flatMap((conflict) => {
		const by = conflict.settledBy === "specification" ? ", chosen in the specification" : "";
		return [`  ${conflict.id}: ${conflict.choice}${by}`, `      ${conflict.meaning} ${conflict.reason}`];
	});
}

/** What is taken as given, with the way to verify it. */
export function lockLines(): string[] {
	return lockEntries
		.filter((entry) => entry.state !== "verified")
		.map((entry) => `  ${entry.id}: ${entry.value} (${entry.state}; ${entry.source})`);
}

function kindOf(type: string): string {
	const [pack = "", module = "", name = ""] = type.split(":");
	return `${pack === "kubernetes" ? "" : `${module.split("/")[0]}.`}${name}`;
}

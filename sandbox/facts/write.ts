import type { PackageFacts } from "../facts";
import type { ReplaceTable } from "./package-facts";

/** JSON with one resource and one object a line, so that a diff shows what an SDK upgrade changed. */
export function formatFacts(facts: PackageFacts): string {
	return [
		"{",
		`"package": ${JSON.stringify(facts.package)},`,
		`"version": ${JSON.stringify(facts.version)},`,
		`"resources": ${lines(facts.resources)},`,
		`"objects": ${lines(facts.objects)}`,
		"}",
		"",
	].join("\n");
}

/** JSON with one resource type a line. */
export function formatReplace(table: ReplaceTable): string {
	return `${lines(table)}\n`;
}

function lines(rows: { readonly [key: string]: unknown }): string {
	const texts = Object.entries(rows).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
	return texts.length === 0 ? "{}" : `{\n${texts.join(",\n")}\n}`;
}

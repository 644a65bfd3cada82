import { stripVTControlCharacters } from "node:util";
import type { UserError } from "./errors";

/** A `UserError` as lines for a person: what, where, and the remedy. Control characters are taken out. */
export function formatError(error: UserError): string {
	const problems = error.problems.map((problem) => `  ${problem.path}: ${problem.message}`);
	const remedy = error.remedy === undefined ? [] : [`To mend it: ${error.remedy}`];
	return [error.message, ...problems, ...remedy].map(printable).join("\n");
}

/** Text without terminal control sequences; line breaks and tabs stay. */
export function printable(text: string): string {
	return [...stripVTControlCharacters(text)]
		.filter((char) => char === "\n" || char === "\t" || !isControl(char))
		.join("");
}

function isControl(char: string): boolean {
	const code = char.codePointAt(0) ?? 0;
	return code < 0x20 || (code >= 0x7f && code < 0xa0);
}

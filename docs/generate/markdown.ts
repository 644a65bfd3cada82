/** A Markdown table in aligned columns, as biome formats it; every row has as many cells as there are headers. */
export function table(headers: readonly string[], rows: readonly (readonly string[])[]): string[] {
	const cells = [headers, ...rows].map((row) => row.map(cell));
	const widths = headers.map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)));
	const line = (row: readonly string[]): string =>
		`| ${widths.map((width, column) => (row[column] ?? "").padEnd(width)).join(" | ")} |`;
	const [head = [], ...body] = cells;
	return [line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line)];
}

/** Text in the type of code; text that holds a backtick gets two around it. */
export function code(text: string): string {
	return text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``;
}

/** Words in a row: `a, b or c`. */
export function either(words: readonly string[]): string {
	return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

/** A note for whoever opens a generated file to change it. */
export function generatedFrom(sources: string): string {
	return `<!-- Written by npm run docs from ${sources}. Do not edit: a test compares this file with its sources. -->`;
}

function cell(text: string): string {
	return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

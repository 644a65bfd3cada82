import { closest, distance } from "fastest-levenshtein";

/** `; did you mean "x"?` where one of the known words is near enough (a third of the letters, at least 2), else nothing. */
export function didYouMean(word: string, known: readonly string[]): string {
	if (known.length === 0) {
		return "";
	}
	const near = closest(word, known);
	const allowed = Math.max(2, Math.floor(word.length / 3));
	return distance(word.toLowerCase(), near.toLowerCase()) <= allowed ? `; did you mean ${JSON.stringify(near)}?` : "";
}

/** Values in a message: `"a", "b" or "c"`, at most 20 of them. */
export function oneOf(values: readonly string[]): string {
	const shown = values.slice(0, 20).map((value) => JSON.stringify(value));
	const rest = values.length > shown.length ? ` and ${values.length - shown.length} more` : "";
	return shown.length < 2 || rest ? shown.join(", ") + rest : `${shown.slice(0, -1).join(", ")} or ${shown.at(-1)}`;
}

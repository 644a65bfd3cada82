/** Joins words with commas into lines of about a width; the words stay whole. */
export function wrap(words: readonly string[], width: number): string[] {
	const lines: string[] = [];
	for (const word of words) {
		const last = lines.at(-1);
		if (last !== undefined && last.length + word.length + 2 <= width) {
			lines[lines.length - 1] = `${last}, ${word}`;
		} else {
			lines.push(word);
		}
	}
	return lines;
}

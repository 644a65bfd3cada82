import { statSync } from "node:fs";

/** A file as a running sandbox sees it: looked up at each call, read again by `read` where it has changed. */
export function watchedFile<T>(file: string, read: () => T): () => T {
	let seen: { readonly signature: string; readonly content: T } | undefined;
	return () => {
		const signature = signatureOf(file);
		if (seen?.signature !== signature) {
			seen = { signature, content: read() };
		}
		return seen.content;
	};
}

/** Changes with each write: the file is replaced as a whole. */
function signatureOf(file: string): string {
	const stat = statSync(file, { throwIfNoEntry: false });
	return stat === undefined ? "" : `${stat.ino}|${stat.mtimeMs}|${stat.size}`;
}

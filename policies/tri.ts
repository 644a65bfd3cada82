/** A statement's truth where some values are not known: `maybe` is neither yes nor no yet. */
export type Tri = "yes" | "no" | "maybe";

/** No where any is no, whatever the others turn out to be; yes where all are. */
export function allOf(...parts: readonly Tri[]): Tri {
	if (parts.includes("no")) {
		return "no";
	}
	return parts.includes("maybe") ? "maybe" : "yes";
}

/** Yes where any is yes, whatever the others turn out to be; no where none can be. */
export function anyOf(...parts: readonly Tri[]): Tri {
	if (parts.includes("yes")) {
		return "yes";
	}
	return parts.includes("maybe") ? "maybe" : "no";
}

/** Yes where the statement is no, no where it is yes. */
export function notOf(part: Tri): Tri {
	return part === "maybe" ? "maybe" : part === "yes" ? "no" : "yes";
}

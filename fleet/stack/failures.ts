import type { OperationFailure } from "./protocol";

/** What the CLI prints by the kind of failure; its exit codes alone do not tell them apart. */
const signs: readonly (readonly [RegExp, OperationFailure["reason"]])[] = [
	[/the stack is currently locked by/, "locked"],
	[/no stack named|stack '.*' not found/, "not-found"],
	[/update cancel(l)?ed|error: canceled|context canceled|aborted/i, "cancelled"],
];

/** A failed operation, with the engine's own lines reduced to what tells something. */
export function failureOf(error: unknown, aborted: boolean): OperationFailure {
	const text = error instanceof Error ? error.message : String(error);
	const reason = aborted ? "cancelled" : (signs.find(([sign]) => sign.test(text))?.[1] ?? "failed");
	return { reason, message: essence(text) };
}

/** Progress lines of the CLI, and what the Automation API puts before them; a person needs the rest. */
const noise =
	/^([+~@=-]{1,2} |Command failed|Loading policy packs|Updating|Previewing|View in|at |std(out|err):|err\??:|code:|resource urn:.* violates plan|expected resource operations for)/;

/** The Automation API puts exit code, output and error output in one text. */
function essence(text: string): string {
	const lines = text
		.split("\n")
		.map((line) => line.trim())
		.filter((line) => line !== "" && !noise.test(line));
	return [...new Set(lines)].slice(0, 20).join("\n");
}

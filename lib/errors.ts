/**
 * The documented exit codes of the command line. Never renumber: pipelines rely on them.
 * Codes 0 to 9 and 255 follow Pulumi's own taxonomy.
 */
export const ExitCode = {
	ok: 0,
	failed: 1,
	usage: 2,
	credentials: 3,
	someStacksFailed: 4,
	policyDenied: 5,
	notFound: 6,
	changes: 7,
	cancelled: 8,
	timeout: 9,
	locked: 10,
	planStale: 11,
	rolledBack: 12,
	paused: 13,
	cost: 14,
	bug: 255,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** What a report about bad input says: where, what was given, what is allowed, what to do. */
export interface Problem {
	/** Where: a path in the spec, an option's name, a file. */
	readonly path: string;
	/** One sentence: what is wrong, the value, the allowed range with its unit, the remedy. */
	readonly message: string;
}

/** Optional parts of a `UserError`. */
export interface UserErrorOptions {
	/** Exit code; `usage` (2) unless said. */
	readonly code?: ExitCode;
	/** Every single problem, reported together. */
	readonly problems?: readonly Problem[];
	/** The command or edit that mends it. */
	readonly remedy?: string;
}

/** A failure that the user can mend: printed without stack trace, ends with its own exit code. */
export class UserError extends Error {
	readonly code: ExitCode;
	readonly problems: readonly Problem[];
	readonly remedy: string | undefined;

	constructor(message: string, options: UserErrorOptions = {}) {
		super(message);
		this.name = "UserError";
		this.code = options.code ?? ExitCode.usage;
		this.problems = options.problems ?? [];
		this.remedy = options.remedy;
	}
}

/** Throws one `UserError` that lists all problems; does nothing where there are none. */
export function refuseProblems(subject: string, problems: readonly Problem[], remedy?: string): void {
	if (problems.length === 0) {
		return;
	}
	const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
	throw new UserError(`${subject} has ${count}`, { problems, ...(remedy ? { remedy } : {}) });
}

/** A row of a validation table. */
export interface Requirement {
	/** True where the requirement is broken. */
	readonly when: boolean;
	readonly path: string;
	readonly message: string;
}

/** The broken rows of a validation table, as problems. */
export function broken(table: readonly Requirement[]): Problem[] {
	return table.filter((row) => row.when).map(({ path, message }) => ({ path, message }));
}

/** Fails the compiler where a switch forgets a case, and the program where data escaped it. */
export function unreachable(value: never): never {
	throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}

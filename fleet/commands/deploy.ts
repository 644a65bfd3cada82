import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { ExitCode, UserError } from "../../lib/errors";
import { homeFolder, projectRoot } from "../../lib/folders";
import type { EnvironmentFile } from "../../spec/load";
import type { Console } from "../console";
import { Interrupt } from "../interrupt";
import { Progress } from "../report/progress";
import { withoutDeadLock } from "../stack/dead-lock";
import type { ChangeCounts, Operation, PolicyReport } from "../stack/protocol";
import { openRecovered } from "../stack/recover";
import { openStack, type StackSession } from "../stack/session";
import { StackOperationError } from "../stack/stack-process";

/** The policy packs that every plan and update runs with. */
const policyPacks = [join(projectRoot, "policies", "packs", "baseline")];

/** A stack's plan as the engine made it, policies included. */
export interface StackPlan {
	readonly stack: string;
	readonly changes: ChangeCounts;
	readonly reports: readonly PolicyReport[];
	/** File that an update must keep to. */
	readonly planFile: string;
	/** True where the blueprint told the changes, because the engine could not yet. */
	readonly estimated?: boolean;
}

/** What a command opens its stacks with. */
export interface StackOptions {
	readonly environment: EnvironmentFile;
	readonly console: Console;
}

/** Runs something with an opened stack, recovered first. Only under the command lock. */
export async function withStack<T>(
	stack: string,
	{ environment, console, waitSeconds }: StackOptions & { readonly waitSeconds: number },
	run: (session: StackSession) => Promise<T>,
): Promise<T> {
	return during(stack, console, run, (interrupt) =>
		openRecovered(() => openStack(stack, { environment, console, interrupt, waitSeconds }), {
			spec: environment.spec,
			console,
		}),
	);
}

/** Runs something that reads an opened stack only; also while a command changes it. */
export async function readStack<T>(
	stack: string,
	{ environment, console }: StackOptions,
	run: (session: StackSession) => Promise<T>,
): Promise<T> {
	return during(stack, console, run, (interrupt) => openStack(stack, { environment, console, interrupt }));
}

async function during<T>(
	stack: string,
	console: Console,
	run: (session: StackSession) => Promise<T>,
	open: (interrupt: Interrupt) => Promise<StackSession>,
): Promise<T> {
	const interrupt = new Interrupt(console);
	try {
		const session = await open(interrupt);
		try {
			return await run(session);
		} finally {
			await session.close();
		}
	} catch (error) {
		throw asUserError(error, stack, interrupt.requested);
	} finally {
		interrupt.close();
	}
}

/** Previews a stack with the packs and saves the plan. */
export async function planStack(session: StackSession, console: Console, expected: number): Promise<StackPlan> {
	const planFile = join(homeFolder(), "plans", `${session.stack}.json`);
	mkdirSync(dirname(planFile), { recursive: true, mode: 0o700 });
	const reports: PolicyReport[] = [];
	const { changes } = await operate(
		session,
		console,
		{ kind: "preview", planFile, policyPacks },
		{ verb: "planning", expected, reports },
	);
	return { stack: session.stack, changes, reports, planFile };
}

/** Applies a saved plan; the engine refuses what the plan does not hold. */
export async function applyPlan(
	session: StackSession,
	console: Console,
	plan: StackPlan,
	expected: number,
): Promise<ChangeCounts> {
	const operation: Operation = { kind: "up", planFile: plan.planFile, policyPacks };
	return (await operate(session, console, operation, { verb: "applying", expected, reports: [] })).changes;
}

/** Destroys everything in a stack. */
export async function destroyStack(session: StackSession, console: Console): Promise<ChangeCounts> {
	return (
		await operate(session, console, { kind: "destroy" }, { verb: "destroying", expected: undefined, reports: [] })
	).changes;
}

async function operate(
	session: StackSession,
	console: Console,
	operation: Operation,
	options: { readonly verb: string; readonly expected: number | undefined; readonly reports: PolicyReport[] },
) {
	const progress = new Progress(console, `${session.stack} ${options.verb}`, options.expected);
	const policy = (report: PolicyReport): void => {
		options.reports.push(report);
	};
	try {
		const listener = { step: progress.step, diagnostic: progress.diagnostic, policy };
		return await withoutDeadLock(session, console, () => session.run(operation, listener));
	} catch (error) {
		const denied = options.reports.some((report) => report.level === "mandatory");
		if (error instanceof StackOperationError && error.failure.reason === "failed" && denied) {
			throw new PolicyDenied(session.stack, options.reports);
		}
		throw error instanceof StackOperationError ? new StackOperationError(detailed(error, progress)) : error;
	}
}

function detailed(error: StackOperationError, progress: Progress): StackOperationError["failure"] {
	const messages = progress.errors.map((diagnostic) => diagnostic.message.trim());
	return messages.length === 0 ? error.failure : { ...error.failure, message: [...new Set(messages)].join("\n") };
}

/** A mandatory rule failed; nothing was changed. */
export class PolicyDenied extends UserError {
	constructor(stack: string, reports: readonly PolicyReport[]) {
		const mandatory = reports.filter((report) => report.level === "mandatory");
		super(`A mandatory rule refuses stack ${stack}; nothing was changed`, {
			code: ExitCode.policyDenied,
			problems: mandatory.map((report) => ({ path: report.urn?.split("::").at(-1) ?? stack, message: report.message })),
		});
	}
}

function asUserError(error: unknown, stack: string, interrupted: boolean): unknown {
	if (!(error instanceof StackOperationError)) {
		return error;
	}
	const { message, reason } = error.failure;
	if (interrupted || reason === "cancelled") {
		return new UserError(`Stopped. What was done so far is recorded in the state of ${stack}`, {
			code: ExitCode.cancelled,
			remedy: "run the command again to go on from here",
		});
	}
	const ownRemedy = message.includes("To mend it:");
	return new UserError(`Stack ${stack} failed:\n${message}`, {
		code: ExitCode.failed,
		...(ownRemedy
			? {}
			: { remedy: "mend what is named above and run the command again; what was done so far is recorded and kept" }),
	});
}

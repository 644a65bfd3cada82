import { createInterface } from "node:readline/promises";
import { ExitCode, UserError } from "../../lib/errors";
import { nameOfUrn, stackOfUrn, typeOfUrn } from "../../lib/names";
import { readInventory } from "../../sandbox/client";
import type { SandboxObject } from "../../sandbox/model";
import { loadEnvironment } from "../../spec/load";
import type { Spec } from "../../spec/schema";
import { withCommandLock } from "../command-lock";
import type { Console } from "../console";
import { changeLine } from "../report/changes";
import { requireAll } from "../rollout/outcome";
import { rollOut } from "../rollout/rollout";
import { wavesOf } from "../rollout/waves";
import { exportDeployment } from "../stack/deployment";
import type { ChangeCounts } from "../stack/protocol";
import type { StackSession } from "../stack/session";
import { destroyStack } from "./deploy";
import { announceFaults } from "./sandbox-faults";

export interface DestroyOptions {
	readonly environment: string;
	/** One cell alone; all where none is named. */
	readonly cell: string | undefined;
	readonly json: boolean;
	readonly yes: boolean;
	readonly lockTimeout: number;
	/** Stacks that are worked on at once. */
	readonly parallel: number;
}

/** Destroys every stack of the environment, dependents first; what the cloud itself retains is named. */
export async function destroy(options: DestroyOptions, console: Console): Promise<ExitCode> {
	const environment = loadEnvironment(options.environment);
	const waves = wavesOf(environment.spec, options.cell).reverse();
	announceFaults(environment.spec, console);
	await confirm(environment.spec, options.yes, console);
	return withCommandLock(
		{ console, command: `meridian destroy ${options.environment}`, waitSeconds: options.lockTimeout },
		async () => {
			const rollout = { environment, console, waitSeconds: options.lockTimeout, parallel: options.parallel };
			const command = `npx meridian destroy ${options.environment}`;
			// Of several stacks none is touched where one is protected.
			requireAll(waves.flat().length > 1 ? await rollOut(waves, rollout, refuseProtected) : [], command);
			const runs = await rollOut(waves, rollout, async (session, part) => {
				await refuseProtected(session);
				return destroyStack(session, part);
			});
			const done = requireAll(runs, command);
			return show(
				done.map(({ stack, value }) => ({ stack, applied: value })),
				{ options, spec: environment.spec, console },
			);
		},
	);
}

/** Prints what was destroyed and what is left; something of the environment that is left is a failure. */
function show(
	stacks: readonly { readonly stack: string; readonly applied: ChangeCounts }[],
	{ options, spec, console }: { readonly options: DestroyOptions; readonly spec: Spec; readonly console: Console },
): ExitCode {
	const { environment } = options;
	const left = leftovers(
		stacks.map(({ stack }) => stack),
		spec,
	);
	if (options.json) {
		const document = {
			schemaVersion: 1,
			environment,
			stacks,
			leftovers: left.map(({ type, id, urn }) => ({ type, id, urn })),
		};
		console.data(`${JSON.stringify(document, null, 2)}\n`);
	} else {
		const what = options.cell === undefined ? environment : `${environment}, cell ${options.cell}`;
		const lines = stacks.map((each) => `  ${each.stack}: ${changeLine(each.applied)}`);
		console.data(`${["", `${what} is destroyed`, ...lines, ...leftLines(spec, left)].join("\n")}\n`);
	}
	return left.length > 0 ? ExitCode.failed : ExitCode.ok;
}

/** Live objects of the emulated clouds that stacks made which are destroyed: none, unless something went wrong. */
function leftovers(stacks: readonly string[], spec: Spec): SandboxObject[] {
	return spec.target === "cloud"
		? []
		: readInventory()
				.objects()
				.filter(({ urn }) => stacks.includes(stackOfUrn(urn)));
}
/** The engine would delete what it can and fail at the rest; here nothing is touched where anything is protected. */
async function refuseProtected(session: StackSession): Promise<void> {
	const { stack } = session;
	const deployment = await exportDeployment(session);
	const kept = (deployment.resources ?? []).filter((resource) => resource.protect === true);
	if (kept.length > 0) {
		throw new UserError(`Stack ${stack} holds ${kept.length} protected resources; nothing was destroyed`, {
			code: ExitCode.failed,
			problems: kept.map(({ urn }) => ({ path: nameOfUrn(urn), message: `${typeOfUrn(urn)} is protected` })),
			remedy: `if it may really be lost: set protection.relaxed and run meridian up first, or pulumi state unprotect --all -s ${stack}`,
		});
	}
}

/** What is left in the emulated clouds; nothing is said of a real one. */
function leftLines(spec: Spec, left: readonly SandboxObject[]): string[] {
	if (spec.target === "cloud") {
		return [];
	}
	const inventory = readInventory();
	const retained = inventory.retained().length;
	return [
		...left.map(({ type, id }) => `  left over: ${type} ${id}`),
		`Left in the sandbox: ${inventory.objects().length} live objects, ${retained} that the cloud retains (npx meridian sandbox ls --retained)`,
		"",
		`Next: npx meridian up ${spec.environment}`,
	];
}

/** The sandbox asks nothing; a real account wants the environment's name typed, or --yes. */
async function confirm(spec: Spec, yes: boolean, console: Console): Promise<void> {
	if (spec.target === "sandbox" || yes) {
		return;
	}
	if (!process.stdin.isTTY) {
		throw new UserError(
			`Destroying ${spec.environment} in account ${spec.accounts.aws?.id ?? "?"} needs a confirmation`,
			{
				remedy: `run it in a terminal, or add --yes`,
			},
		);
	}
	console.say(`This destroys every stack of ${spec.environment} in AWS account ${spec.accounts.aws?.id ?? "?"}.`);
	const prompt = createInterface({ input: process.stdin, output: process.stderr });
	const answer = await prompt.question("Type the environment's name to go on: ");
	prompt.close();
	if (answer.trim() !== spec.environment) {
		throw new UserError("The name did not match; nothing was destroyed", { code: ExitCode.cancelled });
	}
}

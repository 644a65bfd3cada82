import { createInterface } from "node:readline/promises";
import { ExitCode, UserError } from "../../lib/errors";
import { nameOfUrn, typeOfUrn } from "../../lib/names";
import { readInventory } from "../../sandbox/client";
import { loadEnvironment } from "../../spec/load";
import type { Spec } from "../../spec/schema";
import { stackNames } from "../assessment";
import { withCommandLock } from "../command-lock";
import type { Console } from "../console";
import { changeLine } from "../report/changes";
import { type Deployment, exportDeployment } from "../stack/deployment";
import type { ChangeCounts } from "../stack/protocol";
import { destroyStack, withStack } from "./deploy";
import { announceFaults } from "./sandbox-faults";

export interface DestroyOptions {
	readonly environment: string;
	readonly json: boolean;
	readonly yes: boolean;
	readonly lockTimeout: number;
}

/** Destroys every stack of the environment, dependents first; what the cloud itself retains is named. */
export async function destroy(options: DestroyOptions, console: Console): Promise<ExitCode> {
	const environment = loadEnvironment(options.environment);
	announceFaults(environment.spec, console);
	await confirm(environment.spec, options.yes, console);
	return withCommandLock(
		{ console, command: `meridian destroy ${options.environment}`, waitSeconds: options.lockTimeout },
		async () => {
			const done: { stack: string; applied: ChangeCounts }[] = [];
			for (const stack of stackNames(environment.spec).reverse()) {
				const applied = await withStack(
					stack,
					{ environment, console, waitSeconds: options.lockTimeout },
					async (session) => {
						refuseProtected(stack, await exportDeployment(session));
						return destroyStack(session, console);
					},
				);
				done.push({ stack, applied });
			}
			if (options.json) {
				console.data(
					`${JSON.stringify({ schemaVersion: 1, environment: options.environment, stacks: done }, null, 2)}\n`,
				);
				return ExitCode.ok;
			}
			const lines = done.map((each) => `  ${each.stack}: ${changeLine(each.applied)}`);
			console.data(
				`${["", `${options.environment} is destroyed`, ...lines, ...leftLines(environment.spec)].join("\n")}\n`,
			);
			return ExitCode.ok;
		},
	);
}

/** The engine would delete what it can and fail at the rest; here nothing is touched where anything is protected. */
function refuseProtected(stack: string, deployment: Deployment): void {
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
function leftLines(spec: Spec): string[] {
	if (spec.target === "cloud") {
		return [];
	}
	const inventory = readInventory();
	const retained = inventory.retained().length;
	return [
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

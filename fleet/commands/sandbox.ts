import { ExitCode, UserError } from "../../lib/errors";
import { groupBy } from "../../lib/graph";
import { readInventory, resetSandbox, runningSandbox, stopSandbox } from "../../sandbox/client";
import { loadEnvironment } from "../../spec/load";
import { ensureCli } from "../../toolchain/cli";
import { stackNames } from "../assessment";
import { withCommandLock } from "../command-lock";
import type { Console } from "../console";
import { engineEnvironment } from "../stack/environment";
import { clearStates } from "../stack/states";
import { withStack } from "./deploy";

/** Lists what exists in the emulated clouds. */
export async function list(
	options: { readonly json: boolean; readonly retained: boolean },
	console: Console,
): Promise<ExitCode> {
	const inventory = readInventory();
	const objects = options.retained ? inventory.retained().map(({ object }) => object) : inventory.objects();
	if (options.json) {
		const entries = options.retained ? inventory.retained() : objects;
		console.data(`${JSON.stringify({ schemaVersion: 1, objects: entries }, null, 2)}\n`);
		return ExitCode.ok;
	}
	const state = await runningSandbox();
	const groups = [...groupBy(objects, (object) => `${placeOf(object.account)} ${object.region}`)];
	const lines = groups.flatMap(([place, members]) => [
		place,
		...members.map((object) => `  ${object.type.padEnd(60)} ${object.id}`).sort(),
	]);
	const what = options.retained ? "that the cloud retains" : "live";
	const running =
		state === undefined ? "not running; it starts when a command needs it" : `running, process ${state.pid}`;
	console.data(`${[...lines, `${objects.length} objects ${what}; the sandbox is ${running}`].join("\n")}\n`);
	return ExitCode.ok;
}

/** Empties the emulated clouds; the stacks' states still name what was there. */
export async function reset(options: { readonly lockTimeout: number }, console: Console): Promise<ExitCode> {
	return withCommandLock({ console, command: "meridian sandbox reset", waitSeconds: options.lockTimeout }, async () => {
		await resetSandbox();
		clearStates();
		console.say("The emulated clouds are empty, and the stacks that lived in them are forgotten.");
		return ExitCode.ok;
	});
}

/** Ends the sandbox's process; what exists stays on disk. */
export async function stop(console: Console): Promise<ExitCode> {
	console.say(
		(await stopSandbox()) ? "The sandbox is stopped; what exists in it is kept." : "The sandbox was not running.",
	);
	return ExitCode.ok;
}

/**
 * Prints shell lines that let plain pulumi work with the sandbox on the stacks of an environment, which are made here
 * where they do not exist yet.
 */
export async function environment(
	name: string,
	options: { readonly lockTimeout: number },
	console: Console,
): Promise<ExitCode> {
	const file = loadEnvironment(name);
	if (file.spec.target !== "sandbox") {
		throw new UserError(
			`Environment ${name} has target ${file.spec.target}; plain pulumi needs nothing of ours for it`,
		);
	}
	const waitSeconds = options.lockTimeout;
	await withCommandLock({ console, command: `meridian sandbox env ${name}`, waitSeconds }, async () => {
		for (const stack of stackNames(file.spec)) {
			await withStack(stack, { environment: file, console, waitSeconds }, async () => undefined);
		}
	});
	const cli = await ensureCli(console.say);
	const variables = await engineEnvironment(file.spec, cli);
	const changed = Object.entries(variables).filter(([key, value]) => process.env[key] !== value);
	console.data(`${changed.map(([key, value]) => `export ${key}=${quoted(value)}`).join("\n")}\n`);
	return ExitCode.ok;
}

function quoted(value: string): string {
	return `'${value.replaceAll("'", `'\\''`)}'`;
}

/** An account's number, or the cluster that Kubernetes objects live in. */
function placeOf(account: string): string {
	const [type, , region, id] = account.split("|");
	return id === undefined ? `account ${type}` : `cluster ${id} (${region})`;
}

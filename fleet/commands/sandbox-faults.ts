import { ExitCode, UserError } from "../../lib/errors";
import { readInventory, runningSandbox } from "../../sandbox/client";
import { listClusters } from "../../sandbox/cluster-access";
import { clearFaults, readFaults, writeFaults } from "../../sandbox/faults/fault-file";
import { defaultSeed, describeFaults } from "../../sandbox/faults/setting";
import { sandboxFolder } from "../../sandbox/files";
import type { Spec } from "../../spec/schema";
import type { Console } from "../console";

/** What `meridian sandbox faults` was given; what is absent was not typed. */
export interface FaultOptions {
	readonly throttle: number | undefined;
	readonly reset: number | undefined;
	readonly seed: number | undefined;
	readonly off: boolean;
	readonly json: boolean;
}

/** Sets the faults of the emulated clouds, ends them, or shows what is set; a sandbox that runs heeds it at once. */
export async function faults(options: FaultOptions, console: Console): Promise<ExitCode> {
	const folder = sandboxFolder();
	const { throttle, reset, seed, off } = options;
	const given = throttle !== undefined || reset !== undefined || seed !== undefined;
	if (given && off) {
		throw new UserError("--off ends all faults and goes with no other option", {
			remedy: "give either --off, or --throttle, --reset and --seed",
		});
	}
	if (off) {
		console.say(clearFaults(folder) ? "Faults are off, from the next call on." : "No faults were set.");
	} else if (given) {
		writeFaults(folder, { throttle: throttle ?? 0, reset: reset ?? 0, seed: seed ?? defaultSeed });
	}
	const setting = readFaults(folder);
	if (options.json) {
		console.data(`${JSON.stringify({ schemaVersion: 1, faults: setting ?? null }, null, 2)}\n`);
	} else if (setting !== undefined) {
		console.data(`Faults are on from the next call on: ${describeFaults(setting)}.\n${ending}\n`);
	} else if (!off) {
		console.data("No faults are set. An example: npx meridian sandbox faults --throttle 0.3 --reset 0.1 --seed 7\n");
	}
	return ExitCode.ok;
}

const ending = "To end them: npx meridian sandbox faults --off";

/** Says whether the sandbox runs, what exists in it, and which faults are set. */
export async function status(options: { readonly json: boolean }, console: Console): Promise<ExitCode> {
	const state = await runningSandbox();
	const inventory = readInventory();
	const setting = readFaults(sandboxFolder());
	const live = inventory.objects().length;
	const retained = inventory.retained().length;
	const clusters = state === undefined ? [] : await listClusters(state);
	if (options.json) {
		const report = { schemaVersion: 1, running: state ?? null, live, retained, clusters, faults: setting ?? null };
		console.data(`${JSON.stringify(report, null, 2)}\n`);
		return ExitCode.ok;
	}
	const ports = Object.entries(state?.ports ?? {}).map(([pack, port]) => `${pack} ${port}`);
	const lines = [
		state === undefined
			? "The sandbox is not running; it starts when a command needs it."
			: `The sandbox runs since ${state.started}, process ${state.pid}, ports on 127.0.0.1: ${ports.join(", ")}.`,
		`${live} live objects, ${retained} that the clouds retain.`,
		...clusters.map(({ folder, name, runs }) => `Cluster ${name} ${stateOf(folder, runs)}.`),
		setting === undefined ? "No faults are set." : `Faults are on: ${describeFaults(setting)}.\n${ending}`,
	];
	console.data(`${lines.join("\n")}\n`);
	return ExitCode.ok;
}

function stateOf(folder: string | undefined, runs: boolean): string {
	if (folder === undefined) {
		return "is emulated";
	}
	return runs ? "has a control plane, which runs" : "has a control plane, which starts when it is needed";
}

/** One line at the start of a command where faults are set, so that nobody forgets them; nothing with target cloud. */
export function announceFaults(spec: Spec, console: Console): void {
	const setting = spec.target === "sandbox" ? readFaults(sandboxFolder()) : undefined;
	if (setting !== undefined) {
		console.say(`Faults are on: ${describeFaults(setting)}; npx meridian sandbox faults --off ends them.`);
	}
}

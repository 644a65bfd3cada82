import { rmSync } from "node:fs";
import { UserError } from "../../lib/errors";
import { writeAtomic } from "../../lib/files";
import { clusterPrograms } from "../cluster-programs";
import { clusterSettings } from "../cluster-settings";
import { Clusters } from "../clusters/clusters";
import { refuseRealCredentials } from "../credentials";
import { watchedFaults } from "../faults/fault-file";
import { sandboxFolder, stateFile } from "../files";
import { Inventory } from "../inventory/inventory";
import { sandboxPackages } from "../packages";
import { watchedGrants } from "../quotas/grants-file";
import { type Listener, listen } from "./listener";
import { Sessions } from "./sessions";

/** A sandbox that nobody is connected to ends after this many milliseconds (ten minutes). */
const idleMs = 10 * 60_000;
const lookMs = 15_000;

/** Starts every package's server, tells the ports in server.json, and stays until it is stopped or idle. */
async function main(): Promise<void> {
	refuseRealCredentials();
	const folder = sandboxFolder();
	const inventory = Inventory.open(folder);
	const programs = await clusterPrograms();
	const clusters = programs && new Clusters(clusterSettings(folder, inventory, programs));
	const settings = { faults: watchedFaults(folder), grants: watchedGrants(folder), clusters };
	const sessions = new Sessions(inventory, sandboxPackages, settings);
	const listeners: Listener[] = [];
	const ports: { [pack: string]: number } = {};
	const first = firstPort(process.env.MERIDIAN_SANDBOX_PORT || "0");
	for (const pack of sandboxPackages.values()) {
		const listener = await listen(pack, sessions, first === 0 ? 0 : first + listeners.length);
		ports[pack.name] = listener.port;
		listeners.push(listener);
	}
	const state = { pid: process.pid, ports, started: new Date().toISOString(), fingerprint: process.argv[2] ?? "" };
	writeAtomic(stateFile(folder), `${JSON.stringify(state, null, 2)}\n`);
	const stop = async (): Promise<void> => {
		rmSync(stateFile(folder), { force: true });
		listeners.forEach((listener) => {
			listener.close();
		});
		await clusters?.close();
		inventory.close();
		process.exit(0);
	};
	process.on("SIGTERM", () => void stop());
	process.on("SIGINT", () => {});
	stopWhenIdle(listeners, clusters, stop);
}

/** The port of the first package, the others follow; 0 takes free ones. */
function firstPort(text: string): number {
	const last = 65_536 - sandboxPackages.size;
	const port = Number(text);
	if (!Number.isInteger(port) || port < 0 || port > last) {
		throw new UserError(
			`MERIDIAN_SANDBOX_PORT must be a port from 1 to ${last}, but ${JSON.stringify(text)} was given`,
			{
				remedy: "unset it so that free ports are taken, or set it to the first of a free range",
			},
		);
	}
	return port;
}

function stopWhenIdle(listeners: readonly Listener[], clusters: Clusters | undefined, stop: () => Promise<void>): void {
	let idleSince = Date.now();
	setInterval(() => {
		if (listeners.some((listener) => listener.connections() > 0)) {
			idleSince = Date.now();
		}
		// Who works with kubectl has no connection to the emulated clouds.
		const lastUse = Math.max(idleSince, clusters?.lastUse() ?? 0);
		if (Date.now() - lastUse > idleMs) {
			void stop();
		} else {
			void clusters?.stopIdle();
		}
	}, lookMs);
}

main().catch((error: unknown) => {
	const isUser = error instanceof UserError;
	const text = error instanceof Error ? error.message : String(error);
	const remedy = isUser && error.remedy ? `\n${error.remedy}` : "";
	process.stderr.write(`${text}${remedy}\n`);
	process.exit(isUser ? error.code : 255);
});

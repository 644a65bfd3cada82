import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { homeFolder } from "../lib/folders";

/** What a running sandbox tells about itself. */
export interface SandboxState {
	readonly pid: number;
	/** Loopback port of each package. */
	readonly ports: { readonly [pack: string]: number };
	readonly started: string;
	/** Versions of the emulated packages and of the sandbox's own code, so that an outdated one is replaced. */
	readonly fingerprint: string;
}

/** The sandbox's folder under the checkout's home. */
export function sandboxFolder(environment: NodeJS.ProcessEnv = process.env): string {
	return join(homeFolder(environment), "sandbox");
}

/** File in which a running sandbox tells about itself. */
export function stateFile(folder: string): string {
	return join(folder, "server.json");
}

/** File that holds what the sandbox printed. */
export function logFile(folder: string): string {
	return join(folder, "server.log");
}

/** What the sandbox of a folder last told, whether or not it still runs. */
export function readState(folder: string): SandboxState | undefined {
	if (!existsSync(stateFile(folder))) {
		return undefined;
	}
	try {
		const state: SandboxState = JSON.parse(readFileSync(stateFile(folder), "utf8"));
		return state;
	} catch {
		return undefined;
	}
}

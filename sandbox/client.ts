import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, openSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { lock } from "proper-lockfile";
import { ExitCode, UserError } from "../lib/errors";
import { projectRoot } from "../lib/folders";
import { isAlive } from "../lib/process-alive";
import type { ControlPlanePrograms } from "../toolchain/control-plane/find";
import { clusterPrograms } from "./cluster-programs";
import { refuseRealCredentials } from "./credentials";
import { logFile, readState, type SandboxState, sandboxFolder, stateFile } from "./files";
import { Inventory } from "./inventory/inventory";
import type { SandboxObject } from "./model";

/** How long a sandbox may take to come up or to end, in milliseconds. */
const patienceMs = 30_000;

/** The running sandbox of this checkout's home; started where there is none, replaced where its code is older. */
export async function ensureSandbox(environment: NodeJS.ProcessEnv = process.env): Promise<SandboxState> {
	refuseRealCredentials(environment);
	const folder = sandboxFolder(environment);
	mkdirSync(folder, { recursive: true });
	const release = await lock(folder, {
		stale: 10_000,
		update: 2_000,
		lockfilePath: join(folder, "start.lock"),
		retries: { retries: 120, minTimeout: 250, maxTimeout: 500 },
	});
	try {
		const running = await runningSandbox(environment);
		const wanted = fingerprint(await clusterPrograms(environment));
		if (running?.fingerprint === wanted) {
			return running;
		}
		if (running) {
			await stopSandbox(environment);
		}
		return await start(folder, wanted, environment);
	} finally {
		await release();
	}
}

/** The sandbox that answers now, or nothing. */
export async function runningSandbox(environment: NodeJS.ProcessEnv = process.env): Promise<SandboxState | undefined> {
	const state = readState(sandboxFolder(environment));
	if (state === undefined || !isAlive(state.pid)) {
		return undefined;
	}
	const answers = await Promise.all(Object.values(state.ports).map(answersOn));
	return answers.every(Boolean) ? state : undefined;
}

/** Ends the running sandbox and waits for it; what exists stays on disk. False where none ran. */
export async function stopSandbox(environment: NodeJS.ProcessEnv = process.env): Promise<boolean> {
	const state = await runningSandbox(environment);
	if (state === undefined) {
		return false;
	}
	process.kill(state.pid, "SIGTERM");
	await until(() => !isAlive(state.pid), "the sandbox does not end");
	return true;
}

/** Ends the sandbox and empties its clouds. */
export async function resetSandbox(environment: NodeJS.ProcessEnv = process.env): Promise<void> {
	await stopSandbox(environment);
	rmSync(sandboxFolder(environment), { recursive: true, force: true });
}

/** What exists in the emulated clouds, read from disk. */
export function readInventory(environment: NodeJS.ProcessEnv = process.env): Inventory {
	return Inventory.read(sandboxFolder(environment));
}

/** The variables that attach the engine to a running sandbox. */
export function sandboxEnvironment(state: SandboxState): { [name: string]: string } {
	const attached = Object.entries(state.ports).map(([pack, port]) => `${pack}:${port}`);
	return {
		PULUMI_DEBUG_PROVIDERS: attached.join(","),
		PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
		PULUMI_SKIP_UPDATE_CHECK: "true",
	};
}

async function start(folder: string, wanted: string, environment: NodeJS.ProcessEnv): Promise<SandboxState> {
	// A damaged inventory is reported here, before a process is started that could only die of it.
	Inventory.read(folder);
	rmSync(stateFile(folder), { force: true });
	const log = openSync(logFile(folder), "w", 0o600);
	const child = spawn(process.execPath, ["--require", "tsx/cjs", join(__dirname, "server", "main.ts"), wanted], {
		cwd: projectRoot,
		detached: true,
		stdio: ["ignore", log, log],
		env: { ...environment },
	});
	let exit: number | undefined;
	child.once("exit", (code) => {
		exit = code ?? 1;
	});
	child.unref();
	await until(() => exit !== undefined || readState(folder) !== undefined, "the sandbox does not come up");
	const state = readState(folder);
	if (exit !== undefined || state === undefined) {
		throw startFailure(readFileSync(logFile(folder), "utf8").trim());
	}
	return state;
}

function startFailure(text: string): UserError {
	const [first = "the sandbox ended at once", ...rest] = text.split("\n");
	return new UserError(first, { code: ExitCode.failed, ...(rest.length > 0 ? { remedy: rest.join("\n") } : {}) });
}

async function until(done: () => boolean, otherwise: string): Promise<void> {
	const end = Date.now() + patienceMs;
	while (!done()) {
		if (Date.now() > end) {
			throw new UserError(`${otherwise} within ${patienceMs / 1000} s`, { code: ExitCode.timeout });
		}
		await delay(25);
	}
}

function answersOn(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect(port, "127.0.0.1");
		socket.once("connect", () => {
			socket.destroy();
			resolve(true);
		});
		socket.once("error", () => resolve(false));
	});
}

/** Digest of the sandbox's code, of the facts it answers from, and of what its clusters run with. */
function fingerprint(programs: ControlPlanePrograms | undefined): string {
	const hash = createHash("sha256").update(JSON.stringify(programs ?? "emulated"));
	for (const folder of ["sandbox", "catalogue", "lib"]) {
		for (const file of sources(join(projectRoot, folder))) {
			hash
				.update(file)
				.update(String(statSync(file).size))
				.update(readFileSync(file));
		}
	}
	return hash.digest("hex").slice(0, 16);
}

function sources(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile() && /\.(ts|json|yaml)$/.test(entry.name))
		.map((entry) => join(entry.parentPath, entry.name))
		.sort();
}

/**
 * Takes objects out of the emulated clouds that no state knows. The sandbox is stopped for it, because it alone may
 * write its inventory while it runs; it starts again with the next command.
 */
export async function discardFromSandbox(
	objects: readonly SandboxObject[],
	environment: NodeJS.ProcessEnv = process.env,
): Promise<void> {
	if (objects.length === 0) {
		return;
	}
	const running = await stopSandbox(environment);
	const inventory = Inventory.open(sandboxFolder(environment));
	for (const object of objects) {
		inventory.remove(object);
	}
	inventory.close();
	if (running) {
		await ensureSandbox(environment);
	}
}

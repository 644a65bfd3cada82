import { copyFileSync, existsSync, linkSync, mkdirSync, rmSync, statSync, utimesSync } from "node:fs";
import { dirname, join } from "node:path";
import { lock } from "proper-lockfile";
import { UserError } from "../lib/errors";
import { cacheFolder } from "../lib/folders";
import { onPath, runCommand } from "./command";
import { downloadCli } from "./download-cli";
import { buildPrograms, canBuild, installedGo } from "./go-build";
import { hostDigest, hostName, installHost } from "./language-host/bundle";
import { pulumiProgram } from "./pulumi-program";
import { forget, isIntact, isOlderThanItsReceipt, readReceipt, receiptFile, record } from "./receipt";
import { compareVersions, goVersion, pulumiVersion } from "./versions";

/** A Pulumi CLI that can be used, with a language host for Node programs. */
export interface PulumiCli {
	/** Full path of the executable. */
	readonly command: string;
	readonly version: string;
	readonly source: "PATH" | "cache" | "download" | "build";
	/** Folder that holds the language host. */
	readonly hostFolder: string;
}

/** The CLI that is ready now, without downloading or building anything. */
export async function findCli(environment: NodeJS.ProcessEnv = process.env): Promise<PulumiCli | undefined> {
	return (await cliOnPath(environment)) ?? (await cachedCli(environment));
}

/**
 * The CLI in the order PATH, cache, download, build. `say` gets the lines that a person should see while it is made.
 * Throws a `UserError` where none of them is possible.
 */
export async function ensureCli(
	say: (line: string) => void,
	environment: NodeJS.ProcessEnv = process.env,
): Promise<PulumiCli> {
	const found = await findCli(environment);
	if (found) {
		return found;
	}
	const store = storeFolder(environment);
	mkdirSync(store, { recursive: true });
	const release = await lock(store, { stale: 20_000, retries: { retries: 600, minTimeout: 1_000, maxTimeout: 1_000 } });
	try {
		const source = (await cachedCli(environment)) ? undefined : await obtain(store, say, environment);
		const cli = await cachedCli(environment);
		if (cli === undefined) {
			throw new Error("the CLI was made, but does not verify");
		}
		return { ...cli, source: source ?? "cache" };
	} finally {
		await release();
	}
}

async function obtain(
	store: string,
	say: (line: string) => void,
	environment: NodeJS.ProcessEnv,
): Promise<"download" | "build"> {
	const binary = join(store, "pulumi");
	if (await downloadCli(store, environment)) {
		say(`Pulumi CLI ${pulumiVersion} downloaded and verified.`);
		record(binary, pulumiVersion, "download");
		return "download";
	}
	const go = await installedGo(environment);
	if (!canBuild(go)) {
		const has = go === undefined ? "there is no Go" : `Go ${go} is too old`;
		throw new UserError(
			`There is no Pulumi CLI: none of version ${pulumiVersion} or later is on PATH or in the cache, the official release is out of reach, and ${has} to build it (Go ${goVersion} or later is needed).`,
			{ remedy: `install Go ${goVersion} or later, or Pulumi ${pulumiVersion} or later, and run the command again` },
		);
	}
	say(`Building the Pulumi CLI ${pulumiVersion} with Go ${go}, once for this user (1 to 4 minutes) ...`);
	await buildPrograms(store, pulumiProgram, say, environment);
	record(binary, pulumiVersion, "build");
	say("The Pulumi CLI is built.");
	return "build";
}

async function cliOnPath(environment: NodeJS.ProcessEnv): Promise<PulumiCli | undefined> {
	const command = onPath("pulumi", environment.PATH ?? "");
	const version = command === undefined ? undefined : await versionOf(command);
	if (command === undefined || version === undefined || !isUsable(version)) {
		return undefined;
	}
	const hasHost = onPath(hostName, environment.PATH ?? "") !== undefined;
	const hostFolder = hasHost ? dirname(command) : join(storeFolder(environment), `host-${hostDigest()}`, "bin");
	if (!hasHost) {
		installHost(hostFolder);
	}
	return { command, version, source: "PATH", hostFolder };
}

/** True for a version that the project can use: major 3, at or above the pinned one. */
export function isUsable(version: string): boolean {
	return /^v?3\./.test(version) && compareVersions(version, pulumiVersion) >= 0;
}

/** The copy in the cache, where its checksum is the recorded one and it runs; a damaged copy is given up. */
async function cachedCli(environment: NodeJS.ProcessEnv): Promise<PulumiCli | undefined> {
	const store = storeFolder(environment);
	const binary = join(store, "pulumi");
	const receipt = readReceipt(binary);
	if (receipt === undefined) {
		return undefined;
	}
	const folder = join(store, `host-${hostDigest()}`, "bin");
	const command = join(folder, "pulumi");
	if (isUntouched(binary, command)) {
		return { command, version: receipt.version, source: "cache", hostFolder: folder };
	}
	if (!isIntact(binary) || (await versionOf(binary)) === undefined) {
		forget(binary);
		return undefined;
	}
	const downloadedHost = join(store, hostName);
	mkdirSync(folder, { recursive: true });
	if (existsSync(downloadedHost)) {
		copyFileSync(downloadedHost, join(folder, hostName));
	} else {
		installHost(folder);
	}
	place(binary, command);
	const now = new Date();
	utimesSync(receiptFile(binary), now, now);
	return { command, version: receipt.version, source: "cache", hostFolder: folder };
}

/** True where the placed executable is the one that was verified; a checksum at each command would take 0.4 s. */
function isUntouched(binary: string, command: string): boolean {
	if (!existsSync(command)) {
		return false;
	}
	return statSync(command).ino === statSync(binary).ino && isOlderThanItsReceipt(binary);
}

/** The engine looks for language hosts beside its own executable, so the binary is linked to where the host is. */
function place(binary: string, command: string): void {
	rmSync(command, { force: true });
	try {
		linkSync(binary, command);
	} catch {
		copyFileSync(binary, command);
	}
}

async function versionOf(command: string): Promise<string | undefined> {
	try {
		const { code, stdout } = await runCommand(command, ["version"], {
			env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
			timeoutMs: 30_000,
		});
		return code === 0 ? stdout.trim().replace(/^v/, "") : undefined;
	} catch {
		return undefined;
	}
}

function storeFolder(environment: NodeJS.ProcessEnv): string {
	return join(cacheFolder(environment), "pulumi", pulumiVersion);
}

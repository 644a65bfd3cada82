import { createHash } from "node:crypto";
import { chmodSync, copyFileSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ExitCode, UserError } from "../lib/errors";
import { onPath, runCommand } from "./command";
import { pulumiVersion } from "./versions";

/** Where Pulumi publishes its releases; `$MERIDIAN_PULUMI_RELEASES` names a mirror. */
const releases = "https://github.com/pulumi/pulumi/releases/download";

/** How long the release page may take to answer before the next way is tried, in milliseconds. */
const reachMs = 3_000;

const platforms: { readonly [platform: string]: string } = { linux: "linux", darwin: "darwin" };
const machines: { readonly [arch: string]: string } = { x64: "x64", arm64: "arm64" };

/**
 * Downloads the official release into `folder` (which then holds `pulumi` and its language hosts) and checks it
 * against the publisher's checksums. False where the release page is out of reach or has nothing for this platform.
 */
export async function downloadCli(folder: string, environment: NodeJS.ProcessEnv = process.env): Promise<boolean> {
	const platform = platforms[process.platform];
	const machine = machines[process.arch];
	if (platform === undefined || machine === undefined) {
		return false;
	}
	const base = `${environment.MERIDIAN_PULUMI_RELEASES || releases}/v${pulumiVersion}`;
	const archive = `pulumi-v${pulumiVersion}-${platform}-${machine}.tar.gz`;
	const sums = await fetchBytes(`${base}/pulumi-${pulumiVersion}-checksums.txt`, reachMs);
	if (sums === undefined) {
		return false;
	}
	const bytes = await fetchBytes(`${base}/${archive}`, 600_000);
	if (bytes === undefined) {
		return false;
	}
	verify(archive, bytes, sums.toString("utf8"));
	return unpack(bytes, folder);
}

async function fetchBytes(address: string, timeoutMs: number): Promise<Buffer | undefined> {
	try {
		const response = await fetch(address, { signal: AbortSignal.timeout(timeoutMs) });
		return response.ok ? Buffer.from(await response.arrayBuffer()) : undefined;
	} catch {
		return undefined;
	}
}

function verify(archive: string, bytes: Buffer, sums: string): void {
	const actual = createHash("sha256").update(bytes).digest("hex");
	const line = sums.split("\n").find((entry) => entry.trim().endsWith(archive));
	if (line?.trim().split(/\s+/)[0] !== actual) {
		throw new UserError(`${archive}: its checksum ${actual} is not the one that the publisher gives; it is not used`, {
			code: ExitCode.failed,
			remedy: "try again later, or install Pulumi and put it on PATH",
		});
	}
}

/** False where this machine cannot unpack it. */
async function unpack(bytes: Buffer, folder: string): Promise<boolean> {
	const scratch = mkdtempSync(`${folder}-`);
	try {
		const archive = join(scratch, "release.tar.gz");
		writeFileSync(archive, bytes);
		const tar = onPath("tar");
		if (tar === undefined || (await runCommand(tar, ["-xzf", archive, "-C", scratch])).code !== 0) {
			return false;
		}
		for (const file of readdirSync(join(scratch, "pulumi"))) {
			const target = join(folder, file);
			copyFileSync(join(scratch, "pulumi", file), `${target}.tmp`);
			chmodSync(`${target}.tmp`, 0o755);
			renameSync(`${target}.tmp`, target);
		}
		return true;
	} finally {
		rmSync(scratch, { recursive: true, force: true });
	}
}

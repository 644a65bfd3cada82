import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";

/** File name under which the engine looks for the language host of Node programs. */
export const hostName = "pulumi-language-nodejs";

/** Digest of the host's own sources: a copy in the cache is used only by checkouts with the same host. */
export function hostDigest(): string {
	const hash = createHash("sha256");
	for (const file of readdirSync(__dirname)
		.filter((name) => name.endsWith(".ts"))
		.sort()) {
		hash.update(file).update(readFileSync(join(__dirname, file)));
	}
	return hash.digest("hex").slice(0, 12);
}

/** Writes the host as one executable file into a folder, unless it is there; needs nothing else at run time but node. */
export function installHost(folder: string): string {
	const target = join(folder, hostName);
	if (existsSync(target)) {
		return target;
	}
	mkdirSync(folder, { recursive: true });
	const temporary = `${target}.${process.pid}.tmp`;
	buildSync({
		entryPoints: [join(__dirname, "main.ts")],
		outfile: temporary,
		bundle: true,
		platform: "node",
		target: "node20",
		format: "cjs",
		banner: { js: "#!/usr/bin/env node" },
		logLevel: "error",
	});
	chmodSync(temporary, 0o755);
	renameSync(temporary, target);
	return target;
}

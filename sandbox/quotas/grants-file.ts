import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { ExitCode, UserError } from "../../lib/errors";
import { writeAtomic } from "../../lib/files";
import { watchedFile } from "../watched-file";
import type { Grants } from "./grants";

/** The file in a sandbox's folder that says what accounts were granted of each quota; no file limits nothing. */
export function grantsFile(folder: string): string {
	return join(folder, "quotas.json");
}

/** The grants in a sandbox's folder; none where there is no file. A file that does not parse is a `UserError`. */
export function readGrants(folder: string): Grants {
	const file = grantsFile(folder);
	if (!existsSync(file)) {
		return {};
	}
	try {
		const grants: Grants = JSON.parse(readFileSync(file, "utf8"));
		return validated(grants);
	} catch (error) {
		throw new UserError(`The granted quotas do not read, ${file}: ${error instanceof Error ? error.message : error}`, {
			code: ExitCode.failed,
			remedy: "remove the file: the next command writes it anew from the specification",
		});
	}
}

/** Sets what accounts were granted; a sandbox that runs heeds it from its next call on. Other accounts' grants stay. */
export function mergeGrants(folder: string, grants: Grants): void {
	const before = readGrants(folder);
	const after = { ...before, ...validated(grants) };
	if (!isDeepStrictEqual(before, after)) {
		writeAtomic(grantsFile(folder), `${JSON.stringify(after, null, 2)}\n`);
	}
}

/** The grants as a running sandbox sees them: looked up at each call, read again where the file has changed. */
export function watchedGrants(folder: string): () => Grants {
	return watchedFile(grantsFile(folder), () => readGrants(folder));
}

/** Every amount must be a number of 0 or more; throws otherwise. */
function validated(grants: Grants): Grants {
	for (const [account, regions] of Object.entries(grants)) {
		for (const [region, families] of Object.entries(regions)) {
			for (const [family, amount] of Object.entries(families)) {
				if (!Number.isFinite(amount) || amount < 0) {
					throw new Error(`${account}.${region}.${family} must be a number of 0 or more, but ${amount} was given`);
				}
			}
		}
	}
	return grants;
}

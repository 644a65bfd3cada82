import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ExitCode, UserError } from "../../lib/errors";
import { writeAtomic } from "../../lib/files";
import { watchedFile } from "../watched-file";
import { type FaultSetting, validateFaults } from "./setting";

/** The file in a sandbox's folder that says which faults its clouds have; no file means none. */
export function faultFile(folder: string): string {
	return join(folder, "faults.json");
}

/** The faults that are set in a sandbox's folder, or nothing. A file that does not parse is a `UserError`. */
export function readFaults(folder: string): FaultSetting | undefined {
	const file = faultFile(folder);
	if (!existsSync(file)) {
		return undefined;
	}
	try {
		const { throttle, reset, seed }: FaultSetting = JSON.parse(readFileSync(file, "utf8"));
		return validateFaults({ throttle, reset, seed });
	} catch (error) {
		throw new UserError(
			`The setting of faults does not read, ${file}: ${error instanceof Error ? error.message : error}`,
			{
				code: ExitCode.failed,
				remedy: "set it anew, or end all faults: npx meridian sandbox faults --off",
			},
		);
	}
}

/** Sets the faults of a sandbox; one that runs heeds them from its next call on. */
export function writeFaults(folder: string, setting: FaultSetting): void {
	writeAtomic(faultFile(folder), `${JSON.stringify(validateFaults(setting), null, 2)}\n`);
}

/** Ends the faults of a sandbox. False where none were set. */
export function clearFaults(folder: string): boolean {
	const wereSet = existsSync(faultFile(folder));
	rmSync(faultFile(folder), { force: true });
	return wereSet;
}

/** The setting as a running sandbox sees it: looked up at each call, read again where the file has changed. */
export function watchedFaults(folder: string): () => FaultSetting | undefined {
	return watchedFile(faultFile(folder), () => readFaults(folder));
}

import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Writes a file so that a crash leaves either the old or the new content: a temporary file beside it, synced, renamed.
 * Mode 0600 unless said, because state and plans may hold what others should not read.
 */
export function writeAtomic(file: string, content: string, mode = 0o600): void {
	mkdirSync(dirname(file), { recursive: true });
	const temporary = `${file}.${process.pid}.tmp`;
	const handle = openSync(temporary, "w", mode);
	try {
		writeSync(handle, content);
		fsyncSync(handle);
	} catch (error) {
		rmSync(temporary, { force: true });
		throw new Error(`${file} cannot be written: ${error instanceof Error ? error.message : error}`, { cause: error });
	} finally {
		closeSync(handle);
	}
	renameSync(temporary, file);
}

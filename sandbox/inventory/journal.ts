import { createHash } from "node:crypto";
import { closeSync, existsSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { ExitCode, UserError } from "../../lib/errors";

/**
 * An append-only file of JSON records, one a line behind its checksum. A crash between two writes loses nothing; a
 * crash inside one leaves a torn last line, which is cut off at the next start. Anything else that does not verify is
 * damage and is reported, never repaired silently.
 */
export class Journal<T> {
	private readonly handle: number;

	private constructor(handle: number) {
		this.handle = handle;
	}

	/** Opens the file (made where there is none) and gives the records it holds. */
	static open<T>(file: string): { journal: Journal<T>; records: T[] } {
		mkdirSync(dirname(file), { recursive: true });
		const { records, length } = read<T>(file);
		const handle = openSync(file, "a", 0o600);
		ftruncateSync(handle, length);
		return { journal: new Journal<T>(handle), records };
	}

	/** Reads the records without opening the file for writing; none where there is no file. */
	static read<T>(file: string): T[] {
		return read<T>(file).records;
	}

	/** Writes a record and waits until it is on disk. */
	append(record: T): void {
		const text = JSON.stringify(record);
		writeSync(this.handle, `${checksum(text)} ${text}\n`);
		fsyncSync(this.handle);
	}

	close(): void {
		closeSync(this.handle);
	}
}

function read<T>(file: string): { records: T[]; length: number } {
	if (!existsSync(file)) {
		return { records: [], length: 0 };
	}
	const bytes = readFileSync(file);
	const length = bytes.lastIndexOf(0x0a) + 1;
	const lines = bytes.subarray(0, length).toString("utf8").split("\n").slice(0, -1);
	return { records: lines.map((line, i) => parse<T>(line, i + 1, file)), length };
}

function parse<T>(line: string, number: number, file: string): T {
	const text = line.slice(17);
	if (checksum(text) !== line.slice(0, 16)) {
		throw new UserError(`The sandbox's inventory is damaged: line ${number} of ${file} does not match its checksum`, {
			code: ExitCode.failed,
			remedy: "restore the file from a backup, or empty the emulated clouds with: npx meridian sandbox reset",
		});
	}
	const record: T = JSON.parse(text);
	return record;
}

function checksum(text: string): string {
	return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { writeAtomic } from "../lib/files";

/** What is recorded beside a program in the user's cache when it is made. */
export interface Receipt {
	readonly version: string;
	readonly sha256: string;
	readonly source: "download" | "build";
}

/** Records a program that was just made. */
export function record(program: string, version: string, source: Receipt["source"]): void {
	const receipt: Receipt = { version, sha256: digestOf(program), source };
	writeAtomic(receiptFile(program), `${JSON.stringify(receipt, null, 2)}\n`, 0o644);
}

/** The record of a program, or nothing where the program or its record is missing. */
export function readReceipt(program: string): Receipt | undefined {
	if (!existsSync(receiptFile(program)) || !existsSync(program)) {
		return undefined;
	}
	const receipt: Receipt = JSON.parse(readFileSync(receiptFile(program), "utf8"));
	return receipt;
}

/** Gives a program up: it is made again when it is next needed. */
export function forget(program: string): void {
	rmSync(receiptFile(program), { force: true });
}

/** True for a program that was not written to since it was recorded; reading a checksum takes 0.4 s for 100 MB. */
export function isOlderThanItsReceipt(program: string): boolean {
	return statSync(program).mtimeMs <= statSync(receiptFile(program)).mtimeMs;
}

/** True for a program whose checksum is the recorded one. */
export function isIntact(program: string): boolean {
	return digestOf(program) === readReceipt(program)?.sha256;
}

/** Where a program's record is. */
export function receiptFile(program: string): string {
	return `${program}.json`;
}

function digestOf(file: string): string {
	return createHash("sha256").update(readFileSync(file)).digest("hex");
}

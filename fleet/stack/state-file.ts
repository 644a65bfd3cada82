import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ExitCode, UserError } from "../../lib/errors";
import type { Console } from "../console";

/**
 * Puts back a stack's state that the engine was killed over while it wrote it: the engine keeps the state before each
 * write beside it, with every creation that was under way. What was half-written is kept aside. Does nothing for a
 * state that is not in a folder of this machine.
 */
export function mendStateFile(project: string, stack: string, backend: string, console: Console): void {
	if (!backend.startsWith("file://")) {
		return;
	}
	const root = join(fileURLToPath(backend), ".pulumi");
	const file = join(root, "stacks", project, `${stack}.json`);
	removeCutFiles(join(root, "locks", "organization", project, stack));
	const before = `${file}.bak`;
	[file, before].forEach(dropCutAttributes);
	if (isWhole(file) || (!existsSync(file) && !existsSync(before))) {
		return;
	}
	if (!isWhole(before)) {
		throw new UserError(`The state of stack ${stack} is damaged, and so is the copy before it: ${file}`, {
			code: ExitCode.failed,
			remedy: "restore the file from a backup; .pulumi/backups beside it holds the states before each update",
		});
	}
	const aside = setAside(file);
	copyFileSync(before, file);
	console.say(`The state of ${stack} was cut off while it was written; the one before it is in use again${aside}.`);
}

function setAside(file: string): string {
	if (!existsSync(file)) {
		return "";
	}
	const aside = `${file}.damaged-${Date.now()}`;
	renameSync(file, aside);
	return ` (the other is kept as ${aside})`;
}

/** The backend keeps a file's attributes beside it; cut-off ones make the file itself unreadable, none are no loss. */
function dropCutAttributes(file: string): void {
	const attributes = `${file}.attrs`;
	if (existsSync(attributes) && parsed(attributes) === undefined) {
		rmSync(attributes);
	}
}

/** A lock that was cut off while it was written names nobody, and would block every command for ever. */
function removeCutFiles(folder: string): void {
	const files = existsSync(folder) ? readdirSync(folder) : [];
	for (const file of files.map((name) => join(folder, name))) {
		if (parsed(file) === undefined) {
			rmSync(file);
		}
	}
}

/** True where a file holds one whole checkpoint. */
function isWhole(file: string): boolean {
	const checkpoint = existsSync(file) ? parsed(file) : undefined;
	return checkpoint !== undefined && "checkpoint" in checkpoint;
}

function parsed(file: string): object | undefined {
	try {
		const value: unknown = JSON.parse(readFileSync(file, "utf8"));
		return typeof value === "object" && value !== null ? value : undefined;
	} catch {
		return undefined;
	}
}

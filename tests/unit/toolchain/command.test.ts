import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { onPath, runCommand } from "../../../toolchain/command";

describe("commands", () => {
	let folder: string;

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "meridian-test-"));
	});

	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	function script(name: string, text: string, mode = 0o755): string {
		const file = join(folder, name);
		writeFileSync(file, `#!/bin/sh\n${text}\n`);
		chmodSync(file, mode);
		return file;
	}

	describe("onPath", () => {
		it("finds an executable in the first folder that has it", () => {
			const file = script("tool", "exit 0");
			assert.equal(onPath("tool", ["/nowhere", folder, "/elsewhere"].join(delimiter)), file);
		});

		it("passes over files that may not be executed, and empty entries", () => {
			script("tool", "exit 0", 0o644);
			assert.equal(onPath("tool", `${folder}${delimiter}`), undefined);
			assert.equal(onPath("tool", ""), undefined);
		});
	});

	describe("runCommand", () => {
		it("gives the exit code and what was printed", async () => {
			const result = await runCommand(script("tool", 'echo "out $1"; echo err >&2; exit 7'), ["$HOME"]);
			assert.deepEqual(result, { code: 7, stdout: "out $HOME\n", stderr: "err\n" });
		});

		it("tells each whole line of the error output as it comes", async () => {
			const lines: string[] = [];
			const file = script("tool", 'printf "one\\ntw" >&2; sleep 0.1; printf "o\\nrest" >&2');
			await runCommand(file, [], { onLine: (line) => lines.push(line) });
			assert.deepEqual(lines, ["one", "two"]);
		});

		it("ends a command that takes too long", async () => {
			const result = await runCommand(script("tool", "exec sleep 30"), [], { timeoutMs: 100 });
			assert.equal(result.code, 137);
		});

		it("rejects where the command cannot be started", async () => {
			await assert.rejects(runCommand(join(folder, "nothing"), []), /ENOENT/);
		});

		it("finds the command on the PATH that it is given", async () => {
			script("tool", "echo mine");
			const result = await runCommand("tool", [], { env: { PATH: folder } });
			assert.equal(result.stdout, "mine\n");
		});
	});
});

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAlive } from "../../../../lib/process-alive";
import { layoutOf } from "../../../../sandbox/control-plane/layout";
import { endLeftovers, recordProcesses } from "../../../../sandbox/control-plane/leftovers";

describe("leftovers of a control plane", () => {
	const layout = layoutOf(mkdtempSync(join(tmpdir(), "meridian-test-")));
	const children: ChildProcess[] = [];

	after(() => {
		for (const child of children) {
			child.kill("SIGKILL");
		}
		rmSync(layout.folder, { recursive: true, force: true });
	});

	/** Id of a process with a word in its command line. */
	function withWord(word: string): number {
		const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)", word], { stdio: "ignore" });
		children.push(child);
		return child.pid ?? 0;
	}

	it("are ended where they work in its folder, others with a number from its record are spared", async () => {
		const ours = [withWord(layout.data), withWord(layout.stages)];
		const foreign = withWord("/somewhere/else");
		const unrecorded = withWord(layout.data);
		recordProcesses(layout, [...ours, foreign]);
		await endLeftovers(layout);
		assert.deepEqual([...ours, foreign, unrecorded].map(isAlive), [false, false, true, true]);
	});

	it("may have ended long ago", async () => {
		const child = spawn("/bin/sleep", ["0", "0"], { stdio: "ignore" });
		await once(child, "exit");
		recordProcesses(layout, [child.pid ?? 0]);
		await endLeftovers(layout);
		assert.deepEqual(JSON.parse(readFileSync(layout.processes, "utf8")), [child.pid]);
	});

	it("are none where nothing is recorded, which takes no room on a disk", async () => {
		recordProcesses(layout, []);
		assert.equal(existsSync(layout.processes), false);
		await endLeftovers(layout);
	});
});

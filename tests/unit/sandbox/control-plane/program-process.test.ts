import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { isAlive } from "../../../../lib/process-alive";
import { ProgramProcess } from "../../../../sandbox/control-plane/program-process";
import { writeScript } from "../../../support/fake-programs";
import { eventually } from "../../../support/processes";

describe("ProgramProcess", () => {
	const folder = mkdtempSync(join(tmpdir(), "meridian-test-"));
	const logFile = join(folder, "logs/etcd.log");
	const running: ProgramProcess[] = [];
	let ended: ProgramProcess[];

	beforeEach(() => {
		ended = [];
	});

	after(async () => {
		await Promise.all(running.map((each) => each.stop()));
		rmSync(folder, { recursive: true, force: true });
	});

	function run(command: string, args: readonly string[] = []): ProgramProcess {
		const process = new ProgramProcess({
			name: "etcd",
			command,
			args,
			logFile,
			onEnd: (each) => ended.push(each),
		});
		running.push(process);
		return process;
	}

	/** What it complains of after printing some lines. */
	async function complaintAfter(...lines: readonly string[]): Promise<string> {
		writeFileSync(join(folder, "lines"), `${lines.join("\n")}\n`);
		const process = run("/bin/cat", [join(folder, "lines")]);
		await eventually(() => !process.isRunning, "the program ends");
		return process.complaint();
	}

	it("tells once when the program ends by itself, and not when it is stopped or killed", async () => {
		const stopped = run("/bin/sleep", ["60"]);
		const killed = run("/bin/sleep", ["60"]);
		assert.ok(stopped.isRunning && isAlive(stopped.pid));
		await stopped.stop();
		await stopped.stop();
		killed.kill();
		await eventually(() => !killed.isRunning, "the program ends");
		assert.deepEqual([stopped.isRunning, isAlive(stopped.pid), ended], [false, false, []]);
		const short = run("/bin/sleep", ["0"]);
		await eventually(() => ended.length > 0, "the program ends");
		assert.deepEqual(ended, [short]);
	});

	it("refuses what cannot be started, and hurts nobody", async () => {
		assert.throws(() => run(join(folder, "nothing")), /nothing cannot be started/);
		// The system tells a second time, in an event.
		await delay(50);
		assert.deepEqual(ended, []);
	});

	it("keeps the sandbox's environment from its programs, which log what they are given", async () => {
		process.env.MERIDIAN_TEST_TOKEN = "hunter2";
		try {
			const program = run(writeScript(folder, "environment", 'echo "token: $MERIDIAN_TEST_TOKEN"'));
			await eventually(() => !program.isRunning, "the program ends");
		} finally {
			delete process.env.MERIDIAN_TEST_TOKEN;
		}
		assert.equal(readFileSync(logFile, "utf8"), "token: \n");
	});

	it("complains in etcd's words, with the cause and without a stack trace", async () => {
		const line = (level: string, msg: string, error: string): string =>
			JSON.stringify({ level, msg, error, stacktrace: "main.main\n\tmain.go:31" });
		const complaint = await complaintAfter(
			line("warn", "this is not it", "x"),
			line("panic", "failed to create WAL", "no space left on device"),
			"panic: failed to create WAL",
			"goroutine 1 [running]:",
		);
		assert.equal(complaint, "failed to create WAL: no space left on device\npanic: failed to create WAL");
	});

	it("complains in the words of Kubernetes, whatever is printed afterwards", async () => {
		const failed = 'E1121 21:49:50.8 22 run.go:72] "command failed" err="bind: address already in use"';
		assert.equal(await complaintAfter("I1121 starting", failed, "Usage:", "  --help"), failed);
	});

	it("complains with the last two lines where none tells of an error", async () => {
		assert.equal(await complaintAfter("a", "b", "c"), "b\nc");
	});
});

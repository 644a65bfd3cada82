import { strict as assert } from "node:assert";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { openConsole } from "../../../fleet/console";
import { Interrupt } from "../../../fleet/interrupt";
import { waitForEngine } from "../../../fleet/stack/engine-lock";
import { ExitCode, UserError } from "../../../lib/errors";

describe("waitForEngine", () => {
	let root: string;
	let locks: string;
	let child: ChildProcess | undefined;
	let said: string[];
	const console = { ...openConsole(), say: (line = "") => void said.push(line) };

	beforeEach(() => {
		said = [];
		root = mkdtempSync(join(tmpdir(), "meridian-lock-"));
		locks = join(root, ".pulumi", "locks", "organization", "meridian", "dev");
		mkdirSync(locks, { recursive: true });
	});
	afterEach(() => {
		child?.kill("SIGKILL");
		child = undefined;
		rmSync(root, { recursive: true, force: true });
	});

	function lockBy(pid: number | undefined, host = hostname()): void {
		writeFileSync(join(locks, "one.json"), JSON.stringify({ pid, username: "u", hostname: host, timestamp: "t" }));
		// The backend keeps a file's attributes beside it.
		writeFileSync(join(locks, "one.json.attrs"), JSON.stringify({ md5: "x" }));
	}

	/** A process that looks like an engine; ends after some milliseconds. */
	function engine(ms: number): number | undefined {
		child = spawn(process.execPath, ["-e", `setTimeout(() => {}, ${ms})`, "pulumi"], { stdio: "ignore" });
		return child.pid;
	}

	async function wait(waitSeconds: number, backend = pathToFileURL(root).href): Promise<void> {
		const interrupt = new Interrupt(console);
		try {
			await waitForEngine("meridian", { stack: "dev", backend }, { console, interrupt, waitSeconds });
		} finally {
			interrupt.close();
		}
	}

	const locked = (error: unknown) => error instanceof UserError && error.code === ExitCode.locked;

	it("goes on at once where nobody holds the stack, or the state is elsewhere", async () => {
		await wait(0);
		lockBy(process.pid);
		await wait(0, "s3://bucket");
		assert.deepEqual(said, []);
	});

	it("goes on where the holder is dead, or its number is another program's", async () => {
		const pid = engine(0);
		await once(child ?? process, "exit");
		lockBy(pid);
		await wait(0);
		child = spawn("sleep", ["60"], { stdio: "ignore" });
		lockBy(child.pid);
		await wait(0);
		assert.deepEqual(said, []);
	});

	it("waits for an engine that still works, and says so once", async () => {
		lockBy(engine(1_000));
		await wait(30);
		assert.equal(said.length, 1);
		assert.match(said[0] ?? "", /^Waiting for an update of dev that still runs \(process \d+\) \.\.\.$/);
	});

	it("gives up after the time that it may wait, with exit 10", async () => {
		lockBy(engine(60_000));
		await assert.rejects(wait(0.5), locked);
	});

	it("takes another machine's lock for held, and says how to take it away", async () => {
		lockBy(1, "elsewhere");
		await assert.rejects(
			wait(0),
			(error) => locked(error) && /pulumi cancel --stack dev/.test(String(Reflect.get(Object(error), "remedy"))),
		);
	});

	it("lets itself be interrupted", async () => {
		lockBy(engine(60_000));
		const run = wait(30);
		setTimeout(() => process.emit("SIGINT"), 300);
		await assert.rejects(run, (error) => error instanceof UserError && error.code === ExitCode.cancelled);
	});
});

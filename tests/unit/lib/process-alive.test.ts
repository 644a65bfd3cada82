import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { isAlive } from "../../../lib/process-alive";
import { eventually } from "../../support/processes";

/** Listens on a port, which it prints, and has threads and memory that take a while to go. */
const listener = `
	const { Worker } = require("node:worker_threads");
	globalThis.held = Array.from({ length: 20 }, () => Buffer.alloc(5e6, 1));
	const server = require("node:net").createServer().listen(0, "127.0.0.1", () => {
		const workers = [1, 2, 3, 4].map(() => new Worker("setInterval(() => {}, 1000)", { eval: true }));
		Promise.all(workers.map((worker) => new Promise((online) => worker.once("online", online)))).then(() =>
			process.stdout.write(String(server.address().port)),
		);
	});
`;

describe("isAlive", () => {
	it("holds for a process that runs, and no more once it was waited for", async () => {
		const child = spawn("sleep", ["60"], { stdio: "ignore" });
		const { pid = 0 } = child;
		try {
			assert.equal(isAlive(pid), true);
		} finally {
			child.kill("SIGKILL");
			await once(child, "exit");
		}
		assert.equal(isAlive(pid), false);
	});

	it("does not hold for a process that has ended and that nobody waits for", async function () {
		if (process.platform !== "linux") {
			this.skip();
		}
		// The shell becomes a program that never waits for its child.
		const parent = spawn("/bin/sh", ["-c", "sleep 0.1 & echo $!; exec sleep 60"], {
			stdio: ["ignore", "pipe", "ignore"],
		});
		try {
			const [printed] = await once(parent.stdout, "data");
			const pid = Number(printed);
			await eventually(() => !isAlive(pid), "the child ends");
			// It is there all the same: it can be signalled.
			assert.equal(process.kill(pid, 0), true);
			assert.equal(isAlive(parent.pid ?? 0), true);
		} finally {
			parent.kill("SIGKILL");
		}
	});

	it("holds for a killed process until its ports are free", async () => {
		for (let round = 0; round < 3; round++) {
			const child = spawn(process.execPath, ["-e", listener], { stdio: ["ignore", "pipe", "inherit"] });
			const { pid = 0 } = child;
			const [port] = await once(child.stdout, "data");
			process.kill(pid, "SIGKILL");
			while (isAlive(pid)) {
				await delay(1);
			}
			const server = createServer().listen(Number(port), "127.0.0.1");
			await once(server, "listening");
			server.close();
		}
	});
});

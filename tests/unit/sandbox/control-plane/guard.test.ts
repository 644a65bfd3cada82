import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { isAlive } from "../../../../lib/process-alive";
import { eventually } from "../../../support/processes";

const guard = join(__dirname, "..", "..", "..", "..", "sandbox", "control-plane", "guard");

/** A process that watches two others and forgets one of them, and then does nothing. */
const holder = `
	const { spawn } = require("node:child_process");
	const { Guard } = require(${JSON.stringify(guard)});
	const guard = new Guard();
	const [watched, forgotten] = [1, 2].map(() => spawn("sleep", ["60"], { stdio: "ignore" }).pid);
	guard.watch(watched);
	guard.watch(forgotten);
	guard.forget(forgotten);
	process.stdout.write(JSON.stringify({ watched, forgotten }));
	setInterval(() => {}, 1000);
`;

describe("Guard", () => {
	it("kills what is watched when its owner is killed, and leaves what was forgotten", async () => {
		const owner = spawn(process.execPath, ["--require", "tsx/cjs", "-e", holder], {
			stdio: ["ignore", "pipe", "inherit"],
		});
		const pids = await new Promise<{ watched: number; forgotten: number }>((resolve) =>
			owner.stdout.once("data", (chunk: Buffer) => resolve(JSON.parse(chunk.toString("utf8")))),
		);
		try {
			assert.ok(isAlive(pids.watched) && isAlive(pids.forgotten));
			owner.kill("SIGKILL");
			await eventually(() => !isAlive(pids.watched), "the watched process ends");
			assert.ok(isAlive(pids.forgotten));
		} finally {
			process.kill(pids.forgotten, "SIGKILL");
		}
	});
});

import { strict as assert } from "node:assert";
import { type ChildProcess, execFileSync } from "node:child_process";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { ExitCode } from "../../lib/errors";
import { Inventory } from "../../sandbox/inventory/inventory";
import { keepOnlyAws } from "../support/aws-only";
import { eventually } from "../support/processes";
import { type CliResult, finished, ProjectCopy } from "../support/project-copy";

/** Everything of ours that still runs in a project copy: command line, worker, engine, language host, program. */
function leftovers(project: ProjectCopy): string[] {
	const lines = execFileSync("ps", ["-eo", "pid=,args="], { encoding: "utf8" }).split("\n");
	return lines.filter((line) => line.includes(project.root) && !line.includes("sandbox/server/main.ts"));
}

describe("meridian up, interrupted", () => {
	let project: ProjectCopy;
	beforeEach(() => {
		project = new ProjectCopy({ MERIDIAN_SANDBOX_CLUSTERS: "emulated" });
		keepOnlyAws(project);
	});
	afterEach(() => project.close());

	const objects = () => Inventory.read(join(project.home, "sandbox")).objects();

	/** Waits until the update has created some of its objects and is still at it. */
	const inTheMiddle = (): Promise<void> => eventually(() => objects().length > 15, "some objects exist", 90_000);

	/** The next update converges: everything exists once, and nothing is left to change. */
	async function converges(): Promise<void> {
		const next = await project.run(["up", "dev"]);
		assert.equal(next.code, ExitCode.ok, next.stderr);
		assert.match(next.stderr, /Clusters are emulated, as MERIDIAN_SANDBOX_CLUSTERS says: .* no pod is scheduled\n/);
		const urns = objects().map((object) => object.urn);
		assert.equal(new Set(urns).size, urns.length, "no object exists twice");
		const again = await project.run(["up", "dev", "--detailed-exitcode", "--json"]);
		assert.equal(again.code, ExitCode.ok, again.stderr);
		const created: { stacks: { planned: { same: number } }[] } = JSON.parse(again.stdout);
		assert.ok((created.stacks[0]?.planned.same ?? 0) > 100);
	}

	async function afterKill(child: ChildProcess, run: Promise<CliResult>): Promise<void> {
		await inTheMiddle();
		child.kill("SIGKILL");
		await run;
		await eventually(() => leftovers(project).length === 0, "engine, worker and program end", 30_000);
	}

	it("stops at Ctrl-C with exit 8, keeps what was done, and goes on with the next up", async () => {
		const child = project.start(["up", "dev"]);
		const run = finished(child);
		await inTheMiddle();
		child.kill("SIGINT");
		const { code, stderr } = await run;
		assert.equal(code, ExitCode.cancelled, stderr);
		assert.match(stderr, /Stopping: no new step begins/);
		assert.match(stderr, /run the command again to go on from here/);
		assert.ok(objects().length > 15);
		assert.deepEqual(leftovers(project), []);
		await converges();
	});

	it("ends its engine when it is killed, and the next up converges", async () => {
		const child = project.start(["up", "dev"]);
		await afterKill(child, finished(child));
		await converges();
	});

	it("recovers where the engine itself is killed: nothing is orphaned, nothing exists twice", async () => {
		const child = project.start(["up", "dev"]);
		const run = finished(child);
		await inTheMiddle();
		const engine = leftovers(project).find((line) => /pulumi up /.test(line));
		assert.ok(engine, "the engine runs");
		process.kill(Number(engine.trim().split(" ")[0]), "SIGKILL");
		const { code } = await run;
		assert.equal(code, ExitCode.failed);
		await converges();
	});

	it("waits for another command, and says whose", async () => {
		const first = project.start(["up", "dev"]);
		const ended = finished(first);
		await delay(3_000);
		const { code, stderr } = await project.run(["plan", "dev", "--lock-timeout", "1"]);
		assert.match(stderr, /Another command works on this checkout's stacks \(meridian up dev, process \d+, since /);
		assert.equal(code, ExitCode.locked);
		assert.equal((await ended).code, ExitCode.ok);
	});
});

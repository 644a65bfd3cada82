import { strict as assert } from "node:assert";
import { join } from "node:path";
import { ExitCode } from "../../lib/errors";
import { Inventory } from "../../sandbox/inventory/inventory";
import { caseId, casesOf, kinds } from "../chaos/cases";
import { isEngine, processesOf } from "../chaos/home-processes";
import { consistencyOf } from "../chaos/oracles";
import { playCases } from "../chaos/play-cases";
import type { Outcome } from "../chaos/run-case";
import { keepOnlyAws } from "../support/aws-only";
import { eventually } from "../support/processes";
import { finished, ProjectCopy } from "../support/project-copy";

/** The quick form of `npm run chaos`: a case of each kind, in an environment of AWS alone. */
const seed = 20_261_121;
const points = 1;

/** About a clean `up` of AWS alone on two free cores, in seconds; where it takes longer, kills fall earlier. */
const timing = { total: 25, apply: 4 };

describe("meridian up after kill -9", function () {
	this.timeout(1_200_000);
	const cases = kinds.flatMap((kind) => casesOf(kind, points, seed));
	let copies: readonly ProjectCopy[] = [];
	let outcomes: readonly Outcome[] = [];

	before(async () => {
		copies = [new ProjectCopy(), new ProjectCopy()];
		copies.forEach(keepOnlyAws);
		outcomes = await playCases(cases, { copies, timing });
	});
	after(() => Promise.all(copies.map((copy) => copy.close())));

	for (const chaos of cases) {
		it(`converges: ${caseId(chaos)}`, () => {
			const outcome = outcomes.find(({ id }) => id === caseId(chaos));
			assert.ok(outcome);
			assert.deepEqual(outcome.problems, [], `to repeat it: npm run chaos -- --aws-only --case ${outcome.id}`);
			assert.ok(outcome.after.live > 100);
		});
	}
});

describe("meridian destroy and kill -9", function () {
	this.timeout(300_000);
	let project: ProjectCopy;
	before(() => {
		project = new ProjectCopy();
		keepOnlyAws(project);
	});
	after(() => project.close());

	const live = (): number => Inventory.read(join(project.home, "sandbox")).objects().length;

	/** Kills the engine of a command in its midst. */
	async function killEngine(args: readonly string[], when: () => boolean): Promise<void> {
		const run = finished(project.start(args));
		await eventually(when, "the middle of the operation", 120_000);
		const engine = processesOf(project.home).find(isEngine);
		assert.ok(engine, "the engine runs");
		process.kill(engine.pid, "SIGKILL");
		assert.equal((await run).code, ExitCode.failed);
	}

	it("takes away what an interrupted up made, recorded or not, and an up makes again what a destroy took away", async () => {
		await killEngine(["up", "dev"], () => live() > 60);
		await killEngine(["destroy", "dev"], () => live() < 50);
		const up = await project.run(["up", "dev"]);
		assert.equal(up.code, ExitCode.ok, up.stderr);
		const { orphans, duplicates, ghosts, pending } = consistencyOf(project.home);
		assert.deepEqual(
			{ orphans, duplicates, ghosts, pending },
			{ orphans: [], duplicates: [], ghosts: [], pending: [] },
		);
		await killEngine(["destroy", "dev"], () => live() < 100);
		const destroy = await project.run(["destroy", "dev"]);
		assert.equal(destroy.code, ExitCode.ok, destroy.stderr);
		assert.equal(live(), 0);
	});
});

import { strict as assert } from "node:assert";
import { UserError } from "../../../lib/errors";
import { caseId, casesOf, kinds, parseCase } from "../../chaos/cases";

describe("the cases of npm run chaos", () => {
	it("are the same for the same seed, and others for another", () => {
		for (const kind of kinds) {
			assert.deepEqual(casesOf(kind, 20, 7), casesOf(kind, 20, 7));
			assert.notDeepEqual(casesOf(kind, 20, 7), casesOf(kind, 20, 8));
			assert.deepEqual(casesOf(kind, 5, 7), casesOf(kind, 20, 7).slice(0, 5));
		}
	});

	it("fall half where objects are made, and kill each process under faults too", () => {
		const count = (phase: string) => casesOf("engine", 20, 1).filter((each) => each.phase === phase).length;
		assert.deepEqual([count("whole"), count("apply")], [10, 10]);
		const victims = casesOf("faults", 20, 1).map(({ victim }) => victim);
		assert.deepEqual([...new Set(victims)], ["none", "engine", "sandbox", "command"]);
	});

	it("are repeated by their id", () => {
		for (const chaos of kinds.flatMap((kind) => casesOf(kind, 8, 3))) {
			assert.deepEqual(parseCase(caseId(chaos)), chaos);
		}
		for (const wrong of ["", "engine", "engine:engine:apply:2:0", "engine:cook:apply:0.5:0", "x:engine:apply:0.5:0"]) {
			assert.throws(() => parseCase(wrong), UserError);
		}
	});
});

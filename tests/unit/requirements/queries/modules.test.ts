import assert from "node:assert/strict";
import { moduleQueries } from "../../../../requirements/queries/modules";
import { ask, describeTopic, queryOf } from "./asking";
import { pool, vpc } from "./estate";

const FIVE = ["foundation", "business", "development", "creative", "multimodal"];

/** A region with a pool of four nodes for each module. */
function region(modules: readonly string[]) {
	return [vpc(), ...modules.flatMap((label) => pool({ label }))];
}

describeTopic("module queries", moduleQueries, {
	"FR-MOD-1/pools": {
		served: region(FIVE),
		found: "5 of 5 modules with a pool a region",
		broken: region(FIVE.slice(1)),
		instead: "4 of 5 modules with a pool a region",
	},
	"FR-MOD-1/hipaa": {
		served: region(["healthcare"]),
		found: "1 pool",
		broken: region(FIVE),
		instead: "neither",
		context: { modules: [...FIVE, "healthcare"] },
	},
});

describe("modules that are made", () => {
	it("count with pools of their own", () => {
		const modules = ["foundation", "healthcare"];
		const { found, works } = ask(queryOf(moduleQueries, "FR-MOD-1/pools"), region(["foundation"]), {
			environment: "prod",
			modules,
		});
		assert.deepEqual([found, works], ["1 of 2 modules with a pool a region", false]);
	});

	it("may wait for a switch, where it is healthcare", () => {
		const asked = ask(queryOf(moduleQueries, "FR-MOD-1/hipaa"), region(FIVE), {
			environment: "prod",
			modules: FIVE,
			switchedOff: ["healthcare"],
		});
		assert.deepEqual([asked.found, asked.works], ["a switch, off", true]);
	});
});

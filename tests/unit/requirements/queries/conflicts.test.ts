import assert from "node:assert/strict";
import { conflictQueries } from "../../../../requirements/queries/conflicts";
import { settleConflicts } from "../../../../spec/conflicts";
import { ask, outcome, queryOf } from "./asking";

const KEY = "FR-INF-2/conflict-nodes-per-region";

/** The answer where the specification makes these choices. */
function answer(key: string, choices: Readonly<Record<string, string>>) {
	return ask(queryOf(conflictQueries, key), [], { environment: "dev", conflicts: settleConflicts(choices).settled });
}

describe("conflict queries", () => {
	it("find every conflict item settled", () => {
		const keys = Object.keys(conflictQueries);
		assert.ok(keys.length >= settleConflicts({}).settled.length);
		assert.deepEqual(
			keys.filter((key) => !answer(key, {}).works),
			[],
		);
	});

	it("give the option that holds", () => {
		assert.deepEqual(outcome(answer(KEY, {})), { found: "cluster-total", works: true });
		assert.deepEqual(outcome(answer(KEY, { "nodes-per-region": "pool-sum" })), { found: "pool-sum", works: true });
	});

	it("do not work where the conflict is not named, or not for the row", () => {
		const query = queryOf(conflictQueries, KEY);
		const elsewhere = [{ id: "nodes-per-region", rows: ["FR-INF-1"], choice: "cluster-total" }];
		assert.deepEqual(outcome(ask(query, [])), { found: "not named", works: false });
		assert.equal(ask(query, [], { environment: "dev", conflicts: elsewhere }).works, false);
	});
});

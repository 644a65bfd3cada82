import assert from "node:assert/strict";
import { queries, topics } from "../../../../requirements/queries";
import { ask } from "./asking";

describe("the queries", () => {
	it("answer each item in one topic only", () => {
		const keys = topics.flatMap((topic) => Object.keys(topic));
		assert.deepEqual(
			keys.filter((key, i) => keys.indexOf(key) !== i),
			[],
		);
		assert.deepEqual(Object.keys(queries).sort(), keys.sort());
	});

	it("find nothing that works where there is nothing", () => {
		assert.deepEqual(
			Object.entries(queries).flatMap(([key, query]) => (ask(query, []).works ? [key] : [])),
			[],
		);
	});
});

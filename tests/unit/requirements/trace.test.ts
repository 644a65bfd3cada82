import assert from "node:assert/strict";
import { ResourceGraph } from "../../../lib/graph";
import type { ItemQuery, QueryRegistry, RequirementRow } from "../../../requirements/row";
import { NOT_PROVISIONED, summarise, traceRequirements } from "../../../requirements/trace";

const CONTEXT = { environment: "dev" };
const URN = "urn:pulumi:dev::meridian::aws:s3/bucket:Bucket::data";
const DEVIATION = { substitute: "L40S", effect: "less memory bandwidth" };

const graph = new ResourceGraph([
	{
		urn: URN,
		type: "aws:s3/bucket:Bucket",
		name: "data",
		custom: true,
		cell: "global",
		inputs: { capacityTb: 100 },
		dependencies: [],
		propertyDependencies: {},
		options: {},
	},
]);

const works: ItemQuery = (resources) => ({
	found: `${resources.nodes.length} bucket`,
	works: true,
	resources: resources.nodes.map((node) => node.urn),
});
const fails: ItemQuery = () => ({ found: "50 TB", works: false, resources: [URN] });
const substitutes: ItemQuery = () => ({ found: "3 nodes", works: true, resources: [], deviation: DEVIATION });

/** A row of two items, `a` and `b`. */
function rowOf(id = "XX-TEST-1"): RequirementRow {
	return {
		id,
		document: "platform",
		class: "infra",
		need: "two things",
		items: [
			{ id: "a", item: "thing a", want: "1 bucket" },
			{ id: "b", item: "thing b", want: "100 TB" },
		],
	};
}

function traceOne(queries: QueryRegistry, row = rowOf()) {
	const [traced] = traceRequirements(graph, [row], queries, CONTEXT);
	assert.ok(traced);
	return traced;
}

describe("traceRequirements", () => {
	it("calls a row works when all its items work, and hands on what was found", () => {
		assert.deepEqual(traceOne({ "XX-TEST-1/a": works, "XX-TEST-1/b": works }), {
			id: "XX-TEST-1",
			status: "works",
			items: [
				{ item: "thing a", status: "works", want: "1 bucket", found: "1 bucket", resources: [URN] },
				{ item: "thing b", status: "works", want: "100 TB", found: "1 bucket", resources: [URN] },
			],
		});
	});

	it("calls a row partly when an item has no query", () => {
		const row = traceOne({ "XX-TEST-1/a": works });
		assert.equal(row.status, "partly");
		const missing = { item: "thing b", status: "missing", want: "100 TB", found: NOT_PROVISIONED, resources: [] };
		assert.deepEqual(row.items[1], missing);
	});

	it("calls an item missing when its query finds something else, and says what", () => {
		const row = traceOne({ "XX-TEST-1/a": works, "XX-TEST-1/b": fails });
		assert.equal(row.status, "partly");
		const missing = { item: "thing b", status: "missing", want: "100 TB", found: "50 TB", resources: [URN] };
		assert.deepEqual(row.items[1], missing);
	});

	it("calls a row missing when no item works or deviates", () => {
		assert.equal(traceOne({}).status, "missing");
		assert.equal(traceOne({ "XX-TEST-1/a": fails, "XX-TEST-1/b": fails }).status, "missing");
	});

	it("calls a row deviates when all items work or deviate, and names substitute and effect", () => {
		const row = traceOne({ "XX-TEST-1/a": works, "XX-TEST-1/b": substitutes });
		assert.equal(row.status, "deviates");
		assert.equal(row.items[1]?.status, "deviates");
		assert.equal(row.items[1]?.found, "3 nodes (substitute: L40S; effect: less memory bandwidth)");
	});

	it("calls a deviating row partly when another item is missing", () => {
		assert.equal(traceOne({ "XX-TEST-1/b": substitutes }).status, "partly");
	});

	it("takes the item's own deviation only where its query works", () => {
		const row: RequirementRow = { ...rowOf(), items: [{ id: "a", item: "a", want: "RDMA", deviation: DEVIATION }] };
		assert.equal(traceOne({ "XX-TEST-1/a": works }, row).status, "deviates");
		assert.equal(traceOne({ "XX-TEST-1/a": fails }, row).status, "missing");
	});

	it("ignores queries of other rows and inherited names", () => {
		const inherited: QueryRegistry = Object.create({ "XX-TEST-1/a": works });
		assert.equal(traceOne(inherited).status, "missing");
		assert.equal(traceOne({ "XX-TEST-2/a": works }).status, "missing");
	});

	it("keeps the order of the rows and hands the context to the query", () => {
		const seen: string[] = [];
		const query: ItemQuery = (_, { environment }) => {
			seen.push(environment);
			return { found: environment, works: true, resources: [] };
		};
		const rows = [rowOf("XX-B-1"), rowOf("XX-A-1")];
		const trace = traceRequirements(graph, rows, { "XX-A-1/a": query }, CONTEXT);
		assert.deepEqual(
			trace.map((row) => row.id),
			["XX-B-1", "XX-A-1"],
		);
		assert.deepEqual(seen, ["dev"]);
	});

	it("lets a query's error through with the row and item in its message", () => {
		const cause = new TypeError("capacity is not a number");
		const query: ItemQuery = () => {
			throw cause;
		};
		assert.throws(
			() => traceOne({ "XX-TEST-1/b": query }),
			(error: unknown) => {
				assert.ok(error instanceof Error);
				assert.equal(error.message, "the query of XX-TEST-1/b failed: capacity is not a number");
				assert.equal(error.cause, cause);
				return true;
			},
		);
	});
});

describe("summarise", () => {
	it("counts rows and items by status", () => {
		const rows = [rowOf("XX-A-1"), rowOf("XX-B-1"), rowOf("XX-C-1"), rowOf("XX-D-1")];
		const queries = {
			"XX-A-1/a": works,
			"XX-A-1/b": works,
			"XX-B-1/a": works,
			"XX-B-1/b": substitutes,
			"XX-C-1/a": works,
			"XX-D-1/a": fails,
		};
		assert.deepEqual(summarise(traceRequirements(graph, rows, queries, CONTEXT)), {
			rows: { works: 1, deviates: 1, partly: 1, missing: 1 },
			items: { works: 4, deviates: 1, missing: 3 },
		});
	});

	it("counts nothing in an empty trace", () => {
		assert.deepEqual(summarise([]), {
			rows: { works: 0, deviates: 0, partly: 0, missing: 0 },
			items: { works: 0, deviates: 0, missing: 0 },
		});
	});
});

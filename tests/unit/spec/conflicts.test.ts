import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { requirementRows } from "../../../requirements/rows";
import { type Conflict, conflicts, settleConflicts } from "../../../spec/conflicts";

const SEEDS = join(__dirname, "../../../../shared/seeds");

/** What the name of each document's file begins with. */
const FILE_OF: Readonly<Record<Conflict["statements"][number]["document"], string>> = {
	"Trading platform": "000_",
	"Frontier infrastructure": "001_",
	"Agent platform": "002_",
	"On-premises GitOps": "003_",
	"Serving path": "004_",
};

/** A document on one line; the micro sign was stored in a wrong encoding. */
function readSeed(prefix: string): string {
	const file = readdirSync(SEEDS).find((name) => name.startsWith(prefix));
	assert.ok(file, `no seed ${prefix}`);
	return readFileSync(join(SEEDS, file), "utf8").replaceAll("\u00ce\u00bc", "\u00b5").replaceAll(/\s+/g, " ");
}

describe("conflicts", () => {
	it("have kebab-case ids of their own", () => {
		const ids = conflicts.map((conflict) => conflict.id);
		assert.equal(new Set(ids).size, ids.length);
		for (const id of ids) {
			assert.match(id, /^[a-z0-9]+(-[a-z0-9]+)*$/);
		}
	});

	it("hold two statements or more, and two options or more with the chosen one among them", () => {
		for (const { id, statements, options, chosen } of conflicts) {
			const ids = options.map((option) => option.id);
			assert.ok(statements.length >= 2, id);
			assert.ok(ids.length >= 2, id);
			assert.equal(new Set(ids).size, ids.length, id);
			assert.ok(ids.includes(chosen), id);
		}
	});

	it("touch rows that exist", () => {
		const rows = new Set(requirementRows.map((row) => row.id));
		for (const conflict of conflicts) {
			assert.ok(conflict.rows.length > 0, conflict.id);
			assert.deepEqual(
				conflict.rows.filter((row) => !rows.has(row)),
				[],
				conflict.id,
			);
		}
	});

	it("quote the documents word for word", function () {
		if (!existsSync(SEEDS)) {
			console.log("      the source documents are not here: quotations not compared");
			this.skip();
		}
		for (const { id, statements } of conflicts) {
			for (const { document, says } of statements) {
				const text = readSeed(FILE_OF[document]);
				for (const excerpt of says.split(" … ")) {
					assert.ok(text.includes(excerpt), `${id}: ${document} does not say ${excerpt}`);
				}
			}
		}
	});
});

describe("settleConflicts", () => {
	it("takes every default where nothing is chosen", () => {
		const { settled, problems } = settleConflicts({});
		assert.deepEqual(problems, []);
		assert.deepEqual(
			settled.map(({ id, choice, settledBy }) => ({ id, choice, settledBy })),
			conflicts.map(({ id, chosen }) => ({ id, choice: chosen, settledBy: "default" })),
		);
	});

	it("applies a choice with its meaning, and leaves the others", () => {
		const { settled, problems } = settleConflicts({ "nodes-per-region": "pool-sum" });
		assert.deepEqual(problems, []);
		const nodes = settled.find((conflict) => conflict.id === "nodes-per-region");
		assert.equal(nodes?.choice, "pool-sum");
		assert.match(nodes?.meaning ?? "", /^208 GPU nodes/);
		assert.equal(nodes?.settledBy, "specification");
		assert.equal(nodes?.reason, "chosen in the specification");
		assert.equal(settled.filter((conflict) => conflict.settledBy === "specification").length, 1);
	});

	it("keeps the default's reason where the specification chooses the default", () => {
		const { settled } = settleConflicts({ "gpu-threshold": "70-percent" });
		const threshold = settled.find((conflict) => conflict.id === "gpu-threshold");
		assert.equal(threshold?.settledBy, "specification");
		assert.match(threshold?.reason ?? "", /earlier threshold/);
	});

	it("reports an unknown conflict with the nearest id", () => {
		const { settled, problems } = settleConflicts({ "node-per-regions": "pool-sum" });
		assert.deepEqual(problems, [
			{
				path: "conflicts.node-per-regions",
				message: 'is not a known conflict; did you mean "nodes-per-region"?',
			},
		]);
		assert.equal(settled.length, conflicts.length);
	});

	it("reports an unknown conflict without a guess where none is near", () => {
		const [problem] = settleConflicts({ zzzzzzzzzzzzzzzzzzzz: "x" }).problems;
		assert.equal(problem?.message, "is not a known conflict; the plan lists the ids.");
	});

	it("reports an unknown option with the allowed ones, and leaves the default", () => {
		const { settled, problems } = settleConflicts({ "gpu-threshold": "75-per-cent", "mvp-cost": "free" });
		assert.deepEqual(problems, [
			{
				path: "conflicts.gpu-threshold",
				message: 'must be one of 70-percent, 75-percent, but "75-per-cent" was given; did you mean "75-percent"?',
			},
			{
				path: "conflicts.mvp-cost",
				message: 'must be one of without-providers, scaled-providers, but "free" was given.',
			},
		]);
		const threshold = settled.find((conflict) => conflict.id === "gpu-threshold");
		assert.deepEqual([threshold?.choice, threshold?.settledBy], ["70-percent", "default"]);
	});

	it("does not take an inherited name for a conflict or a choice", () => {
		const { problems } = settleConflicts({ constructor: "x" });
		assert.equal(problems.length, 1);
		const [conflict] = conflicts;
		assert.ok(conflict);
		const named: Conflict = { ...conflict, id: "toString" };
		assert.equal(settleConflicts({}, [named]).settled[0]?.settledBy, "default");
	});
});

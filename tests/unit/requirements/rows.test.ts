import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { queries } from "../../../requirements/queries";
import { queryKey } from "../../../requirements/row";
import { requirementRows } from "../../../requirements/rows";
import { conflicts } from "../../../spec/conflicts";

const SOURCE = join(__dirname, "../../../../shared/spec/requirements.yaml");

/** The fields of the source file that the rows repeat, a row's line at a time. */
function sourceRows(): { id: unknown; document: string; class: unknown; need: unknown }[] {
	let document = "";
	return readFileSync(SOURCE, "utf8")
		.split("\n")
		.flatMap((line) => {
			document = /^([a-z]+):/.exec(line)?.[1] ?? document;
			if (!line.startsWith("- {")) {
				return [];
			}
			const row: { id: unknown; class: unknown; need: unknown } = parse(line.slice(2));
			return [{ id: row.id, document, class: row.class, need: row.need }];
		});
}

function repeated(values: readonly string[]): string[] {
	return values.filter((value, i) => values.indexOf(value) !== i);
}

describe("requirement rows", () => {
	it("are 107, each with an id of its own", () => {
		assert.equal(requirementRows.length, 107);
		assert.deepEqual(repeated(requirementRows.map((row) => row.id)), []);
	});

	it("have one item or more, with kebab-case ids and words that are unique in the row", () => {
		for (const row of requirementRows) {
			assert.ok(row.items.length > 0, row.id);
			assert.deepEqual(repeated(row.items.map((item) => item.id)), [], row.id);
			assert.deepEqual(repeated(row.items.map((item) => item.item)), [], row.id);
			for (const item of row.items) {
				assert.match(item.id, /^[a-z0-9]+(-[a-z0-9]+)*$/, queryKey(row, item));
				assert.ok(item.item.trim() !== "" && item.want.trim() !== "", queryKey(row, item));
			}
		}
	});

	it("register each query under an item that exists", () => {
		const keys = new Set(requirementRows.flatMap((row) => row.items.map((item) => queryKey(row, item))));
		assert.deepEqual(
			Object.keys(queries).filter((key) => !keys.has(key)),
			[],
		);
	});

	it("name each conflict in an item, and no conflict that does not touch them", () => {
		const named = requirementRows.flatMap((row) =>
			row.items
				.filter((item) => item.id.startsWith("conflict-"))
				.map((item) => ({ row: row.id, id: item.id.slice("conflict-".length) })),
		);
		const stray = named.filter(({ row, id }) => !conflicts.some((each) => each.id === id && each.rows.includes(row)));
		assert.deepEqual(stray, []);
		const unnamed = conflicts.filter((each) => !named.some(({ id }) => id === each.id));
		assert.deepEqual(
			unnamed.map((each) => each.id),
			[],
		);
	});

	it("equal the source file in document, class and need", function () {
		if (!existsSync(SOURCE)) {
			console.log("      the source file of the requirements is not here: not compared");
			this.skip();
		}
		const byId = (a: { id: unknown }, b: { id: unknown }) => String(a.id).localeCompare(String(b.id));
		const rows = requirementRows.map(({ id, document, class: kind, need }) => ({ id, document, class: kind, need }));
		assert.deepEqual(rows.sort(byId), sourceRows().sort(byId));
	});
});

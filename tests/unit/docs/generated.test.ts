import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { generatedDocs } from "../../../docs/generate/docs";
import { idleMeanings, meaningOf } from "../../../docs/generate/meanings";
import { settingGroups } from "../../../docs/generate/settings";
import { specComments } from "../../../docs/generate/spec-reference";
import { projectRoot } from "../../../lib/folders";
import { rules } from "../../../policies/rules";
import { specSchema } from "../../../spec/schema";

describe("the generated pages", () => {
	for (const [name, text] of Object.entries(generatedDocs())) {
		it(`docs/${name} is what npm run docs writes`, () => {
			const checkedIn = readFileSync(join(projectRoot, "docs", name), "utf8");
			assert.equal(checkedIn, text, `docs/${name} is out of date; run npm run docs`);
		});
	}

	it("list every rule", () => {
		const page = generatedDocs()["policies.md"] ?? "";
		const missing = rules.filter(({ id, name }) => !page.includes(`## ${id} ${name}\n`));
		assert.deepEqual(
			missing.map(({ id }) => id),
			[],
		);
	});
});

describe("the meanings of settings", () => {
	const paths = settingGroups(specSchema).flatMap((group) => group.settings.map((setting) => setting.path));

	it("take a doc comment of the schema where there is one", () => {
		assert.equal(meaningOf("regions[]{aws}.gpuPools[].zone", specComments()), "The one zone of the pool's fabric.");
	});

	it("read the comments of a union's alternatives", () => {
		const comment = specComments().get("regions[]{aws}.gpuPools[].capacity{on-demand}");
		assert.equal(comment, "On demand, in a cluster placement group made for the pool.");
	});

	it("refuse a setting that nobody explains", () => {
		assert.throws(() => meaningOf("regions[].colour", specComments()), /regions\[\]\.colour has no meaning/);
	});

	it("hold no row for a setting that is gone or that the schema explains itself", () => {
		assert.deepEqual(idleMeanings(paths, specComments()), []);
		assert.deepEqual(idleMeanings(paths, new Map([["layout", "said there"]])), ["layout"]);
	});
});

describe("settingGroups", () => {
	const settings = settingGroups(specSchema).flatMap((group) => group.settings);
	const find = (path: string) => settings.find((setting) => setting.path === path);

	it("gives ranges with their unit, and defaults", () => {
		assert.deepEqual(find("regions[]{aws}.gpuPools[].nodes"), {
			path: "regions[]{aws}.gpuPools[].nodes",
			type: "a whole number, 0 to 450 nodes",
			fallback: "required",
		});
		assert.equal(find("protection.keyDeletionWindow")?.type, '7d to 30d (whole days "d" or hours "h")');
		assert.equal(find("protection.keyDeletionWindow")?.fallback, "`30d`");
	});

	it("names the kinds of a union, and lists each kind's settings", () => {
		const kinds = "settings of kind `on-demand`, `reservation` or `capacity-block`";
		assert.equal(find("regions[]{aws}.gpuPools[].capacity")?.type, kinds);
		assert.equal(find("regions[]{aws}.gpuPools[].capacity{reservation}.create")?.fallback, "`false`");
	});
});

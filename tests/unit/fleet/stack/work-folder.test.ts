import { strict as assert } from "node:assert";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { prepareWorkFolder } from "../../../../fleet/stack/work-folder";

describe("prepareWorkFolder", () => {
	let home: string;
	beforeEach(() => {
		home = mkdtempSync(join(tmpdir(), "meridian-test-"));
	});
	afterEach(() => rmSync(home, { recursive: true, force: true }));

	it("quotes every text, so that the engine takes no time out of it", () => {
		const file = join(home, "Pulumi.x.yaml");
		const settings = { config: { "meridian:spec": { starts: "2026-12-01T11:30:00Z", nodes: 4, on: true } } };
		writeFileSync(file, `config:\n  meridian:spec: { starts: "2026-12-01T11:30:00Z", nodes: 4, on: true }\n`);
		const folder = prepareWorkFolder("x", file, { MERIDIAN_HOME: home });
		const text = readFileSync(join(folder, "Pulumi.x.yaml"), "utf8");
		assert.match(text, /starts: "2026-12-01T11:30:00Z"/);
		assert.deepEqual(parse(text), settings);
	});
});

import { strict as assert } from "node:assert";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Console } from "../../../fleet/console";
import { mendStateFile } from "../../../fleet/stack/state-file";

const whole = JSON.stringify({ version: 3, checkpoint: { stack: "dev" } });
const quiet: Console = { say: () => {}, data: () => {}, status: () => {}, live: false };

describe("mendStateFile", () => {
	let root: string;
	let stacks: string;
	beforeEach(() => {
		root = mkdtempSync(join(tmpdir(), "meridian-state-"));
		stacks = join(root, ".pulumi", "stacks", "meridian");
		mkdirSync(stacks, { recursive: true });
	});
	afterEach(() => rmSync(root, { recursive: true, force: true }));

	const mend = (): void => mendStateFile("meridian", "dev", pathToFileURL(root).href, quiet);
	const write = (state: string, before?: string): void => {
		writeFileSync(join(stacks, "dev.json"), state);
		if (before !== undefined) {
			writeFileSync(join(stacks, "dev.json.bak"), before);
		}
	};
	const state = (): string => readFileSync(join(stacks, "dev.json"), "utf8");

	for (const cut of ["", "{}", whole.slice(0, 20)]) {
		it(`puts back the state before ${JSON.stringify(cut)}, and keeps that aside`, () => {
			write(cut, whole);
			mend();
			assert.equal(state(), whole);
			const aside = readdirSync(stacks).find((name) => name.includes("damaged"));
			assert.equal(readFileSync(join(stacks, aside ?? ""), "utf8"), cut);
		});
	}

	it("puts back a state that was moved away and not yet written", () => {
		write(whole, whole);
		rmSync(join(stacks, "dev.json"));
		mend();
		assert.equal(state(), whole);
	});

	it("drops attributes and locks that were cut off, and keeps whole ones", () => {
		write(whole, whole);
		const locks = join(root, ".pulumi", "locks", "organization", "meridian", "dev");
		mkdirSync(locks, { recursive: true });
		writeFileSync(join(stacks, "dev.json.attrs"), "");
		writeFileSync(join(stacks, "dev.json.bak.attrs"), "{}");
		writeFileSync(join(locks, "cut.json"), '{"pid":');
		writeFileSync(join(locks, "whole.json"), '{"pid":1}');
		mend();
		assert.deepEqual(readdirSync(stacks).sort(), ["dev.json", "dev.json.bak", "dev.json.bak.attrs"]);
		assert.deepEqual(readdirSync(locks), ["whole.json"]);
	});

	it("leaves a whole state alone, and one that does not exist", () => {
		write(whole, "{}");
		mend();
		assert.equal(state(), whole);
		rmSync(join(stacks, "dev.json"));
		rmSync(join(stacks, "dev.json.bak"));
		mend();
		assert.deepEqual(readdirSync(stacks), []);
	});

	it("touches nothing where the copy is damaged too, and says where backups are", () => {
		write("", "{");
		assert.throws(mend, /is damaged, and so is the copy before it/);
		assert.equal(state(), "");
	});

	it("does not look at a state that is kept elsewhere", () => {
		mendStateFile("meridian", "dev", "s3://bucket", quiet);
	});
});

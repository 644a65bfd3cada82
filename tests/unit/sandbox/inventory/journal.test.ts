import assert from "node:assert/strict";
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { ExitCode, UserError } from "../../../../lib/errors";
import { Journal } from "../../../../sandbox/inventory/journal";

/** Any JSON that the engine could carry, with line breaks and signs of several bytes. */
const json = fc.jsonValue({ maxDepth: 3, stringUnit: "binary" });
const records = fc.array(json, { minLength: 1, maxLength: 8 });

describe("the journal", () => {
	let folder: string;
	let file: string;

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "meridian-test-"));
		file = join(folder, "deep", "inventory.log");
	});

	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	function write(...values: readonly unknown[]): Buffer {
		rmSync(file, { force: true });
		const { journal } = Journal.open(file);
		for (const value of values) {
			journal.append(value);
		}
		journal.close();
		return readFileSync(file);
	}

	function damage(): UserError | undefined {
		try {
			Journal.read(file);
			return undefined;
		} catch (error) {
			assert.ok(error instanceof UserError, String(error));
			return error;
		}
	}

	it("is empty where there is no file, and reading makes none", () => {
		assert.deepEqual(Journal.read(file), []);
		assert.equal(existsSync(file), false);
	});

	it("gives back what was written, in a file for its owner alone", () => {
		write({ a: 1 }, "two\nlines", null);
		assert.deepEqual(Journal.read(file), [{ a: 1 }, "two\nlines", null]);
		assert.equal(statSync(file).mode & 0o777, 0o600);
	});

	it("goes on where it ended", () => {
		write("one");
		const { journal, records: before } = Journal.open<string>(file);
		journal.append("two");
		journal.close();
		assert.deepEqual(before, ["one"]);
		assert.deepEqual(Journal.read(file), ["one", "two"]);
	});

	it("has a record on disk when append returns", () => {
		const { journal } = Journal.open<string>(file);
		journal.append("one");
		assert.deepEqual(Journal.read(file), ["one"]);
		journal.close();
	});

	it("cuts a torn last line at the next start, and writes on behind the whole ones", () => {
		const whole = write("one", "two");
		appendFileSync(file, whole.subarray(0, 12));
		assert.deepEqual(Journal.read(file), ["one", "two"]);
		const { journal, records: before } = Journal.open<string>(file);
		assert.deepEqual(before, ["one", "two"]);
		assert.deepEqual(readFileSync(file), whole);
		journal.append("three");
		journal.close();
		assert.deepEqual(Journal.read(file), ["one", "two", "three"]);
	});

	it("names the file and the line of damage, and leaves the file as it is", () => {
		const bytes = write("one", "two", "three");
		const at = bytes.indexOf("two");
		bytes[at] = "T".charCodeAt(0);
		writeFileSync(file, bytes);
		const error = damage();
		assert.equal(error?.code, ExitCode.failed);
		assert.equal(error?.message, `The sandbox's inventory is damaged: line 2 of ${file} does not match its checksum`);
		assert.match(error?.remedy ?? "", /restore the file from a backup.*meridian sandbox reset/);
		assert.throws(() => Journal.open(file), UserError);
		assert.deepEqual(readFileSync(file), bytes);
	});

	it("gives a prefix of the records wherever the file is cut off", () => {
		fc.assert(
			fc.property(records, fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
				const bytes = write(...values);
				writeFileSync(file, bytes.subarray(0, Math.floor(bytes.length * share)));
				const found = Journal.read(file);
				const expected: unknown[] = JSON.parse(JSON.stringify(values));
				assert.deepEqual(found, expected.slice(0, found.length));
				const lines = readFileSync(file, "latin1").split("\n").length - 1;
				assert.equal(found.length, lines);
			}),
			{ numRuns: 60 },
		);
	});

	it("gives a prefix of the records or reports the damage where any byte changes, never other records", () => {
		fc.assert(
			fc.property(records, fc.nat(), fc.integer({ min: 1, max: 255 }), (values, position, flip) => {
				const bytes = write(...values);
				const at = position % bytes.length;
				bytes[at] = (bytes[at] ?? 0) ^ flip;
				writeFileSync(file, bytes);
				if (damage() === undefined) {
					const found = Journal.read(file);
					const expected: unknown[] = JSON.parse(JSON.stringify(values));
					assert.deepEqual(found, expected.slice(0, found.length));
					// Only the last line's end may go unnoticed, as a tear, and the space behind a checksum.
					assert.ok(found.length >= expected.length - 1);
				}
			}),
			{ numRuns: 120 },
		);
	});
});

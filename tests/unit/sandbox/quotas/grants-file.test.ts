import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../../../../lib/errors";
import { grantedOf } from "../../../../sandbox/quotas/grants";
import { grantsFile, mergeGrants, readGrants, watchedGrants } from "../../../../sandbox/quotas/grants-file";

const ours = { "111122223333": { "us-east-1": { p: 384 } } };
const theirs = { "research-lab": { "us-central1": { h100: 32 } } };

describe("the file of granted quotas", () => {
	let folder: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "meridian-grants-"));
	});
	afterEach(() => rmSync(folder, { recursive: true }));

	it("limits nothing where there is none, and nothing that it does not name", () => {
		assert.deepEqual(readGrants(folder), {});
		const place = { account: "111122223333", region: "us-east-1" };
		assert.equal(grantedOf(ours, place, "p"), 384);
		assert.equal(grantedOf(ours, place, "g"), undefined);
		assert.equal(grantedOf(ours, { ...place, region: "us-west-2" }, "p"), undefined);
		assert.equal(grantedOf(ours, { ...place, account: "444455556666" }, "p"), undefined);
	});

	it("keeps other accounts' grants, and replaces an account's own as a whole", () => {
		mergeGrants(folder, ours);
		mergeGrants(folder, theirs);
		assert.deepEqual(readGrants(folder), { ...ours, ...theirs });
		mergeGrants(folder, { "111122223333": { "us-west-2": { p: 192 } } });
		assert.deepEqual(readGrants(folder), { "111122223333": { "us-west-2": { p: 192 } }, ...theirs });
	});

	it("is left alone where nothing changes", () => {
		mergeGrants(folder, ours);
		const { ino } = statSync(grantsFile(folder));
		mergeGrants(folder, ours);
		assert.equal(statSync(grantsFile(folder)).ino, ino);
	});

	it("says what to do where it does not read", () => {
		for (const damage of ["{", '{"111122223333": {"us-east-1": {"p": -1}}}', '{"1": {"r": {"p": "many"}}}', "null"]) {
			writeFileSync(grantsFile(folder), damage);
			assert.throws(
				() => readGrants(folder),
				(error) => error instanceof UserError && /remove the file/.test(error.remedy ?? ""),
			);
		}
	});

	it("is heeded by a running sandbox at the next call", () => {
		const now = watchedGrants(folder);
		assert.deepEqual(now(), {});
		mergeGrants(folder, ours);
		assert.deepEqual(now(), ours);
		mergeGrants(folder, theirs);
		assert.deepEqual(now(), { ...ours, ...theirs });
	});
});

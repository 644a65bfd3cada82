import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isExecutable } from "../../../../toolchain/command";
import { hostDigest, hostName, installHost } from "../../../../toolchain/language-host/bundle";

describe("the bundled language host", () => {
	let folder: string;

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "meridian-test-"));
	});

	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	it("has a digest that stays while its sources stay", () => {
		assert.match(hostDigest(), /^[0-9a-f]{12}$/);
		assert.equal(hostDigest(), hostDigest());
	});

	it("is one executable file that needs nothing beside it", () => {
		const file = installHost(join(folder, "bin"));
		assert.equal(file, join(folder, "bin", hostName));
		assert.ok(isExecutable(file));
		const text = readFileSync(file, "utf8");
		assert.ok(text.startsWith("#!/usr/bin/env node\n"));
		const required = [...text.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name ?? "");
		const foreign = required.filter((name) => !/^(node:)?[a-z0-9_]+(\/promises)?$/.test(name));
		assert.deepEqual(foreign, []);
	});

	it("is left as it is where it is there", () => {
		const file = join(folder, hostName);
		writeFileSync(file, "as before");
		const { mtimeMs } = statSync(file);
		assert.equal(installHost(folder), file);
		assert.equal(readFileSync(file, "utf8"), "as before");
		assert.equal(statSync(file).mtimeMs, mtimeMs);
	});
});

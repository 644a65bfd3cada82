import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildProgress, canBuild, installedGo } from "../../../toolchain/go-build";

describe("buildProgress", () => {
	it("tells modules while they are fetched, then packages as they are compiled", () => {
		const said: string[] = [];
		const progress = buildProgress((line) => said.push(line), 1_150, 0);
		progress("go: downloading github.com/pulumi/pulumi/pkg/v3 v3.259.0");
		progress("go: downloading github.com/spf13/cobra v1.8.0");
		progress("internal/cpu");
		progress("");
		assert.deepEqual(said, [
			"  fetching modules: 1",
			"  fetching modules: 2",
			"  compiling: 1 packages, about 0 %",
			"  compiling: 1 packages, about 0 %",
		]);
	});

	it("never claims to be done", () => {
		const said: string[] = [];
		const progress = buildProgress((line) => said.push(line), 1_150, 0);
		for (let i = 0; i < 5_000; i++) {
			progress(`package/${i}`);
		}
		assert.equal(said.at(-1), "  compiling: 5000 packages, about 99 %");
	});

	it("keeps quiet between two lines for as long as it is told", () => {
		const said: string[] = [];
		const progress = buildProgress((line) => said.push(line), 1_150, 60_000);
		progress("internal/cpu");
		progress("internal/abi");
		assert.equal(said.length, 1);
	});
});

describe("the Go that is installed", () => {
	it("can build from 1.25 on", () => {
		assert.equal(canBuild("1.25"), true);
		assert.equal(canBuild("1.26.2"), true);
		assert.equal(canBuild("1.24.9"), false);
		assert.equal(canBuild(undefined), false);
	});

	it("is looked for on the PATH that is given", async () => {
		const empty = mkdtempSync(join(tmpdir(), "meridian-test-"));
		try {
			assert.equal(await installedGo({ PATH: empty }), undefined);
		} finally {
			rmSync(empty, { recursive: true });
		}
	});
});

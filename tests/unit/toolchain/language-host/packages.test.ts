import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installedPackages } from "../../../../toolchain/language-host/packages";

describe("installedPackages", () => {
	let folder: string;

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "meridian-test-"));
	});

	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	function manifest(at: string, content: object): void {
		mkdirSync(join(folder, at), { recursive: true });
		writeFileSync(join(folder, at, "package.json"), JSON.stringify(content));
	}

	it("lists direct dependencies with their installed versions, those for development too", () => {
		manifest(".", { dependencies: { a: "^1.0.0" }, devDependencies: { "@scope/b": "*" } });
		manifest("node_modules/a", { name: "a", version: "1.2.3" });
		manifest("node_modules/@scope/b", { name: "@scope/b", version: "4.5.6" });
		manifest("node_modules/transitive", { name: "transitive", version: "1.0.0" });
		assert.deepEqual(installedPackages(folder), [
			{ name: "a", version: "1.2.3" },
			{ name: "@scope/b", version: "4.5.6" },
		]);
	});

	it("names the provider plugin that a package stands for", () => {
		manifest(".", { dependencies: { "@pulumi/aws": "*", other: "*", component: "*" } });
		manifest("node_modules/@pulumi/aws", { version: "7.48.0", pulumi: { resource: true, name: "aws" } });
		manifest("node_modules/other", {
			version: "1.0.0",
			pulumi: { resource: true, name: "mine", version: "2.0.0", server: "https://plugins.example.test" },
		});
		manifest("node_modules/component", { version: "3.0.0", pulumi: { resource: false } });
		assert.deepEqual(
			installedPackages(folder).map(({ plugin }) => plugin),
			[
				{ name: "aws", version: "7.48.0", server: "" },
				{ name: "mine", version: "2.0.0", server: "https://plugins.example.test" },
				undefined,
			],
		);
	});

	it("takes the plugin's name from the package's where it has none", () => {
		manifest(".", { dependencies: { "@pulumi/random": "*" } });
		manifest("node_modules/@pulumi/random", { version: "4.0.0", pulumi: { resource: true } });
		assert.equal(installedPackages(folder)[0]?.plugin?.name, "random");
	});

	it("looks for the package's file upwards from the program", () => {
		manifest(".", { dependencies: { a: "*" } });
		manifest("node_modules/a", { version: "1.0.0" });
		mkdirSync(join(folder, "deep/er"), { recursive: true });
		assert.deepEqual(installedPackages(join(folder, "deep/er")), [{ name: "a", version: "1.0.0" }]);
	});

	it("leaves out what is not installed", () => {
		manifest(".", { dependencies: { missing: "*" } });
		assert.deepEqual(installedPackages(folder), []);
	});
});

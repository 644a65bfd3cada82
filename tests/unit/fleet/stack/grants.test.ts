import { strict as assert } from "node:assert";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tellGrants } from "../../../../fleet/stack/grants";
import { sandboxFolder } from "../../../../sandbox/files";
import { grantsFile, mergeGrants, readGrants } from "../../../../sandbox/quotas/grants-file";
import { parseSpec } from "../../../../spec/parse";
import { specValue } from "../../../support/environments";

describe("tellGrants", () => {
	let home: { MERIDIAN_HOME: string };
	beforeEach(() => {
		home = { MERIDIAN_HOME: mkdtempSync(join(tmpdir(), "meridian-test-")) };
	});
	afterEach(() => rmSync(home.MERIDIAN_HOME, { recursive: true, force: true }));

	it("writes what a specification says was granted, and keeps what others were", () => {
		const spec = parseSpec(specValue("prod"), "the test's specification");
		const { aws, azure, gcp } = spec.accounts;
		assert.ok(aws && azure && gcp);
		mergeGrants(sandboxFolder(home), { another: { "us-east-1": { p: 1 } } });
		tellGrants(spec, home);
		assert.deepEqual(readGrants(sandboxFolder(home)), {
			another: { "us-east-1": { p: 1 } },
			[aws.id]: aws.quotas,
			[gcp.project]: gcp.quotas,
			[azure.subscription]: azure.quotas,
		});
		assert.ok(Object.keys(aws.quotas).length > 0);
	});

	it("writes nothing with target cloud", () => {
		const spec = parseSpec(specValue("prod"), "the test's specification");
		tellGrants({ ...spec, target: "cloud" }, home);
		assert.equal(existsSync(grantsFile(sandboxFolder(home))), false);
	});
});

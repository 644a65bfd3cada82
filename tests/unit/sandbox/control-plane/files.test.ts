import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ensureKeys } from "../../../../sandbox/control-plane/files";
import { layoutOf } from "../../../../sandbox/control-plane/layout";

describe("ensureKeys", () => {
	const layout = layoutOf(mkdtempSync(join(tmpdir(), "meridian-test-")));
	const pki = dirname(layout.authority);
	const contents = (): string[][] => readdirSync(pki).map((name) => [name, readFileSync(join(pki, name), "utf8")]);

	before(() => ensureKeys(layout, "research"));

	after(() => rmSync(layout.folder, { recursive: true, force: true }));

	it("makes keys that only their owner may read", () => {
		const modes = readdirSync(pki).map((name) => statSync(join(pki, name)).mode & 0o777);
		assert.ok(modes.length >= 16);
		assert.deepEqual([...new Set(modes)], [0o600]);
	});

	it("leaves them as they are while the cluster lives", async () => {
		const before = contents();
		await ensureKeys(layout, "research");
		assert.deepEqual(contents(), before);
	});

	it("makes them anew where it was interrupted before the authority's certificate, which is the last", async () => {
		const before = contents();
		rmSync(layout.authority);
		await ensureKeys(layout, "research");
		const kept = contents().filter(([, content], i) => content === before[i]?.[1]);
		assert.deepEqual(kept, []);
	});
});

import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Inventory } from "../../../../sandbox/inventory/inventory";
import { sandboxObject } from "../../../support/sandbox-objects";

describe("the changes of an inventory", () => {
	it("are counted, and name what was made, changed or removed since", () => {
		const folder = mkdtempSync(join(tmpdir(), "meridian-changes-"));
		try {
			assert.equal(Inventory.changes(folder), 0);
			const inventory = Inventory.open(folder);
			const [one, two, three] = ["one", "two", "three"].map((id) => sandboxObject({ id }));
			assert.ok(one && two && three);
			inventory.put(one);
			inventory.put(two);
			const before = Inventory.changes(folder);
			assert.equal(before, 2);
			assert.deepEqual(Inventory.urnsSince(folder, before), []);
			inventory.put({ ...two, inputs: { name: "two", path: "/" } });
			inventory.put(three);
			inventory.remove(one);
			inventory.remove(three);
			inventory.close();
			assert.deepEqual(Inventory.urnsSince(folder, before).sort(), [one.urn, three.urn, two.urn].sort());
			assert.equal(Inventory.changes(folder), 6);
		} finally {
			rmSync(folder, { recursive: true });
		}
	});
});

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { Inventory, inventoryFile, objectKey } from "../../../../sandbox/inventory/inventory";
import { sandboxObject } from "../../../support/sandbox-objects";

describe("the inventory", () => {
	let folder: string;
	let inventory: Inventory;

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "meridian-test-"));
		inventory = Inventory.open(folder);
	});

	afterEach(() => {
		inventory.close();
		rmSync(folder, { recursive: true, force: true });
	});

	it("keeps an object until it is removed", () => {
		const object = sandboxObject();
		inventory.put(object);
		assert.deepEqual(inventory.get(objectKey(object)), object);
		assert.deepEqual(inventory.objects(), [object]);
		inventory.remove(object);
		assert.equal(inventory.get(objectKey(object)), undefined);
		assert.deepEqual(inventory.retained(), []);
	});

	it("replaces an object of the same key", () => {
		inventory.put(sandboxObject());
		inventory.put(sandboxObject({ outputs: { name: "nodes", path: "/" } }));
		assert.deepEqual(
			inventory.objects().map(({ outputs }) => outputs.path),
			["/"],
		);
	});

	it("tells objects of one id apart by type, account and region", () => {
		const variants = [
			sandboxObject(),
			sandboxObject({ type: "aws:iam/policy:Policy" }),
			sandboxObject({ account: "444455556666" }),
			sandboxObject({ region: "eu-west-1" }),
		];
		variants.forEach((object) => {
			inventory.put(object);
		});
		assert.equal(inventory.objects().length, 4);
		assert.equal(new Set(variants.map(objectKey)).size, 4);
	});

	it("moves what the cloud keeps to the retained list, with the reason", () => {
		const object = sandboxObject();
		for (const reason of ["pending deletion for 7 days", "pending deletion for 8 days"]) {
			inventory.put(object);
			inventory.remove(object, reason);
		}
		assert.deepEqual(inventory.objects(), []);
		assert.deepEqual(
			inventory.retained().map(({ reason }) => reason),
			["pending deletion for 7 days", "pending deletion for 8 days"],
		);
		assert.deepEqual(inventory.retained()[0]?.object, object);
	});

	it("does nothing where an object that is gone is removed", () => {
		inventory.remove(sandboxObject(), "kept");
		assert.deepEqual([inventory.objects(), inventory.retained()], [[], []]);
	});

	it("finds both objects of a resource that is being replaced", () => {
		const urn = "urn:pulumi:test::tests::aws:iam/role:Role::nodes";
		inventory.put(sandboxObject({ id: "old", urn }));
		inventory.put(sandboxObject({ id: "other" }));
		inventory.put(sandboxObject({ id: "new", urn }));
		assert.deepEqual(
			inventory.ofUrn(urn).map(({ id }) => id),
			["old", "new"],
		);
	});

	it("is read by others while it is open, and only read", () => {
		inventory.put(sandboxObject());
		const other = Inventory.read(folder);
		assert.deepEqual(other.objects(), inventory.objects());
		assert.throws(() => other.put(sandboxObject({ id: "more" })), /open for reading only/);
		assert.throws(() => other.remove(sandboxObject()), /open for reading only/);
		assert.equal(inventoryFile(folder), join(folder, "inventory.log"));
	});

	it("is the same after it was closed and opened, whatever was done to it", () => {
		const step = fc.record({ id: fc.constantFrom("a", "b", "c"), op: fc.constantFrom("put", "remove", "retain") });
		fc.assert(
			fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
				for (const { id, op } of steps) {
					const object = sandboxObject({ id, outputs: { step: op } });
					op === "put" ? inventory.put(object) : inventory.remove(object, op === "retain" ? "kept" : undefined);
				}
				const [live, kept] = [inventory.objects(), inventory.retained()];
				inventory.close();
				inventory = Inventory.open(folder);
				assert.deepEqual(inventory.objects(), live);
				assert.deepEqual(inventory.retained(), kept);
			}),
			{ numRuns: 30 },
		);
	});
});

describe("an inventory in memory", () => {
	it("begins empty and keeps what the cloud has, for itself alone", () => {
		const [one, other] = [Inventory.inMemory(), Inventory.inMemory()];
		const object = sandboxObject();
		one.put(object);
		assert.deepEqual([one.get(objectKey(object)), one.objects(), other.objects()], [object, [object], []]);
		one.remove(object, "pending deletion");
		assert.deepEqual([one.objects(), one.retained()], [[], [{ object, reason: "pending deletion" }]]);
		one.close();
	});
});

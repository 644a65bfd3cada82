import assert from "node:assert/strict";
import { Inventory } from "../../../../sandbox/inventory/inventory";
import type { SandboxObject } from "../../../../sandbox/model";
import { Plans } from "../../../../sandbox/server/plans";
import { InventoryWorld } from "../../../../sandbox/world";

const TYPE = "azure-native:network:Subnet";

/** A subnet with a way out. */
function subnet(way: string, id = "subnet-1"): SandboxObject {
	const inputs = { way };
	return { type: TYPE, id, urn: "urn:subnet", account: "a", region: "r", inputs, outputs: inputs };
}

describe("what a preview plans", () => {
	const ways = (world: InventoryWorld) =>
		world.list(TYPE, { account: "a", region: "r" }).map(({ outputs }) => outputs.way);

	it("is seen in place of what is to change, until it has changed", () => {
		const inventory = Inventory.inMemory();
		const plans = new Plans(inventory);
		const world = new InventoryWorld(inventory, { planned: () => plans.list() });
		inventory.put(subnet("nat"));
		plans.change("urn:subnet", () => subnet("firewall"));
		assert.deepEqual(ways(world), ["firewall"]);
		assert.deepEqual(world.find([TYPE], "id", "subnet-1").length, 1);
		inventory.put(subnet("none"));
		assert.deepEqual(ways(world), ["none"]);
	});

	it("is not seen where only what lives counts", () => {
		const inventory = Inventory.inMemory();
		inventory.put(subnet("nat"));
		new Plans(inventory).change("urn:subnet", () => subnet("firewall"));
		assert.deepEqual(ways(new InventoryWorld(inventory)), ["nat"]);
	});

	it("is what will be made, as long as nothing of its URN lives", () => {
		const inventory = Inventory.inMemory();
		const plans = new Plans(inventory);
		const world = new InventoryWorld(inventory, { planned: () => plans.list() });
		plans.make(subnet("firewall", ""));
		assert.deepEqual(ways(world), ["firewall"]);
		inventory.put(subnet("nat"));
		assert.deepEqual(ways(world), ["nat"]);
	});
});

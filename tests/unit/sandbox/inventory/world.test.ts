import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Properties } from "../../../../lib/values";
import { Inventory } from "../../../../sandbox/inventory/inventory";
import type { Reference, SandboxObject, TypeModel } from "../../../../sandbox/model";
import { holders, InventoryWorld } from "../../../../sandbox/world";
import { sandboxObject } from "../../../support/sandbox-objects";

const here = { account: "111122223333", region: "us-east-1" };

describe("InventoryWorld", () => {
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

	it("finds live objects by id, and by an output at any depth", () => {
		const object = sandboxObject({ outputs: { arn: "arn:1", config: { endpoint: "https://a" } } });
		inventory.put(object);
		const world = new InventoryWorld(inventory);
		assert.deepEqual(world.find([object.type], "id", "nodes"), [object]);
		assert.deepEqual(world.find([object.type], "arn", "arn:1"), [object]);
		assert.deepEqual(world.find([object.type], "config.endpoint", "https://a"), [object]);
		assert.deepEqual(world.find([object.type], "arn", "arn:2"), []);
		assert.deepEqual(world.find(["aws:iam/policy:Policy"], "id", "nodes"), []);
	});

	it("lists a type within an account and region, global objects always", () => {
		for (const region of ["us-east-1", "eu-west-1", "global"]) {
			inventory.put(sandboxObject({ region, id: region }));
		}
		inventory.put(sandboxObject({ account: "444455556666", id: "foreign" }));
		const found = new InventoryWorld(inventory).list("aws:iam/role:Role", here);
		assert.deepEqual(found.map(({ id }) => id).sort(), ["global", "us-east-1"]);
	});

	it("sees what the same preview plans, until it is live", () => {
		const planned = sandboxObject({ id: "", outputs: { name: "planned" } });
		const world = new InventoryWorld(inventory, { planned: () => [planned] });
		assert.deepEqual(world.find([planned.type], "name", "planned"), [planned]);
		const live = sandboxObject({ id: "made", urn: planned.urn });
		inventory.put(live);
		assert.deepEqual(world.list(planned.type, here), [live]);
	});
});

describe("holders", () => {
	const subnet = "aws:ec2/subnet:Subnet";
	const vpc = sandboxObject({ type: "aws:ec2/vpc:Vpc", id: "vpc-1", outputs: { arn: "arn:vpc-1" } });

	function modelOf(reference: Reference): (type: string) => TypeModel | undefined {
		const model: TypeModel = { type: subnet, references: [reference], create: () => ({ id: "", outputs: {} }) };
		return (type) => (type === subnet ? model : undefined);
	}

	function member(inputs: Properties): SandboxObject {
		return sandboxObject({ type: subnet, id: "subnet-1", inputs });
	}

	const byId: Reference = { path: "vpcId", to: [vpc.type], by: "id" };

	it("are the objects that name the target", () => {
		const naming = member({ vpcId: "vpc-1" });
		assert.deepEqual(holders(vpc, [vpc, naming, member({ vpcId: "vpc-2" })], modelOf(byId)), [naming]);
	});

	it("are found in lists, and by what the reference repeats", () => {
		const naming = member({ targets: [{ arn: "arn:other" }, { arn: "arn:vpc-1" }] });
		assert.deepEqual(holders(vpc, [naming], modelOf({ path: "targets[].arn", to: [vpc.type], by: "arn" })), [naming]);
	});

	it("are not those whose reference does not hold, or means other types", () => {
		const naming = member({ vpcId: "vpc-1" });
		assert.deepEqual(holders(vpc, [naming], modelOf({ ...byId, holds: false })), []);
		assert.deepEqual(holders(vpc, [naming], modelOf({ ...byId, to: ["aws:ec2/routeTable:RouteTable"] })), []);
		assert.deepEqual(
			holders(vpc, [naming], () => undefined),
			[],
		);
	});
});

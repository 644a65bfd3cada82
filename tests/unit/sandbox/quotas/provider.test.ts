import assert from "node:assert/strict";
import { awsPackage } from "../../../../sandbox/aws/package";
import { Inventory } from "../../../../sandbox/inventory/inventory";
import { sandboxPackages } from "../../../../sandbox/packages";
import type { Grants } from "../../../../sandbox/quotas/grants";
import { Sessions } from "../../../../sandbox/server/sessions";
import { assertFault, HOME } from "../stage";

const TYPE = "aws:ec2/capacityReservation:CapacityReservation";
const seed = new Uint8Array(32);
const news = {
	availabilityZone: "us-east-1a",
	instanceCount: 2,
	instancePlatform: "Linux/UNIX",
	instanceType: "p5.48xlarge",
};
const call = (name: string) => ({ urn: `urn:pulumi:dev::meridian::${TYPE}::${name}`, type: TYPE, name });

describe("granted quotas in the running sandbox", () => {
	const granted = (machines: number): Grants => ({ [HOME.account]: { [HOME.region]: { p: machines * 192 } } });
	let grants: Grants;
	const provider = () => {
		const sessions = new Sessions(Inventory.inMemory(), sandboxPackages, { grants: () => grants });
		const config = { region: HOME.region, allowedAccountIds: JSON.stringify([HOME.account]) };
		assert.deepEqual(sessions.configure("c", awsPackage, config), []);
		return sessions.provider("c");
	};

	it("count what the same preview plans", async () => {
		grants = granted(3);
		const cloud = provider();
		assert.deepEqual(cloud.check(call("a"), { olds: {}, news, seed }).faults, []);
		await cloud.plan(call("a"), news);
		assertFault(cloud.check(call("b"), { olds: {}, news, seed }).faults, "instanceCount", /384 are taken/);
	});

	it("count what lives, at creation too, and follow a grant that is raised", async () => {
		grants = granted(3);
		const cloud = provider();
		await cloud.create(call("a"), news);
		assertFault(cloud.check(call("b"), { olds: {}, news, seed }).faults, "instanceCount", /384 are taken/);
		await assert.rejects(cloud.create(call("b"), news), /instanceCount: the quota "Running On-Demand P/);
		grants = granted(4);
		await cloud.create(call("b"), news);
	});
});

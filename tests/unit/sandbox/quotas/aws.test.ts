import assert from "node:assert/strict";
import { type Properties, UNKNOWN } from "../../../../lib/values";
import type { Fault, SandboxObject } from "../../../../sandbox/model";
import { type Estate, estate } from "../estate";
import { assertFault, HOME } from "../stage";

const GROUP = "aws:eks/nodeGroup:NodeGroup";
const RESERVATION = "aws:ec2/capacityReservation:CapacityReservation";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const VCPUS = 192;
const SIZE = "scalingConfig.desiredSize";

// The estate has an open reservation of two p5.48xlarge, and a group with one node of that type, which runs in it.
let at: Estate;
const grant = (machines: number, place = HOME): void => {
	at.stage.grants = { [place.account]: { [place.region]: { p: machines * VCPUS } } };
};
const group = (nodes: number, rest: Properties = {}): Properties => ({
	...at.of("nodeGroup").inputs,
	nodeGroupName: "other",
	scalingConfig: { minSize: 0, desiredSize: nodes, maxSize: Math.max(nodes, 1) },
	...rest,
});
const faults = (inputs: Properties, self?: SandboxObject): Fault[] =>
	at.stage.faults(GROUP, inputs, self ? { self } : {});

describe("granted quotas of EKS node groups", () => {
	beforeEach(() => {
		at = estate();
	});

	it("let nodes run up to what was granted, and refuse one more", () => {
		grant(4);
		assert.deepEqual(faults(group(3)), []);
		assert.deepEqual(faults(group(4)), [
			{
				property: SIZE,
				reason:
					'the quota "Running On-Demand P instances (L-417A185B)" grants 768 vCPU in us-east-1, 384 are taken, and this ' +
					"needs 576; ask the cloud for 960 and say so in accounts.aws.quotas.us-east-1.p, or use fewer machines",
			},
		]);
	});

	it("limit no family, region or account that nothing is said of", () => {
		at.stage.grants = { [HOME.account]: { [HOME.region]: { g: 0 } } };
		assert.deepEqual(faults(group(9)), []);
		for (const place of [
			{ ...HOME, region: "us-west-2" },
			{ ...HOME, account: "444455556666" },
		]) {
			grant(0, place);
			assert.deepEqual(faults(group(9)), []);
		}
	});

	it("do not count what runs in another region or account", () => {
		grant(3);
		const reserved = { ...at.of("reservation").inputs, instanceCount: 9 };
		for (const place of [
			{ ...HOME, region: "us-west-2" },
			{ ...HOME, account: "444455556666" },
		]) {
			at.stage.put(RESERVATION, reserved, place);
		}
		assert.deepEqual(faults(group(2)), []);
		assertFault(faults(group(3)), SIZE, /384 are taken/);
	});

	it("count a group that changes, or is replaced, with its new size alone", () => {
		grant(3);
		const self = at.of("nodeGroup");
		assert.deepEqual(faults(group(3, { nodeGroupName: "gpu" }), self), []);
		assertFault(faults(group(4, { nodeGroupName: "gpu" }), self), SIZE, /grants 576 .* needs 384;/);
		assert.deepEqual(faults(group(3, { nodeGroupName: "anew" }), self), []);
	});

	it("do not refuse what starts no further node where less was granted since", () => {
		const self = at.stage.put(GROUP, group(6));
		grant(4);
		assert.deepEqual(faults(group(6), self), []);
		assert.deepEqual(faults(group(5), self), []);
		assertFault(faults(group(7), self), SIZE, /ask the cloud for 1536/);
	});

	it("count spot nodes and capacity blocks for nothing", () => {
		grant(2);
		const refused = (capacityType: string): boolean =>
			faults(group(9, { capacityType })).some(({ reason }) => reason.includes("the quota"));
		assert.equal(refused("SPOT"), false);
		assert.equal(refused("CAPACITY_BLOCK"), false);
		assert.equal(refused("ON_DEMAND"), true);
	});

	it("count nodes in a reservation that they target once, and others beside it", () => {
		const reserved = { ...at.of("reservation").inputs, instanceMatchCriteria: "targeted", instanceCount: 3 };
		const { id } = at.stage.make(RESERVATION, reserved);
		const target = { capacityReservationTarget: { capacityReservationId: id } };
		const inputs = { ...at.of("template").inputs, name: "targeted", capacityReservationSpecification: target };
		const template = at.stage.put(TEMPLATE, inputs);
		grant(5);
		assert.deepEqual(faults(group(3, { launchTemplate: { id: template.id, version: "1" } })), []);
		assert.deepEqual(faults(group(1)), [], "there is room for one more in the open reservation");
		assertFault(faults(group(2)), SIZE, /960 are taken, and this needs 192/);
	});

	it("leave undecided where the nodes may run in a reservation that a preview does not know yet", () => {
		grant(2);
		const unknown = { launchTemplate: { id: UNKNOWN, version: "1" }, instanceTypes: ["p5.48xlarge"] };
		assert.deepEqual(faults(group(9, unknown)), []);
		at.stage.objects.splice(at.stage.objects.indexOf(at.of("reservation")), 1);
		assertFault(faults(group(2, unknown)), SIZE, /192 are taken, and this needs 384/);
	});
});

describe("granted quotas of capacity reservations", () => {
	beforeEach(() => {
		at = estate();
	});

	it("count every instance, whether or not one runs", () => {
		grant(4);
		const reserved = (instanceCount: number): Fault[] =>
			at.stage.faults(RESERVATION, {
				...at.of("reservation").inputs,
				instanceMatchCriteria: "targeted",
				instanceCount,
			});
		assert.deepEqual(reserved(2), []);
		assertFault(reserved(3), "instanceCount", /grants 768 vCPU in us-east-1, 384 are taken, and this needs 576/);
	});

	it("count one that changes with its new number alone", () => {
		grant(3);
		const self = at.of("reservation");
		const resized = (instanceCount: number): Fault[] =>
			at.stage.faults(RESERVATION, { ...self.inputs, instanceCount }, { self });
		assert.deepEqual(resized(3), []);
		assertFault(resized(4), "instanceCount", /ask the cloud for 768/);
	});
});

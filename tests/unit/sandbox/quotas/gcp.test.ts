import assert from "node:assert/strict";
import type { Properties } from "../../../../lib/values";
import type { Fault, SandboxObject } from "../../../../sandbox/model";
import { changed } from "../azure/rows";
import { type Estate, estate } from "../gcp/estate";
import { assertFault, PROJECT } from "../stage";

const POOL = "gcp:container/nodePool:NodePool";
const RESERVATION = "gcp:compute/reservation:Reservation";
const AFFINITY = "nodeConfig.reservationAffinity";

// The estate has a reservation of four a3-highgpu-8g, and a pool of four nodes that draws from it.
let at: Estate;
const grant = (machines: number, region = PROJECT.region): void => {
	at.stage.grants = { [PROJECT.account]: { [region]: { h100: machines * 8 } } };
};
const onDemand = (nodeCount: number, changes: Properties = {}): Properties =>
	changed(at.of("gpu").inputs, {
		name: "second",
		nodeCount,
		[AFFINITY]: { consumeReservationType: "NO_RESERVATION" },
		...changes,
	});
const faults = (inputs: Properties, self?: SandboxObject): Fault[] =>
	at.stage.faults(POOL, inputs, self ? { self } : {});

describe("granted quotas of GKE node pools", () => {
	beforeEach(() => {
		at = estate();
	});

	it("let nodes run up to what was granted, and refuse one more", () => {
		grant(6);
		assert.deepEqual(faults(onDemand(2)), []);
		assertFault(
			faults(onDemand(3)),
			"nodeCount",
			/^the quota "GPUs of family nvidia-h100-80gb" grants 48 GPUs in us-central1, 32 are taken, and this needs 24; ask the cloud for 56 /,
		);
	});

	it("limit nothing in another region, nor in a family that nothing is said of", () => {
		grant(0, "europe-west4");
		assert.deepEqual(faults(onDemand(9)), []);
		at.stage.grants = { [PROJECT.account]: { [PROJECT.region]: { h200: 0 } } };
		assert.deepEqual(faults(onDemand(9)), []);
	});

	it("count nodes of all zones", () => {
		grant(6);
		const zones = { nodeLocations: ["us-central1-a", "us-central1-b"], placementPolicy: null };
		assert.ok(!faults(onDemand(1, zones)).some(({ reason }) => reason.includes("the quota")));
		assertFault(faults(onDemand(2, zones)), "nodeCount", /needs 32/);
	});

	it("count a pool that changes with its new size alone", () => {
		grant(6);
		const self = at.stage.make(POOL, onDemand(1));
		assert.deepEqual(faults(onDemand(2), self), []);
		assertFault(faults(onDemand(3), self), "nodeCount", /32 are taken, and this needs 24/);
	});

	it("count flex-start, spot and capacity that the sandbox does not have for nothing", () => {
		grant(4);
		const free: readonly Properties[] = [
			{ "nodeConfig.spot": true },
			{ "nodeConfig.flexStart": true },
			{ [AFFINITY]: { ...Object(at.of("gpu").inputs.nodeConfig).reservationAffinity, values: ["window"] } },
		];
		for (const changes of free) {
			assert.ok(!faults(onDemand(4, changes)).some(({ reason }) => reason.includes("the quota")));
		}
		assertFault(faults(onDemand(1)), "nodeCount", /grants 32 GPUs/);
	});
});

describe("granted quotas of Google Cloud's reservations", () => {
	beforeEach(() => {
		at = estate();
	});

	it("count every machine once, with the nodes that run in it", () => {
		grant(6);
		const reserved = (count: number): Fault[] =>
			at.stage.faults(
				RESERVATION,
				changed(at.of("reservation").inputs, { name: "more", "specificReservation.count": count }),
			);
		assert.deepEqual(reserved(2), []);
		assertFault(reserved(3), "specificReservation.count", /32 are taken, and this needs 24/);
	});
});

import assert from "node:assert/strict";
import { isObject, type Properties } from "../../../../lib/values";
import { TYPE } from "../../../../sandbox/azure/types";
import { list } from "../../../../sandbox/check/inputs";
import type { Fault, SandboxObject } from "../../../../sandbox/model";
import { Bench, changed } from "../azure/rows";
import { assertFault, type Stage, SUBSCRIPTION } from "../stage";

const GPUS = "standardNDSH100v5Family";

// The estate has a group with two reserved Standard_ND96isr_H100_v5, a pool of two nodes in it, and a cluster with a
// profile of three Standard_D8ds_v5.
const bench = new Bench();
let stage: Stage;
let region: string;
const grant = (family: string, amount: number, where = region): void => {
	stage.grants = { [SUBSCRIPTION.account]: { [where]: { [family]: amount } } };
};
const pool = (count: number, changes: Properties = {}): Properties =>
	bench.but("pool", { agentPoolName: "other", capacityReservationGroupID: null, count, ...changes });
const quotaFaults = (type: string, inputs: Properties, self?: SandboxObject): Fault[] =>
	stage.faults(type, inputs, self ? { self } : {}).filter(({ reason }) => reason.startsWith("the quota"));

describe("granted quotas of AKS", () => {
	beforeEach(() => {
		stage = bench.set();
		region = String(bench.of("cluster").outputs.location);
	});

	it("let a pool's nodes run up to what was granted, and refuse one more", () => {
		grant(GPUS, 4 * 96);
		assert.deepEqual(quotaFaults(TYPE.agentPool, pool(2)), []);
		const refused = quotaFaults(TYPE.agentPool, pool(3));
		assert.equal(refused.length, 1);
		assertFault(
			refused,
			"count",
			/"standardNDSH100v5Family vCPUs" grants 384 vCPU .* 192 are taken, and this needs 288/,
		);
	});

	it("limit nothing in another region", () => {
		grant(GPUS, 0, "elsewhere");
		assert.deepEqual(quotaFaults(TYPE.agentPool, pool(9)), []);
	});

	it("count nodes in a reservation once, and those beyond it", () => {
		grant(GPUS, 3 * 96);
		const within = { capacityReservationGroupID: bench.of("reservationGroup").id };
		assert.deepEqual(quotaFaults(TYPE.agentPool, pool(1, within)), []);
		assertFault(quotaFaults(TYPE.agentPool, pool(2, within)), "count", /192 are taken, and this needs 192/);
	});

	it("count a pool that changes with its new size alone, and spot machines for nothing", () => {
		grant(GPUS, 4 * 96);
		const self = bench.of("pool");
		assert.deepEqual(quotaFaults(TYPE.agentPool, { ...self.inputs, count: 4 }, self), []);
		assertFault(quotaFaults(TYPE.agentPool, { ...self.inputs, count: 5 }, self), "count", /this needs 288/);
		assert.deepEqual(quotaFaults(TYPE.agentPool, pool(9, { scaleSetPriority: "Spot" })), []);
	});

	it("count what is reserved", () => {
		grant(GPUS, 4 * 96);
		const reserved = (capacity: number): Fault[] =>
			quotaFaults(
				TYPE.reservation,
				bench.but("reservation", { capacityReservationName: "more", "sku.capacity": capacity }),
			);
		assert.deepEqual(reserved(2), []);
		assertFault(reserved(3), "sku.capacity", /192 are taken, and this needs 288/);
	});

	it("count the pools of a cluster's own profile", () => {
		const [first] = list(bench.of("cluster").inputs, "agentPoolProfiles");
		const cluster = (count: number): Properties =>
			bench.but("cluster", {
				resourceName: "another",
				agentPoolProfiles: [changed(isObject(first) ? first : {}, { count })],
			});
		grant("standardDDSv5Family", 6 * 8);
		assert.deepEqual(quotaFaults(TYPE.cluster, cluster(3)), []);
		assertFault(quotaFaults(TYPE.cluster, cluster(4)), "agentPoolProfiles[0].count", /24 are taken, and this needs 32/);
	});
});

import { strict as assert } from "node:assert";
import { gcpCapacityShape } from "../../../components/compute/gcp-capacity";
import { movedByOthers, nodesInEachZone, poolParts, poolSize } from "../../../components/compute/gcp-pool-size";
import type { GcpCapacity, GcpGpuPoolSpec } from "../../../spec/schema/gcp-region";

function pool(capacity: GcpCapacity, bounds: { readonly min?: number; readonly max?: number } = {}): GcpGpuPoolSpec {
	const fixed = { name: "p", instanceType: "a3-megagpu-8g", zone: "europe-west4-b", rootVolume: "200GiB" } as const;
	return { ...fixed, nodes: 8, capacity, ...bounds };
}

const onDemand = { kind: "on-demand" } as const;
const made = { kind: "reservation", create: true } as const;

describe("the parts of a GPU pool on Google Cloud", () => {
	it("are one for every capacity but a reservation that is made smaller than the pool may grow", () => {
		assert.deepEqual(poolParts(pool(onDemand, { max: 16 })), {
			own: { nodes: 8, min: 8, max: 16 },
			beyond: undefined,
		});
		const named = { kind: "reservation", create: false, name: "r" } as const;
		assert.equal(poolParts(pool(named, { max: 16 })).beyond, undefined);
		assert.equal(poolParts(pool(made)).beyond, undefined);
	});

	it("hold the reserved nodes, and the others on demand", () => {
		assert.deepEqual(poolParts(pool(made, { min: 4, max: 16 })), {
			own: { nodes: 8, min: 4, max: 8 },
			beyond: { nodes: 0, min: 0, max: 8 },
		});
	});
});

describe("the size of a GPU pool on Google Cloud", () => {
	const shape = gcpCapacityShape(onDemand);

	it("is a fixed count where nothing moves it", () => {
		assert.deepEqual(poolSize({ nodes: 8, min: 8, max: 8 }, shape), { nodeCount: 8 });
		assert.deepEqual(movedByOthers({ nodes: 8, min: 8, max: 8 }, shape), []);
	});

	it("is the autoscaler's between its limits, and its start is not put back", () => {
		const bounds = { nodes: 8, min: 4, max: 16 };
		assert.deepEqual(poolSize(bounds, shape), {
			initialNodeCount: 8,
			autoscaling: { totalMinNodeCount: 4, totalMaxNodeCount: 16, locationPolicy: "ANY" },
		});
		assert.deepEqual(movedByOthers(bounds, shape), ["initialNodeCount"]);
	});

	it("is the window's for purchased capacity", () => {
		const window = { starts: "2026-12-01T00:00:00Z", ends: "2026-12-02T00:00:00Z" };
		const calendar = gcpCapacityShape({ kind: "calendar", name: "c", ...window });
		assert.deepEqual(poolSize({ nodes: 8, min: 8, max: 8 }, calendar), { nodeCount: 0 });
		assert.deepEqual(movedByOthers({ nodes: 8, min: 8, max: 8 }, calendar), ["nodeCount"]);
	});

	it("is the same number in each zone for the system pool", () => {
		assert.equal(nodesInEachZone(24, 3), 8);
		assert.equal(nodesInEachZone(4, 3), 2);
	});
});

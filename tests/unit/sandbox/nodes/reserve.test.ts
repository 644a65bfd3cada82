import assert from "node:assert/strict";
import fc from "fast-check";
import { aksReserve, eksReserve, gkeReserve } from "../../../../sandbox/nodes/reserve";

describe("what clouds keep of a node", () => {
	it("is on EKS 70 millicores and 574 MiB of an m5.large with 29 pods, and 100 MiB for eviction", () => {
		assert.deepEqual(eksReserve({ vcpus: 2, pods: 29 }), { cpuMillis: 70, memoryMib: 674, diskGib: 1 });
	});

	it("is on GKE 80 millicores and 2.5 GiB of four cores and 15 GiB, and 100 MiB for eviction", () => {
		const { cpuMillis, memoryMib } = gkeReserve({ vcpus: 4, memoryGib: 15, diskGib: 100 });
		assert.deepEqual({ cpuMillis, memoryMib }, { cpuMillis: 80, memoryMib: 2560 + 100 });
	});

	it("is on AKS 650 MB of 8 GB with 30 pods, and never more than a quarter of the memory", () => {
		assert.equal(aksReserve({ vcpus: 2, memoryGib: 8, pods: 30 }).memoryMib, 650 + 100);
		assert.equal(aksReserve({ vcpus: 2, memoryGib: 4, pods: 70 }).memoryMib, 1024 + 100);
	});

	it("is on AKS that of the next smaller machine in its table", () => {
		const millis = (vcpus: number): number => aksReserve({ vcpus, memoryGib: 64, pods: 30 }).cpuMillis;
		assert.deepEqual([1, 2, 4, 6, 8, 32, 48, 64, 96].map(millis), [60, 100, 140, 140, 180, 420, 420, 740, 740]);
	});

	it("grows with the machine and leaves most of it to pods", () => {
		const sizes = fc.record({ vcpus: fc.integer({ min: 2, max: 256 }), memoryGib: fc.integer({ min: 8, max: 4096 }) });
		fc.assert(
			fc.property(sizes, ({ vcpus, memoryGib }) => {
				const kept = [
					eksReserve({ vcpus, pods: 30 }),
					gkeReserve({ vcpus, memoryGib, diskGib: 100 }),
					aksReserve({ vcpus, memoryGib, pods: 30 }),
				];
				for (const { cpuMillis, memoryMib } of kept) {
					assert.ok(cpuMillis > 0 && cpuMillis < vcpus * 1000 * 0.1);
					assert.ok(memoryMib > 0 && memoryMib < memoryGib * 1024 * 0.4);
				}
			}),
		);
	});
});

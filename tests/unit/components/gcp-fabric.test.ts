import { strict as assert } from "node:assert";
import { capacityConfig, gcpCapacityShape } from "../../../components/compute/gcp-capacity";
import { fabricNetworks, poolNetworks } from "../../../components/network/gcp-fabric-layout";
import type { GcpGpuPoolSpec } from "../../../spec/schema/gcp-region";

function pool(instanceType: string, zone = "europe-west4-b"): GcpGpuPoolSpec {
	return { name: "p", instanceType, zone, nodes: 4, rootVolume: "200GiB", capacity: { kind: "on-demand" } };
}

describe("the networks of a GPU pool on Google Cloud", () => {
	it("are four for A3 High and eight for A3 Mega, each a VPC of its own", () => {
		assert.equal(poolNetworks(pool("a3-highgpu-8g")).length, 4);
		const mega = poolNetworks(pool("a3-megagpu-8g"));
		assert.equal(new Set(mega.map(({ vpc }) => vpc)).size, 8);
	});

	it("are one gVNIC and eight subnets of one RDMA network for A3 Ultra and A4", () => {
		for (const type of ["a3-ultragpu-8g", "a4-highgpu-8g"]) {
			const networks = poolNetworks(pool(type, "europe-west4-a"));
			assert.equal(networks.length, 9);
			const rdma = networks.filter(({ rdmaZone }) => rdmaZone === "europe-west4-a");
			assert.equal(rdma.length, 8);
			assert.equal(new Set(rdma.map(({ vpc }) => vpc)).size, 1);
		}
	});

	it("are none for A2, whose GPUs have no network of their own", () => {
		assert.deepEqual(poolNetworks(pool("a2-highgpu-8g")), []);
	});

	it("are shared by pools of one kind", () => {
		assert.equal(fabricNetworks([pool("a3-megagpu-8g"), pool("a3-megagpu-8g")]).length, 8);
		assert.equal(fabricNetworks([pool("a3-megagpu-8g"), pool("a3-highgpu-8g")]).length, 8);
	});
});

describe("the capacity of a GPU pool on Google Cloud", () => {
	it("is placed compactly on demand only: a reservation has its own placement", () => {
		assert.equal(gcpCapacityShape({ kind: "on-demand" }).compact, true);
		assert.equal(gcpCapacityShape({ kind: "reservation", create: true }).compact, false);
	});

	it("draws from its reservation and from no other", () => {
		assert.deepEqual(capacityConfig({ kind: "reservation", create: false, name: "r" }, "r").reservationAffinity, {
			consumeReservationType: "SPECIFIC_RESERVATION",
			key: "compute.googleapis.com/reservation-name",
			values: ["r"],
		});
		assert.deepEqual(capacityConfig({ kind: "on-demand" }, undefined).reservationAffinity, {
			consumeReservationType: "NO_RESERVATION",
		});
	});

	it("lets a flexible node live as long as the specification says, in seconds", () => {
		const config = capacityConfig({ kind: "flex-start", maxRun: "2d" }, undefined);
		assert.equal(config.flexStart, true);
		assert.equal(config.maxRunDuration, "172800s");
	});

	it("makes a calendar pool empty until its window opens", () => {
		const window = { starts: "2026-12-01T00:00:00Z", ends: "2026-12-02T00:00:00Z" };
		assert.equal(gcpCapacityShape({ kind: "calendar", name: "c", ...window }).startsEmpty, true);
	});
});

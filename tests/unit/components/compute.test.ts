import { strict as assert } from "node:assert";
import { parse } from "yaml";
import { blockDrainsAt } from "../../../catalogue/aws/capacity-blocks";
import { INSTANCE_TYPES, instanceType } from "../../../catalogue/aws/instance-types";
import { acceleratorProfile } from "../../../components/compute/aws-accelerator";
import { capacityShape } from "../../../components/compute/aws-capacity";
import { autoscaled, scalingConfig } from "../../../components/compute/aws-pool-bounds";
import { interfaceLayout } from "../../../components/compute/efa-layout";
import { nodeUserData } from "../../../components/compute/node-config";
import type { AwsCapacity } from "../../../spec/schema/aws-region";

describe("interfaceLayout", () => {
	for (const [name, type] of Object.entries(INSTANCE_TYPES)) {
		it(`attaches every adapter of ${name}, one interface to a card and device`, () => {
			const layout = interfaceLayout(type);
			const adapters = layout.filter((slot) => slot.interfaceType === "efa-only");
			assert.equal(adapters.length, type.maxEfa);
			const places = layout.map((slot) => `${slot.networkCardIndex}/${slot.deviceIndex}`);
			assert.equal(new Set(places).size, places.length);
			assert.deepEqual(layout[0], { networkCardIndex: 0, deviceIndex: 0, interfaceType: "interface" });
		});
	}

	it("puts no adapter on card 0 of p6-b300, which is ENA alone", () => {
		const type = instanceType("p6-b300.48xlarge");
		assert.ok(type);
		const cards = interfaceLayout(type)
			.filter((slot) => slot.interfaceType === "efa-only")
			.map((slot) => slot.networkCardIndex);
		assert.equal(Math.min(...cards), 1);
		assert.equal(cards.length, 16);
	});
});

describe("capacityShape", () => {
	const id = "cr-0123456789abcdef0";
	const placed = (capacity: AwsCapacity) => capacityShape({ capacity, nodes: 4 }).placementGroup;

	it("never puts a capacity block or a foreign reservation into a placement group", () => {
		const window = { starts: "2026-12-01T11:30:00Z", ends: "2026-12-15T11:30:00Z" };
		const block = { kind: "capacity-block", id, opened: false, ...window } as const;
		assert.deepEqual(capacityShape({ capacity: block, nodes: 4 }), {
			capacityType: "CAPACITY_BLOCK",
			typeIn: "template",
			marketType: "capacity-block",
			placementGroup: false,
			reserved: "only",
			startsEmpty: true,
		});
		assert.equal(capacityShape({ capacity: { ...block, opened: true }, nodes: 4 }).startsEmpty, false);
		assert.equal(placed({ kind: "reservation", id, create: false }), false);
		assert.equal(placed({ kind: "reservation", create: true }), true);
		assert.equal(placed({ kind: "on-demand" }), true);
	});

	it("takes a reservation first, and on demand beyond it, only where its own pool may outgrow it", () => {
		const reserved = (capacity: AwsCapacity, max?: number) => capacityShape({ capacity, nodes: 4, max }).reserved;
		assert.equal(reserved({ kind: "reservation", create: true }), "only");
		assert.equal(reserved({ kind: "reservation", create: true }, 4), "only");
		assert.equal(reserved({ kind: "reservation", create: true }, 5), "first");
		assert.equal(reserved({ kind: "reservation", id, create: false }, 5), "only");
		assert.equal(reserved({ kind: "on-demand" }, 5), "none");
	});
});

describe("scalingConfig", () => {
	it("keeps a pool without bounds at its size, and gives EKS a largest size of at least 1", () => {
		assert.deepEqual(scalingConfig({ nodes: 4 }), { minSize: 4, desiredSize: 4, maxSize: 4 });
		assert.deepEqual(scalingConfig({ nodes: 0 }), { minSize: 0, desiredSize: 0, maxSize: 1 });
		assert.deepEqual(autoscaled({ nodes: 4 }), {});
	});

	it("leaves the size to an autoscaler within bounds", () => {
		const sizes = { nodes: 4, min: 2, max: 8 };
		assert.deepEqual(scalingConfig(sizes), { minSize: 2, desiredSize: 4, maxSize: 8 });
		assert.deepEqual(autoscaled(sizes), { ignoreChanges: ["scalingConfig.desiredSize"] });
		assert.deepEqual(autoscaled({ nodes: 4, min: 2 }), { ignoreChanges: ["scalingConfig.desiredSize"] });
	});
});

describe("acceleratorProfile", () => {
	const profile = (name: string) => {
		const type = instanceType(name);
		assert.ok(type);
		return acceleratorProfile(type);
	};

	it("runs Neuron on AWS's own chips, NVIDIA's driver on GPUs", () => {
		for (const name of ["inf2.48xlarge", "trn2.48xlarge"]) {
			assert.equal(profile(name).amiType, "AL2023_x86_64_NEURON");
			assert.equal(profile(name).resource, "aws.amazon.com/neuron");
		}
		for (const name of ["p4d.24xlarge", "p4de.24xlarge", "p5.48xlarge"]) {
			assert.equal(profile(name).amiType, "AL2023_x86_64_NVIDIA");
			assert.equal(profile(name).resource, "nvidia.com/gpu");
		}
	});
});

describe("blockDrainsAt", () => {
	it("empties a block 30 minutes before EC2 begins to, which is 30 minutes before its end", () => {
		assert.equal(blockDrainsAt("2026-12-15T11:30:00Z"), "2026-12-15T10:30:00Z");
	});
});

describe("nodeUserData", () => {
	const config = (striped: boolean) => {
		const text = Buffer.from(nodeUserData({ stripeLocalDisks: striped }), "base64").toString("utf8");
		const part = /Content-Type: application\/node\.eks\.aws\n\n([\s\S]*?)\n\n--/.exec(text)?.[1];
		return parse(part ?? "");
	};

	it("is a MIME document with one nodeadm part that stripes local disks", () => {
		assert.deepEqual(config(true), {
			apiVersion: "node.eks.aws/v1alpha1",
			kind: "NodeConfig",
			spec: { featureGates: { FastImagePull: true }, instance: { localStorage: { strategy: "RAID0" } } },
		});
	});

	it("leaves nodes without local disks alone", () => {
		assert.deepEqual(config(false).spec, { featureGates: { FastImagePull: false } });
	});
});

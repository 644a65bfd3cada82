import { strict as assert } from "node:assert";
import type { Blueprint, ResourceNode } from "../../lib/graph";
import { awsOnly, blueprintOf, type SpecValue, withSetting } from "../support/environments";

const POOL = "regions.0.gpuPools.0";
const GROUP = "aws:eks/nodeGroup:NodeGroup";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

/** The blueprint of dev's AWS region with settings of its GPU pool. */
function withPool(settings: { readonly [path: string]: unknown }): Promise<Blueprint> {
	const value = Object.entries(settings).reduce<SpecValue>(
		(spec, [path, setting]) => withSetting(spec, `${POOL}.${path}`, setting),
		awsOnly("dev"),
	);
	return blueprintOf(value);
}

function ofPool({ resources }: Blueprint, type: string): ResourceNode[] {
	return resources.filter((node) => node.type === type && node.name.includes("-foundation-"));
}

function single(blueprint: Blueprint, type: string): ResourceNode {
	const [node, ...more] = ofPool(blueprint, type);
	assert.ok(node && more.length === 0, `one ${type}`);
	return node;
}

describe("AWS pools that move", () => {
	it("draw on their own reservation first, and leave the size to an autoscaler", async () => {
		const blueprint = await withPool({ capacity: { kind: "reservation", create: true }, min: 2, max: 8 });
		const reservation = single(blueprint, "aws:ec2/capacityReservation:CapacityReservation");
		assert.equal(reservation.inputs.instanceCount, 4);
		assert.equal(reservation.inputs.instanceMatchCriteria, "open");
		const { inputs } = single(blueprint, TEMPLATE);
		assert.deepEqual(inputs.capacityReservationSpecification, { capacityReservationPreference: "open" });
		const group = single(blueprint, GROUP);
		assert.deepEqual(group.inputs.scalingConfig, { minSize: 2, desiredSize: 4, maxSize: 8 });
		assert.deepEqual(group.inputs.updateConfig, { maxUnavailable: 1, updateStrategy: "MINIMAL" });
		assert.deepEqual(group.options.ignoreChanges, ["scalingConfig.desiredSize"]);
	});
});

describe("AWS pools on a capacity block", () => {
	const block = {
		kind: "capacity-block",
		id: "cr-0123456789abcdef0",
		starts: "2099-12-01T11:30:00Z",
		ends: "2099-12-15T11:30:00Z",
	};
	const actions = (blueprint: Blueprint) =>
		ofPool(blueprint, "aws:autoscaling/schedule:Schedule").map(({ inputs }) => [
			inputs.scheduledActionName,
			inputs.startTime,
			inputs.desiredCapacity,
		]);
	const drain = ["frontier-dev-aws-us-east-1-foundation-drain", "2099-12-15T10:30:00Z", 0];

	it("begin empty, are filled at the start and emptied an hour before the end", async () => {
		const blueprint = await withPool({ capacity: block });
		assert.deepEqual(single(blueprint, GROUP).inputs.scalingConfig, { minSize: 0, desiredSize: 0, maxSize: 4 });
		assert.deepEqual(actions(blueprint), [
			drain,
			["frontier-dev-aws-us-east-1-foundation-open", "2099-12-01T11:30:00Z", 4],
		]);
	});

	it("begin filled, and are only emptied, where the window has opened", async () => {
		const blueprint = await withPool({ capacity: { ...block, opened: true } });
		assert.deepEqual(single(blueprint, GROUP).inputs.scalingConfig, { minSize: 0, desiredSize: 4, maxSize: 4 });
		assert.deepEqual(actions(blueprint), [drain]);
	});
});

describe("AWS pools of other accelerators", () => {
	const rows = [
		{ type: "inf2.48xlarge", image: "AL2023_x86_64_NEURON", resource: "aws.amazon.com/neuron", adapters: 0 },
		{ type: "p4d.24xlarge", image: "AL2023_x86_64_NVIDIA", resource: "nvidia.com/gpu", adapters: 4, gpu: "a100" },
		{ type: "p4de.24xlarge", image: "AL2023_x86_64_NVIDIA", resource: "nvidia.com/gpu", adapters: 4, gpu: "a100-80gb" },
	];
	for (const { type, image, resource, adapters, gpu } of rows) {
		it(`run ${type} with its image, label, taint and ${adapters} adapters`, async () => {
			const blueprint = await withPool({ instanceType: type });
			const { inputs } = single(blueprint, GROUP);
			assert.equal(inputs.amiType, image);
			assert.deepEqual(inputs.labels, {
				"meridian.dev/pool": "foundation",
				[`${resource}.present`]: "true",
				...(adapters > 0 ? { "vpc.amazonaws.com/efa.present": "true" } : {}),
				...(gpu ? { "k8s.amazonaws.com/accelerator": gpu } : {}),
			});
			assert.deepEqual(inputs.taints, [{ key: resource, value: "true", effect: "NO_SCHEDULE" }]);
			const { networkInterfaces } = single(blueprint, TEMPLATE).inputs;
			assert.equal(Array.isArray(networkInterfaces) && networkInterfaces.length, adapters + 1);
		});
	}
});

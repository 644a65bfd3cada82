import { strict as assert } from "node:assert";
import { parse } from "yaml";
import { INSTANCE_TYPES, instanceType } from "../../../catalogue/aws/instance-types";
import { capacityShape } from "../../../components/compute/aws-capacity";
import { interfaceLayout } from "../../../components/compute/efa-layout";
import { nodeUserData } from "../../../components/compute/node-config";

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
	it("never puts a capacity block or a foreign reservation into a placement group", () => {
		const window = { starts: "2026-12-01T11:30:00Z", ends: "2026-12-15T11:30:00Z" };
		const block = capacityShape({ kind: "capacity-block", id: "cr-0123456789abcdef0", ...window });
		assert.deepEqual(block, {
			capacityType: "CAPACITY_BLOCK",
			typeIn: "template",
			marketType: "capacity-block",
			placementGroup: false,
			reservedOnly: true,
			startsEmpty: true,
		});
		assert.equal(
			capacityShape({ kind: "reservation", id: "cr-0123456789abcdef0", create: false }).placementGroup,
			false,
		);
		assert.equal(capacityShape({ kind: "reservation", create: true }).placementGroup, true);
		assert.equal(capacityShape({ kind: "on-demand" }).placementGroup, true);
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

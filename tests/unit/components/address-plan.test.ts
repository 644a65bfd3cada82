import { strict as assert } from "node:assert";
import fc from "fast-check";
import { MACHINE_TYPES } from "../../../catalogue/gcp/machine-types";
import { podAddresses, podsPerNode } from "../../../catalogue/gcp/pods";
import { type AddressPlan, addressIn, planAddresses, rangeFor } from "../../../components/network/address-plan";
import { planAwsAddresses } from "../../../components/network/aws-address-plan";
import { planAzureAddresses } from "../../../components/network/azure-address-plan";
import { planGcpAddresses } from "../../../components/network/gcp-address-plan";
import { fabricNetworks } from "../../../components/network/gcp-fabric-layout";
import { contains, overlaps, parseCidr, sizeOf } from "../../../lib/cidr";
import { azureRegion } from "../../../spec/schema/azure-region";
import type { GcpGpuPoolSpec } from "../../../spec/schema/gcp-region";

const zones = ["a", "b", "c"];
const regionZones = ["europe-west4-a", "europe-west4-b", "europe-west4-c"];

function pool(instanceType: string, zone: string): GcpGpuPoolSpec {
	return { name: "p", instanceType, zone, nodes: 4, rootVolume: "200GiB", capacity: { kind: "on-demand" } };
}

function range(text: string) {
	const parsed = parseCidr(text);
	assert.ok(parsed, text);
	return parsed;
}

const plans: { readonly [cloud: string]: (text: string) => AddressPlan } = {
	aws: (text) => planAwsAddresses(text, zones),
	gcp: (text) => planGcpAddresses(text, regionZones),
	azure: planAzureAddresses,
};

for (const [cloud, plan] of Object.entries(plans)) {
	describe(`the address plan of ${cloud}`, () => {
		const network = fc.integer({ min: 0, max: 255 }).map((second) => `10.${second}.0.0/16`);

		it("never lets two ranges overlap, and keeps each aligned inside the network", () => {
			fc.assert(
				fc.property(network, (text) => {
					const ranges = plan(text).ranges.map(({ cidr }) => range(cidr));
					ranges.forEach((one, i) => {
						assert.ok(contains(range(text), one));
						assert.equal(one.base % sizeOf(one), 0n);
						ranges.slice(i + 1).forEach((other) => {
							assert.ok(!overlaps(one, other));
						});
					});
				}),
			);
		});
	});
}

describe("a region of 256 nodes on Google Cloud", () => {
	/** 208 nodes with GPUs and 48 of the system pool (the largest that the platform's figures ask of one region). */
	const nodes = { gpu: 208, system: 48 };
	const plan = planGcpAddresses("10.68.0.0/16", regionZones);
	const room = (purpose: "pods" | "compute" | "endpoints", key = "") => sizeOf(range(rangeFor(plan, purpose, key)));
	/** The first two and the last two addresses of a subnet are Google's. */
	const kept = 4n;

	it("has addresses for its nodes and one for the private endpoint", () => {
		assert.ok(room("compute") - kept >= BigInt(nodes.gpu + nodes.system));
		assert.ok(room("endpoints") >= 2n);
	});

	it("has addresses for the pods of every node, twice as many as pods in powers of two", () => {
		for (const { addresses, pods } of Object.values(podsPerNode)) {
			assert.equal(addresses, 2 ** Math.ceil(Math.log2(2 * pods)));
		}
		const wanted = nodes.gpu * podsPerNode.gpu.addresses + nodes.system * podsPerNode.system.addresses;
		assert.equal(wanted, 19_456);
		assert.ok(room("pods") >= BigInt(wanted));
		assert.equal(room("pods"), BigInt(podAddresses));
	});

	it("has an address for every GPU node in every network of every fabric", () => {
		const fabrics = plan.ranges.filter(({ purpose }) => purpose === "fabric");
		assert.equal(fabrics.length, 8 + 8 * regionZones.length);
		for (const { cidr } of fabrics) {
			assert.ok(sizeOf(range(cidr)) - kept >= BigInt(nodes.gpu), cidr);
		}
		const types = Object.keys(MACHINE_TYPES);
		const wanted = regionZones.flatMap((zone) => fabricNetworks(types.map((type) => pool(type, zone))));
		const planned = new Set(fabrics.map(({ key }) => key));
		assert.deepEqual(
			wanted.filter(({ key }) => !planned.has(key)),
			[],
		);
	});
});

describe("planAwsAddresses", () => {
	it("gives every zone one subnet of each purpose", () => {
		const { ranges } = planAwsAddresses("10.16.0.0/16", zones);
		for (const purpose of ["compute", "public", "control"]) {
			assert.deepEqual(
				ranges.filter((planned) => planned.purpose === purpose).map(({ key }) => key),
				zones,
			);
		}
	});

	it("gives compute 16,384 addresses a zone", () => {
		const plan = planAwsAddresses("10.16.0.0/16", zones);
		assert.deepEqual(
			zones.map((zone) => sizeOf(range(rangeFor(plan, "compute", zone)))),
			[16_384n, 16_384n, 16_384n],
		);
	});
});

describe("planGcpAddresses", () => {
	it("gives pods 32,768 addresses and nodes 4,096", () => {
		const plan = planGcpAddresses("10.17.0.0/16", regionZones);
		assert.equal(sizeOf(range(rangeFor(plan, "pods"))), 32_768n);
		assert.equal(sizeOf(range(rangeFor(plan, "compute"))), 4_096n);
	});

	it("has a place for every fabric network that a pool of the region could have", () => {
		const plan = planGcpAddresses("10.17.0.0/16", regionZones);
		const types = ["a3-highgpu-8g", "a3-megagpu-8g", "a3-ultragpu-8g", "a4-highgpu-8g"];
		const pools = types.flatMap((instanceType) => regionZones.map((zone) => pool(instanceType, zone)));
		for (const { key } of fabricNetworks(pools)) {
			assert.ok(sizeOf(range(rangeFor(plan, "fabric", key))) >= 512n, key);
		}
	});

	it("does not depend on the order in which zones are written", () => {
		const backwards = planGcpAddresses("10.17.0.0/16", [...regionZones].reverse());
		assert.deepEqual(backwards, planGcpAddresses("10.17.0.0/16", regionZones));
	});
});

describe("planAddresses", () => {
	it("refuses a range that is too small", () => {
		assert.throws(() => planAwsAddresses("10.16.0.0/17", zones), /too small for 18 parts/);
		assert.throws(() => planAwsAddresses("10.16.0.0/16", [...zones, "d"]), /too small for 24 parts/);
	});

	it("keeps the order, and aligns each part to its size", () => {
		const wanted = [
			{ purpose: "endpoints", key: "", prefix: 24 },
			{ purpose: "pods", key: "", prefix: 17 },
		] as const;
		assert.equal(rangeFor(planAddresses("10.0.0.0/16", wanted), "pods"), "10.0.128.0/17");
	});

	it("throws for a range that the plan does not have", () => {
		assert.throws(() => rangeFor(planAzureAddresses("10.18.0.0/16"), "fabric", "gpu-0"), /no range for fabric gpu-0/);
	});
});

describe("addressIn", () => {
	it("counts from the range's first address", () => {
		assert.equal(addressIn("172.20.0.0/16", 10), "172.20.0.10");
		assert.equal(addressIn("10.17.255.0/24", 1), "10.17.255.1");
	});
});

describe("planAzureAddresses", () => {
	/** Nodes of a region at its largest: GPU pools and the system pool. */
	const nodes = 256 + 24;
	/** Azure keeps the first four addresses of a subnet and the last. Source: Microsoft Learn, "Virtual Network FAQ". */
	const kept = 5n;

	it("has an address for each of 256 GPU nodes, their system pool and a surge of as many again", () => {
		const plan = planAzureAddresses("10.18.0.0/16");
		assert.ok(sizeOf(range(rangeFor(plan, "compute"))) - kept >= BigInt(2 * nodes));
	});

	it("has room for private endpoints, and for a firewall at its largest", () => {
		const plan = planAzureAddresses("10.18.0.0/16");
		assert.ok(sizeOf(range(rangeFor(plan, "endpoints"))) - kept >= 64n);
		assert.equal(range(rangeFor(plan, "firewall")).prefix, 26);
	});

	it("leaves nodes and endpoints where they were before there was a firewall", () => {
		const plan = planAzureAddresses("10.18.0.0/16");
		assert.equal(rangeFor(plan, "compute"), "10.18.0.0/20");
		assert.equal(rangeFor(plan, "endpoints"), "10.18.16.0/24");
		assert.equal(rangeFor(plan, "firewall"), "10.18.17.0/26");
	});

	it("goes with an overlay that has a /24 for each node, apart from network and services", () => {
		const { cluster } = azureRegion.parse({
			cloud: "azure",
			region: "swedencentral",
			zones: ["1", "2", "3"],
			addresses: "10.18.0.0/16",
		});
		const [pods, services] = [range(cluster.podAddresses), range(cluster.serviceAddresses)];
		assert.ok(sizeOf(pods) / 256n >= BigInt(2 * nodes));
		for (const { cidr } of planAzureAddresses("10.18.0.0/16").ranges) {
			assert.ok(!overlaps(range(cidr), pods) && !overlaps(range(cidr), services));
		}
		assert.ok(!overlaps(pods, services));
	});
});

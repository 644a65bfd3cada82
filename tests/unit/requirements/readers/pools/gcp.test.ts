import assert from "node:assert/strict";
import { ResourceGraph, type ResourceNode } from "../../../../../lib/graph";
import { UNKNOWN } from "../../../../../lib/values";
import { gcpPools } from "../../../../../requirements/readers/pools/gcp";
import type { Pool } from "../../../../../requirements/readers/pools/pool";
import { resource, withInput } from "../../../../support/resources";
import { placed } from "../../queries/estate";
import { type GkePoolOptions, gke, gkePool, gkeSubnet, gkeSystemPool, interfaces } from "../../queries/estate-gcp";

/** The only pool of the resources. */
function only(nodes: readonly ResourceNode[]): Pool {
	const [pool, ...others] = gcpPools(new ResourceGraph(nodes));
	assert.ok(pool && others.length === 0);
	return pool;
}

/** The pool that a node pool with a difference gives. */
function read(options: GkePoolOptions = {}): Pool {
	return only(gkePool(options));
}

describe("gcpPools", () => {
	it("counts the nodes of each zone", () => {
		assert.deepEqual(read().size, { nodes: 4, min: 4, max: 4, autoscaled: false });
		assert.equal(read({ zones: ["a", "b", "c"] }).size.nodes, 12);
		assert.equal(read({ inputs: { nodeCount: UNKNOWN } }).size.nodes, 0);
	});

	it("counts autoscaling limits in all, or by zone", () => {
		const cluster = gke();
		const totals = only([cluster, gkeSystemPool(cluster)]);
		assert.deepEqual(totals.size, { nodes: 3, min: 3, max: 6, autoscaled: true });
		const zonal = withInput(gkeSystemPool(cluster), "autoscaling", { minNodeCount: 2, maxNodeCount: 4 });
		assert.deepEqual(only([cluster, zonal]).size, { nodes: 6, min: 6, max: 12, autoscaled: true });
	});

	it("starts with the nodes that it is made with, within the limits", () => {
		const cluster = gke();
		const pool = withInput(gkeSystemPool(cluster, 3, 12), "initialNodeCount", 3);
		assert.equal(only([cluster, pool]).size.nodes, 9);
		assert.equal(only([cluster, withInput(pool, "autoscaling.totalMaxNodeCount", 5)]).size.nodes, 5);
	});

	it("takes the zones of its cluster where it names none, and that of a zonal cluster", () => {
		const cluster = gke();
		assert.deepEqual(read({ cluster, inputs: { nodeLocations: [] } }).place.zones, cluster.inputs.nodeLocations);
		const zonal = withInput(withInput(cluster, "nodeLocations", []), "location", "europe-west4-a");
		assert.deepEqual(read({ cluster: zonal, inputs: { nodeLocations: [] } }).place.zones, ["europe-west4-a"]);
	});

	it("attaches the GPUs that the machine carries and the pool asks for", () => {
		assert.equal(read().node.accelerators, 8);
		assert.equal(read({ node: { guestAccelerators: [] } }).node.accelerators, 0);
		const other = { guestAccelerators: [{ type: "nvidia-h100-80gb", count: 8 }] };
		assert.equal(read({ node: other }).node.accelerators, 0);
	});

	it("attaches networks only where the cluster takes several, and by gVNIC", () => {
		const offered = 8;
		assert.deepEqual(read().node.fabric, { kind: "gpudirect", attached: 8, offered });
		assert.deepEqual(read().node.cards, { attached: 9, offered: 9 });
		const plain = read({ cluster: withInput(gke(), "enableMultiNetworking", false) });
		assert.equal(plain.node.fabric?.attached, 0);
		const legacy = read({ cluster: withInput(gke(), "datapathProvider", "LEGACY_DATAPATH") });
		assert.equal(legacy.node.fabric?.attached, 0);
		assert.equal(read({ node: { gvnic: { enabled: false } } }).node.fabric?.attached, 0);
		const fewer = { networkConfig: { additionalNodeNetworkConfigs: interfaces(7) } };
		assert.deepEqual(read({ inputs: fewer }).node.cards, { attached: 8, offered: 9 });
	});

	it("counts RDMA subnets by the profile of their network", () => {
		const type = "a3-ultragpu-8g";
		const inputs = { networkConfig: { additionalNodeNetworkConfigs: interfaces(9) } };
		const subnets = [rdma(0, "vpc-roce"), ...Array.from({ length: 7 }, (_, i) => rdma(i + 1, "vpc-roce"))];
		const full = gkePool({ type, inputs, subnets: subnets.map(([subnet]) => subnet) });
		assert.deepEqual(only([...full, ...subnets.flat()]).node.fabric, { kind: "roce", attached: 8, offered: 8 });
		const plain = subnets.map(([subnet, network]) => [subnet, withInput(network, "networkProfile", undefined)]);
		assert.equal(only([...full, ...plain.flat()]).node.fabric?.attached, 0);
	});

	it("reads local SSDs: striped for pods, apart as block devices or left over", () => {
		const disks = (node: GkePoolOptions["node"] & object) => read({ node }).node.disks;
		assert.deepEqual(read().node.disks, { count: 16, sizeGb: 375, layout: "RAID0", striped: true });
		const raw = { ephemeralStorageLocalSsdConfig: null, localNvmeSsdBlockConfig: { localSsdCount: 16 } };
		assert.equal(disks(raw)?.striped, false);
		assert.deepEqual(disks({ ephemeralStorageLocalSsdConfig: null })?.count, 16);
		assert.equal(read({ type: "n2-standard-8", node: { ephemeralStorageLocalSsdConfig: null } }).node.disks, undefined);
	});

	it("hides nodes by the pool's word, else its cluster's", () => {
		assert.equal(read().place.publicAddresses, false);
		assert.equal(read({ inputs: { networkConfig: { enablePrivateNodes: false } } }).place.publicAddresses, true);
		const open = withInput(gke(), "privateClusterConfig", undefined);
		assert.equal(read({ inputs: { networkConfig: {} }, cluster: open }).place.publicAddresses, true);
	});

	it("counts subnets that the plan does not show", () => {
		const subnet = gkeSubnet();
		const own = gkePool({ cluster: gke("europe-west4", subnet), inputs: { networkConfig: {} } });
		assert.deepEqual(only([...own, subnet]).place.strangers, 0);
		assert.deepEqual(only(own).place.strangers, 1);
	});

	it("reads pools inside a cluster, and the default pool that it keeps", () => {
		const kept = withInput(gke(), "removeDefaultNodePool", false);
		assert.equal(only([kept]).size.nodes, 3);
		const inside = withInput(kept, "nodePools", [{ nodeCount: 2, nodeConfig: { machineType: "n2-standard-8" } }]);
		assert.deepEqual([only([inside]).size.nodes, only([inside]).node.typeName], [6, "n2-standard-8"]);
		assert.deepEqual(gcpPools(new ResourceGraph([gke()])), []);
	});
});

/** A subnet of an RDMA network, and the network. */
function rdma(i: number, profile: string): [ResourceNode, ResourceNode] {
	const place = placed("europe-west4", "gcp");
	const networkProfile = `projects/acme/global/networkProfiles/europe-west4-b-${profile}`;
	const network = resource("gcp:compute/network:Network", `rdma-${i}`, { networkProfile }, place);
	const from = { network: [network] };
	return [resource("gcp:compute/subnetwork:Subnetwork", `rdma-${i}`, {}, { ...place, from }), network];
}

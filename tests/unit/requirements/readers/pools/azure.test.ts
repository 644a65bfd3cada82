import assert from "node:assert/strict";
import { ResourceGraph, type ResourceNode } from "../../../../../lib/graph";
import { azurePools } from "../../../../../requirements/readers/pools/azure";
import type { Pool } from "../../../../../requirements/readers/pools/pool";
import { withInput } from "../../../../support/resources";
import { type AksPoolOptions, aks, aksPool, vnet, vnetSubnet } from "../../queries/estate-azure";

/** The pools of the resources: those inside a cluster first. */
function pools(nodes: readonly ResourceNode[]): Pool[] {
	return azurePools(new ResourceGraph(nodes));
}

/** The pool that an agent pool with a difference gives. */
function read(options: AksPoolOptions = {}): Pool {
	const [, pool] = pools(aksPool(options));
	assert.ok(pool);
	return pool;
}

describe("azurePools", () => {
	it("counts an agent pool's nodes, and its bounds only where it is scaled", () => {
		assert.deepEqual(read().size, { nodes: 4, min: 4, max: 4, autoscaled: false });
		const bounds = { minCount: 2, maxCount: 9 };
		assert.deepEqual(read({ inputs: bounds }).size, { nodes: 4, min: 4, max: 4, autoscaled: false });
		const scaled = read({ inputs: { ...bounds, enableAutoScaling: true } });
		assert.deepEqual(scaled.size, { nodes: 4, min: 2, max: 9, autoscaled: true });
	});

	it("reads the pools inside a cluster", () => {
		const cluster = aks();
		const [system, ...others] = pools([cluster]);
		assert.equal(others.length, 0);
		assert.deepEqual(system?.size, { nodes: 3, min: 3, max: 6, autoscaled: true });
		assert.deepEqual([system?.group.urn, system?.cluster?.urn], [cluster.urn, cluster.urn]);
		assert.deepEqual(system?.place.zones, ["1", "2", "3"]);
	});

	it("says what a node is made of by its size", () => {
		const { node } = read();
		assert.equal(node.accelerators, 8);
		assert.deepEqual(node.fabric, { kind: "infiniband", attached: 8, offered: 8 });
		assert.deepEqual(node.cards, { attached: 9, offered: 9 });
		assert.deepEqual(node.disks, { count: 8, sizeGb: 3500, layout: undefined, striped: false });
		assert.equal(read({ type: "Standard_D8ds_v5" }).node.fabric, undefined);
		const unknown = read({ type: "Standard_ND96is_H100_v5" }).node;
		assert.deepEqual([unknown.machine, unknown.cards, unknown.disks], [undefined, undefined, undefined]);
	});

	it("knows its label, its subnet, and whether nodes have addresses of the internet", () => {
		const subnet = vnetSubnet(vnet());
		const [, pool] = pools([...aksPool({ subnets: [subnet] }), subnet]);
		assert.deepEqual([pool?.label, pool?.place.subnets, pool?.place.strangers], ["foundation", [subnet], 0]);
		assert.equal(read().place.strangers, 1);
		assert.equal(read({ inputs: { enableNodePublicIP: true } }).place.publicAddresses, true);
	});

	it("belongs to the cluster that it names", () => {
		const [pool, cluster] = aksPool();
		assert.equal(read().cluster?.urn, cluster.urn);
		const loose = pools([cluster, withInput({ ...pool, propertyDependencies: {} }, "resourceName", "other")])[1];
		assert.equal(loose?.cluster, undefined);
	});
});

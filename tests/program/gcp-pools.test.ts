import { strict as assert } from "node:assert";
import { ResourceGraph, type ResourceNode } from "../../lib/graph";
import { valuesAt } from "../../lib/values";
import { gpusOf, hasAsics, hasGpus } from "../../requirements/queries/pools";
import { gcpPools } from "../../requirements/readers/pools/gcp";
import { blueprintOf, type SpecValue, specValue, withSetting } from "../support/environments";
import { specProblems } from "../support/spec-problems";

const region = "regions.1";
const pool = `${region}.gpuPools.0`;
const POOL = "gcp:container/nodePool:NodePool";

/** Development with its one pool on Google Cloud changed. */
function withPool(changes: { readonly [field: string]: unknown }): SpecValue {
	return Object.entries(changes).reduce(
		(value, [field, setting]) => withSetting(value, `${pool}.${field}`, setting),
		specValue("dev"),
	);
}

async function resourcesOf(value: SpecValue): Promise<ResourceNode[]> {
	return [...(await blueprintOf(value)).resources];
}

describe("a GPU pool on Google Cloud that grows", () => {
	const growing = { min: 2, max: 12, capacity: { kind: "reservation", create: true } };
	let nodes: ResourceNode[];
	before(async () => {
		nodes = await resourcesOf(withSetting(withPool(growing), `${region}.systemPool`, { nodes: 6, min: 3, max: 12 }));
	});

	it("is a node pool on its reservation and one on demand beyond it", () => {
		const pools = nodes.filter(({ type, name }) => type === POOL && name.includes("foundation"));
		const [burst, own] = [...pools].sort((a, b) => a.name.localeCompare(b.name));
		assert.deepEqual(own?.inputs.autoscaling, { totalMinNodeCount: 2, totalMaxNodeCount: 4, locationPolicy: "ANY" });
		assert.equal(own?.inputs.initialNodeCount, 4);
		assert.deepEqual(burst?.inputs.autoscaling, { totalMinNodeCount: 0, totalMaxNodeCount: 8, locationPolicy: "ANY" });
		assert.deepEqual(burst?.options.ignoreChanges, ["initialNodeCount"]);
	});

	it("keeps each node pool with GPUs to one zone", () => {
		const zones = nodes
			.filter(({ type, name }) => type === POOL && name.includes("foundation"))
			.map(({ inputs }) => inputs.nodeLocations);
		assert.deepEqual(zones, [["europe-west4-b"], ["europe-west4-b"]]);
	});

	it("reads as one pool of all its nodes", () => {
		const [foundation, ...others] = gcpPools(new ResourceGraph(nodes)).filter(({ label }) => label === "foundation");
		assert.deepEqual(others, []);
		assert.deepEqual(foundation?.size, { nodes: 4, min: 2, max: 12, autoscaled: true });
	});

	it("stands beside a system pool of the nodes that were asked for, over three zones", () => {
		const system = gcpPools(new ResourceGraph(nodes)).find(({ label }) => label === "system");
		assert.deepEqual(system?.size, { nodes: 6, min: 3, max: 12, autoscaled: true });
		assert.equal(system?.place.zones.length, 3);
	});
});

describe("a pool of TPUs on Google Cloud", () => {
	const tpus = { instanceType: "ct6e-standard-4t", zone: "europe-west4-a", nodes: 2 };
	let pool: ResourceNode | undefined;
	let nodes: ResourceNode[];
	before(async () => {
		nodes = await resourcesOf(withPool(tpus));
		pool = nodes.find(({ type, name }) => type === POOL && name.includes("foundation"));
	});

	it("has no GPU, driver, taint, placement or further network", () => {
		const [config] = valuesAt(pool?.inputs ?? {}, "nodeConfig").map(({ value }) => Object.keys(value ?? {}));
		for (const field of ["guestAccelerators", "taints", "ephemeralStorageLocalSsdConfig"]) {
			assert.ok(!config?.includes(field), field);
		}
		assert.equal(pool?.inputs.placementPolicy, undefined);
		assert.deepEqual(pool?.inputs.networkConfig, { enablePrivateNodes: true });
		assert.equal(valuesAt(pool?.inputs ?? {}, "nodeConfig.diskType")[0]?.value, "hyperdisk-balanced");
	});

	it("counts as accelerators that are no GPUs", () => {
		const read = gcpPools(new ResourceGraph(nodes)).find(({ label }) => label === "foundation");
		assert.ok(read && hasAsics(read) && !hasGpus(read));
		assert.equal(gpusOf(read), 8);
	});

	it("has no reservation made for it", () => {
		const problems = specProblems(withPool({ ...tpus, capacity: { kind: "reservation", create: true } }));
		assert.match(problems.join(), /capacity\.create: must be false for ct6e-standard-4t/);
	});
});

describe("the specification of pools on Google Cloud", () => {
	it("refuses a system pool that does not come out even over the zones", () => {
		const uneven = withSetting(specValue("dev"), `${region}.systemPool`, { nodes: 4, min: 3, max: 6 });
		assert.match(specProblems(uneven).join(), /systemPool\.nodes: must be a multiple of 3/);
	});

	it("refuses a pool that outgrows a reservation of machines that are not sold on demand", () => {
		const changes = { instanceType: "a4-highgpu-8g", max: 8, capacity: { kind: "reservation", create: true } };
		assert.match(specProblems(withPool(changes)).join(), /gpuPools\[0\]\.max: must be nodes \(4\)/);
	});
});

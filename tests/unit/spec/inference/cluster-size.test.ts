import { strict as assert } from "node:assert";
import { clusterSize } from "../../../../spec/inference/cluster-size";
import { activeModules } from "../../../../spec/inference/modules";
import { parseSpec } from "../../../../spec/parse";
import { type Spec, specSchema } from "../../../../spec/schema";
import { type SpecValue, specValue, withSetting } from "../../../support/environments";

const prod = specValue("prod");

/** The specification before the pools of modules are in it. */
function plain(value: SpecValue): Spec {
	return specSchema.parse(value);
}

function sizeIn(value: SpecValue, region: string) {
	const spec = plain(value);
	const found = spec.regions.find((each) => each.region === region);
	const size = found && clusterSize(spec, found);
	assert.ok(size);
	return size;
}

function wantedOf(value: SpecValue, region = "us-west-2"): { [module: string]: number } {
	return Object.fromEntries([...sizeIn(value, region).modules].map(([name, { wanted }]) => [name, wanted]));
}

const counts = { foundation: 32, business: 16, development: 24, creative: 20, multimodal: 12 };

describe("clusterSize", () => {
	it("shares 128 nodes out as 104 of modules in whole replica groups and 24 of the system", () => {
		const size = sizeIn(prod, "us-west-2");
		assert.deepEqual(wantedOf(prod), counts);
		assert.deepEqual(size.serving, { wanted: 104, min: 24, max: 208 });
		assert.deepEqual(size.system, { wanted: 24, min: 8, max: 48 });
		assert.deepEqual(size.total, { wanted: 128, min: 32, max: 256 });
	});

	it("takes the region's own pools out of the system's part", () => {
		const size = sizeIn(prod, "eastus");
		assert.deepEqual(size.system, { wanted: 20, min: 8, max: 44 });
		assert.deepEqual(size.serving, { wanted: 104, min: 20, max: 208 });
	});

	it("adds up to the totals in every region and at every bound", () => {
		for (const region of parseSpec(prod, "prod").regions) {
			const own = region.gpuPools;
			for (const [key, total] of [
				["nodes", 128],
				["min", 32],
				["max", 256],
			] as const) {
				const gpu = own.reduce((sum, pool) => sum + (pool[key] ?? pool.nodes), 0);
				assert.equal(gpu + (region.systemPool[key] ?? 0), total, `${region.region} ${key}`);
			}
		}
	});

	it("follows the cluster's figures in the specification", () => {
		const larger = withSetting(withSetting(prod, "inference.nodes.wanted", 232), "inference.nodes.max", 260);
		const changed = withSetting(larger, "inference.system.max", 52);
		assert.deepEqual(wantedOf(changed), {
			foundation: 64,
			business: 32,
			development: 48,
			creative: 40,
			multimodal: 24,
		});
	});

	it("takes what the document lists for each pool where the conflict is settled so", () => {
		const settled = withSetting(prod, "conflicts", { "nodes-per-region": "pool-sum" });
		assert.deepEqual(wantedOf(settled), {
			foundation: 64,
			business: 32,
			development: 48,
			creative: 40,
			multimodal: 24,
		});
		assert.equal(sizeIn(settled, "us-west-2").total.wanted, 232);
	});

	it("takes the serving share where the conflict is settled so: 76 of 77 nodes are whole groups", () => {
		const settled = withSetting(prod, "conflicts", { "nodes-per-region": "serving-share" });
		assert.deepEqual(wantedOf(settled), { foundation: 24, business: 12, development: 16, creative: 16, multimodal: 8 });
		assert.equal(sizeIn(settled, "us-west-2").system.wanted, 52);
	});

	it("follows the parallelism: groups of eight nodes of 64 GPUs", () => {
		const wider = withSetting(prod, "inference.replica.pipelineParallel", 8);
		const wanted = Object.values(wantedOf(wider));
		assert.ok(wanted.every((nodes) => nodes % 8 === 0));
		assert.equal(
			wanted.reduce((sum, nodes) => sum + nodes, 0),
			104,
		);
	});
});

describe("activeModules", () => {
	const names = (value: SpecValue): string[] => activeModules(plain(value)).map(({ name }) => name);
	const five = ["foundation", "business", "development", "creative", "multimodal"];

	it("makes healthcare by its switch alone", () => {
		assert.deepEqual(names(prod), five);
		assert.deepEqual(names(withSetting(prod, "inference.modules.5.enabled", true)), [...five, "healthcare"]);
	});

	it("makes healthcare always or never where its conflict is settled so", () => {
		const settled = (choice: string): SpecValue =>
			withSetting(withSetting(prod, "inference.modules.5.enabled", choice === "none"), "conflicts", {
				"healthcare-module": choice,
			});
		assert.deepEqual(names(settled("always")), [...five, "healthcare"]);
		assert.deepEqual(names(settled("none")), five);
	});

	it("gives multimodal no weight by content, and the share of its nodes where the conflict is settled so", () => {
		assert.deepEqual(
			activeModules(plain(prod)).map(({ weight }) => weight),
			[40, 20, 25, 15, 0],
		);
		const byNodes = withSetting(prod, "conflicts", { "multimodal-traffic": "share-by-nodes" });
		const weights = activeModules(plain(byNodes)).map(({ weight }) => Math.round(weight * 100) / 100);
		assert.deepEqual(weights, [35.38, 17.69, 22.12, 13.27, 11.54]);
	});
});

import { strict as assert } from "node:assert";
import { parseSpec } from "../../../../spec/parse";
import { specValue, withSetting } from "../../../support/environments";
import { specProblems as problems } from "../../../support/spec-problems";

const prod = specValue("prod");

/** Each row sets one value of prod and names the one problem that follows. */
const refusals: readonly (readonly [path: string, value: unknown, problem: RegExp])[] = [
	[
		"inference.replica.pipelineParallel",
		3,
		/^inference\.system\.wanted: must leave whole replica groups of 3 nodes, but 128 - 24 = 104 nodes leave 2 stranded; use 26$/,
	],
	[
		"inference.replica.tensorParallel",
		5,
		/^inference\.replica: must fill whole nodes, but 5 x 4 = 20 GPUs are no mult/,
	],
	["inference.system.wanted", 23, /must leave whole replica groups of 4 nodes, but 128 - 23 = 105 nodes leave 1/],
	["inference.system.max", 50, /^inference\.system\.max: .* 256 - 50 = 206 nodes leave 2 stranded; use 52$/],
	[
		"inference.nodes.min",
		24,
		/must hold a replica group of 4 nodes for each of the 5 modules beside 8 system nodes, 28/,
	],
	["inference.nodes.max", 100, /^inference\.nodes\.max: must be at least wanted \(128 nodes\), but 100 was given/],
	["inference.modules.0.routeWeight", 50, /^inference\.modules: must share out 100 percent .* add up to 110/],
	["inference.modules.1.queue", "foundation", /^inference\.modules\[1\]\.queue: must be a queue of its own/],
	["inference.modules.0.dataClass", "secret", /must be "public" or "internal" or "customer" or "health"/],
	[
		"regions.1.serving.instanceType",
		"g6.48xlarge",
		/^regions\[1\]\.serving\.instanceType: g6\.48xlarge falls short in gpu: 8 x h100 of 80 GiB asked, 8 x l4 of 22.25 GiB there; choose another type, or say in inference\.substitutes/,
	],
	["regions.2.serving.instanceType", "p5.48xlarge", /p5\.48xlarge is not offered in eu-west-1, which has p4d/],
	["inference.substitutes.0.where", "aws-us-west-2", /is for gpu in aws-us-west-2, where nothing falls short/],
	["inference.asked.nvmeTb", 1, /^inference\.substitutes\[6\]: is for nvme in aws, where nothing falls short/],
	["regions.0.gpuPools.0.nodes", 20, /must leave the system at least 8 of 128 nodes, but .* they leave 4/],
	["regions.0.gpuPools.0.max", 1, /^regions\[0\]\.gpuPools\[0\]\.max: must be at least nodes \(2\), but 1 was given/],
	["regions.0.gpuPools.0.name", "business", /name: must be unique within the region, but business names several pools/],
	["regions.1.region", "us-east-1", /us-east-1 stands twice in the list; remove one entry/],
	[
		"accounts.aws.quotas.us-east-1.p",
		1000,
		/^accounts\.aws\.quotas\.us-east-1\.p: must cover the 39936 vCPU that the pools of us-east-1 may grow to \(19968 at the start\), but 1000 vCPU of "Running On-Demand P instances/,
	],
	["accounts.gcp.quotas.us-central1.h100-mega", 1663, /must cover the 1664 GPUs .* but 1663 GPUs of/],
	["accounts.azure.quotas.eastus.standardNDSH100v5Family", 0, /must cover the 19968 vCPU/],
	[
		"regions.1.serving.zones",
		["us-west-2a"],
		/^regions\[1\]\.gpuPools: must fit the 16347 addresses that us-west-2a has for nodes and pods, but the pools there \(foundation, business, development, creative, multimodal\) and the system pool may take 18\d+; move a pool/,
	],
	[
		"regions.8.cluster.podAddresses",
		"10.244.0.0/17",
		/^regions\[8\]\.cluster\.podAddresses: must have a \/24 for each of the 256 nodes .* has 128; use a larger range/,
	],
	["inference", undefined, /^regions\[0\]\.serving: needs the sizes and modules of inference/],
	["conflicts", { "nodes-per-region": "pools" }, /must be one of cluster-total, pool-sum, serving-share/],
];

describe("rules of the inference estate", () => {
	for (const [path, value, problem] of refusals) {
		it(`refuses ${path} = ${JSON.stringify(value)}`, () => {
			const found = problems(withSetting(prod, path, value));
			assert.ok(
				found.some((each) => problem.test(each)),
				found.join("\n") || "no problem",
			);
		});
	}

	it("says each problem once, though five modules have it", () => {
		const found = problems(withSetting(prod, "regions.2.serving.instanceType", "p5.48xlarge"));
		assert.equal(new Set(found).size, found.length);
	});

	it("takes a thirteenth region as one entry", () => {
		const quotas = withSetting(prod, "accounts.aws.quotas.us-east-1", undefined);
		const regions: unknown = quotas.regions;
		assert.ok(Array.isArray(regions));
		const entry = {
			cloud: "azure",
			region: "uksouth",
			zones: ["1", "2", "3"],
			addresses: "10.76.0.0/16",
			serving: { instanceType: "Standard_ND96isr_H100_v5", capacity: { kind: "on-demand" } },
		};
		const spec = parseSpec({ ...quotas, regions: [...regions, entry] }, "spec");
		assert.equal(spec.regions.length, 13);
		assert.deepEqual(
			spec.regions[12]?.gpuPools.map(({ nodes }) => nodes),
			[32, 16, 24, 20, 12],
		);
	});

	it("wants every quota where the target is a real account", () => {
		const cloud = withSetting(withSetting(prod, "target", "cloud"), "accounts.azure.quotas", {});
		assert.ok(problems(cloud).some((each) => /must say how many vCPU of .* the account was granted/.test(each)));
	});
});

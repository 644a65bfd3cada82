import assert from "node:assert/strict";
import { queryContext, ruleContext } from "../../fleet/assessment";
import { ResourceGraph } from "../../lib/graph";
import { evaluate } from "../../policies/engine/evaluate";
import { violations } from "../../policies/report";
import { rules } from "../../policies/rules";
import { queries } from "../../requirements/queries";
import { queryKey } from "../../requirements/row";
import { requirementRows } from "../../requirements/rows";
import { type TraceItem, traceRequirements } from "../../requirements/trace";
import { parseSpec } from "../../spec/parse";
import { blueprintOf, type SpecValue, specValue, withSetting } from "../support/environments";

/** The items of the inference estate that are compute, network and capacity, with what prod holds of each. */
const WORKS = [
	...["aws-regions", "azure-regions", "clusters", "clusters-per-region", "gcp-regions", "max-nodes", "min-nodes"].map(
		(item) => `FR-INF-1/${item}`,
	),
	...["nodes-per-cluster", "regions", "total-nodes"].map((item) => `FR-INF-1/${item}`),
	...["conflict-nodes-per-region", "pools", "ratio", "setting"].map((item) => `FR-INF-2/${item}`),
	...["gpus-per-node", "memory-reported", "network-cards", "nvme-reported", "rdma"].map((item) => `FR-INF-3/${item}`),
	...["conflict-nodes-per-region", "counted-apart", "data-parallel-recomputed"].map((item) => `FR-INF-4/${item}`),
	...["replica-group", "stranded-nodes"].map((item) => `FR-INF-4/${item}`),
	...["conflict-rtx-4090", "conflict-rtx-6000-ada", "no-substitute", "table"].map((item) => `FR-HW-2/${item}`),
	...["conflict-healthcare-module", "conflict-multimodal-traffic", "hipaa", "pools"].map((item) => `FR-MOD-1/${item}`),
	...["us-east-1", "us-west-2", "eu-west-1", "ap-southeast-1"].map((item) => `FR-CLOUD-1/${item}`),
	...["cloudtrail", "cloudwatch", "iam", "kms", "s3", "transit-gateway", "vpc"].map((item) => `FR-CLOUD-1/${item}`),
	...["aks", "gke", "same-component"].map((item) => `FR-CLOUD-2/${item}`),
	...["a100", "asic", "choice", "h100"].map((item) => `SV-HW-1/${item}`),
	...["auto-scaling", "group-in-zone", "groups-over-zones", "regions", "zones"].map((item) => `SV-REG-1/${item}`),
];

/** Those that a named substitute or a settled conflict serves. */
const DEVIATES = [
	"FR-INF-1/gpu-offer",
	...["foundation", "business", "development", "creative", "multimodal"].map((pool) => `FR-INF-2/${pool}-nodes`),
	...["gpu-type", "memory", "node-type", "nvme", "rdma-gcp"].map((item) => `FR-INF-3/${item}`),
	...["data-parallel", "foundation-gpus", "foundation-nodes", "serving-share"].map((item) => `FR-INF-4/${item}`),
	...["infiniband-aws", "infiniband-gcp", "nvme", "p5-ap-southeast-1", "p5-eu-west-1"].map((item) => `FR-HW-2/${item}`),
	"FR-CLOUD-1/ec2-p5",
];

/** What a specification's own plan holds of each item, by `ROW-ID/item-id`; violations of mandatory rules are none. */
async function itemsOf(value: SpecValue): Promise<Map<string, TraceItem>> {
	const { resources } = await blueprintOf(value);
	const spec = parseSpec(value, "the specification of this test");
	const findings = evaluate(rules, resources, ruleContext(spec));
	assert.deepEqual(violations(findings), []);
	const trace = traceRequirements(new ResourceGraph(resources), requirementRows, queries, queryContext(spec, findings));
	const entries = requirementRows.flatMap((row, i) =>
		row.items.flatMap((item, j) => {
			const traced = trace[i]?.items[j];
			return traced ? [[queryKey(row, item), traced] as const] : [];
		}),
	);
	return new Map(entries);
}

/** Each row sets one value of prod and says what an item finds then, and whether it still holds. */
const followed: readonly (readonly [path: string, value: unknown, item: string, found: string, status: string])[] = [
	["inference.nodes.wanted", 132, "FR-INF-1/nodes-per-cluster", "132 of 128 nodes a cluster", "missing"],
	["inference.nodes.max", 252, "FR-INF-1/max-nodes", "252 of 256 nodes a cluster", "missing"],
	["inference.nodes.min", 36, "FR-INF-1/min-nodes", "36 of 32 nodes a cluster", "missing"],
	["inference.modules.0.nodes", 32, "FR-INF-2/ratio", "20:20:28:24:12", "missing"],
	["regions.11.enabled", false, "FR-INF-1/regions", "11 of 12 regions", "missing"],
	["network.backbone", false, "FR-CLOUD-1/transit-gateway", "0 of 4 regions", "missing"],
	["regions.0.gpuPools.0.nodes", 1, "SV-HW-1/asic", "4 nodes", "works"],
];

describe("the trace of prod", () => {
	let items: Map<string, TraceItem>;
	before(async () => {
		items = await itemsOf(specValue("prod"));
	});

	it("serves the compute, network and capacity of twelve regions as asked, or by a substitute that it names", () => {
		const status = (keys: readonly string[]): string[] => keys.map((key) => `${key} ${items.get(key)?.status}`);
		assert.deepEqual(
			status(WORKS),
			WORKS.map((key) => `${key} works`),
		);
		assert.deepEqual(
			status(DEVIATES),
			DEVIATES.map((key) => `${key} deviates`),
		);
	});

	it("adds up: 1,536 nodes in twelve clusters, 32 to 256 each", () => {
		assert.equal(items.get("FR-INF-1/total-nodes")?.found, "1,536 of 1,536 nodes");
		assert.equal(items.get("FR-INF-1/min-nodes")?.found, "32 of 32 nodes a cluster");
		assert.equal(items.get("FR-INF-1/max-nodes")?.found, "256 of 256 nodes a cluster");
		assert.equal(items.get("FR-INF-2/ratio")?.found, "32:16:24:20:12");
	});

	for (const [path, value, item, found, status] of followed) {
		it(`follows ${path} = ${JSON.stringify(value)} in ${item}`, async () => {
			const changed = withSetting(specValue("prod"), path, value);
			const after = (await itemsOf(changed)).get(item);
			assert.ok(after?.found.startsWith(found), after?.found);
			assert.equal(after?.status, status);
		});
	}
});

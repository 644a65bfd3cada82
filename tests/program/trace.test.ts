import assert from "node:assert/strict";
import { assess, queryContext, ruleContext } from "../../fleet/assessment";
import { ResourceGraph, type ResourceNode } from "../../lib/graph";
import { evaluate } from "../../policies/engine/evaluate";
import { rules } from "../../policies/rules";
import { queries } from "../../requirements/queries";
import { queryKey } from "../../requirements/row";
import { requirementRows } from "../../requirements/rows";
import { type TraceItem, type TraceRow, traceRequirements } from "../../requirements/trace";
import { loadEnvironment } from "../../spec/load";
import { parseSpec } from "../../spec/parse";
import { blueprintOf, type SpecValue, specValue, withSetting } from "../support/environments";

/** What the plan of dev serves; a change here is a change of what the product does. */
const SERVED = [
	"AG-AUD-1/lifecycle",
	"AG-CORE-1/conflict-agent-redis-size",
	"AG-CORE-2/conflict-agent-coordinator",
	"AG-CORE-2/conflict-agent-postgres-replicas",
	"AG-CORE-2/conflict-agent-redis-mode",
	"AG-CORE-2/conflict-agent-redis-size",
	"AG-COST-1/conflict-mvp-cost",
	"AG-DISC-1/conflict-agent-balancing",
	"AG-KEY-1/conflict-agent-keys",
	"AG-SCALE-2/conflict-agent-worker-bounds",
	"FR-CLOUD-1/us-east-1",
	"FR-CLOUD-2/aks",
	"FR-CLOUD-2/gke",
	"FR-CLOUD-2/same-component",
	"FR-DATA-3/conflict-artifact-cdn",
	"FR-DATA-3/conflict-cache-size",
	"FR-DATA-3/lifecycle",
	"FR-DATA-4/conflict-stream-retention",
	"FR-HW-2/conflict-rtx-4090",
	"FR-HW-2/conflict-rtx-6000-ada",
	"FR-INF-1/aws-regions",
	"FR-INF-1/azure-regions",
	"FR-INF-1/clusters-per-region",
	"FR-INF-1/gcp-regions",
	"FR-INF-2/conflict-nodes-per-region",
	"FR-INF-3/gpu-type",
	"FR-INF-3/gpus-per-node",
	"FR-INF-3/memory",
	"FR-INF-3/memory-reported",
	"FR-INF-3/network-cards",
	"FR-INF-3/node-type",
	"FR-INF-3/nvme-reported",
	"FR-INF-3/rdma",
	"FR-INF-3/rdma-gcp",
	"FR-INF-4/conflict-nodes-per-region",
	"FR-INF-4/data-parallel-recomputed",
	"FR-INF-4/replica-group",
	"FR-INF-4/stranded-nodes",
	"FR-K8S-2/conflict-gpu-threshold",
	"FR-K8S-2/node-autoscaler",
	"FR-LB-1/conflict-routing-order",
	"FR-MOD-1/conflict-healthcare-module",
	"FR-MOD-1/conflict-multimodal-traffic",
	"FR-SEC-1/egress-policy",
	"FR-SEC-1/encryption-policy",
	"FR-SEC-1/ingress",
	"FR-SEC-1/ingress-policy",
	"FR-SEC-1/key-rotation",
	"FR-SEC-1/key-rotation-policy",
	"FR-SEC-1/private-subnets",
	"FR-SEC-1/private-subnets-policy",
	"FR-TRAIN-3/conflict-training-exaflops",
	"OP-GIT-1/argo-cd",
	"OP-GPU-1/priorities",
	"OP-SEC-1/audit",
	"OP-SEC-1/conflict-environment-separation",
	"OP-SEC-1/conflict-identity-source",
	"OP-SEC-1/network-policies",
	"SV-HW-1/h100",
	"SV-REG-1/auto-scaling",
	"SV-REG-1/group-in-zone",
	"SV-REG-1/regions",
	"SV-REG-1/zones",
	"SV-SEC-1/hsm-aws",
	"TR-AUTO-1/argo-cd",
	"TR-AUTO-1/helm",
	"TR-AUTO-1/kubernetes",
	"TR-COLO-1/conflict-execution-nodes",
	"TR-KPI-1/conflict-decisions-per-second",
	"TR-LAT-2/conflict-latency-budget",
	"TR-ML-1/conflict-gpu-memory-areas",
	"TR-STO-4/conflict-clickhouse-online",
	"TR-STO-4/conflict-hot-tier-days",
	"TR-STO-5/conflict-clickhouse-layout",
	"XX-IAC-1/conflict-terraform-or-pulumi",
	"XX-IAC-1/helm",
	"XX-IAC-1/terraform-modules",
	"XX-PRIV-2/conflict-audit-erasure",
	"XX-PRIV-2/conflict-request-logging",
	"XX-PRIV-2/conflict-response-cache",
	"XX-PRIV-2/conflict-user-input-retention",
	"XX-SLO-1/conflict-backup-vs-rpo",
	"XX-SLO-1/conflict-detection-vs-switch",
	"XX-SLO-1/conflict-recovery-vs-downtime",
	"XX-SLO-1/conflict-series-availability",
	"XX-SLO-1/conflict-trading-rpo",
];

/** The items of SERVED that a named substitute serves. */
const DEVIATING = ["FR-INF-3/rdma-gcp", "XX-IAC-1/terraform-modules"];

/** The trace of a specification's own blueprint. */
async function traceOf(value: SpecValue): Promise<TraceRow[]> {
	const { resources } = await blueprintOf(value);
	return traceIn(value, resources);
}

/** The trace of resources under a specification. */
function traceIn(value: SpecValue, resources: readonly ResourceNode[]): TraceRow[] {
	const spec = parseSpec(value, "the specification of this test");
	const findings = evaluate(rules, resources, ruleContext(spec));
	return traceRequirements(new ResourceGraph(resources), requirementRows, queries, queryContext(spec, findings));
}

/** The items of a trace by `ROW-ID/item-id`. */
function itemsOf(trace: readonly TraceRow[]): Map<string, TraceItem> {
	const entries = requirementRows.flatMap((row, i) =>
		row.items.flatMap((item, j) => {
			const traced = trace[i]?.items[j];
			return traced ? [[queryKey(row, item), traced] as const] : [];
		}),
	);
	return new Map(entries);
}

/** What two traces found differently, by key. */
function changes(from: readonly TraceRow[], to: readonly TraceRow[]): { [key: string]: string } {
	const before = itemsOf(from);
	return Object.fromEntries(
		[...itemsOf(to)].flatMap(([key, { found }]) => {
			const was = before.get(key)?.found;
			return was === found ? [] : [[key, `${was} -> ${found}`]];
		}),
	);
}

/** Nodes of the GPU pool of each region, in the order of the specification: AWS, Google Cloud, Azure. */
const FEWER = [3, 2, 1];

describe("the trace of dev", () => {
	let resources: readonly ResourceNode[];
	let trace: readonly TraceRow[];
	before(async () => {
		const value = specValue("dev");
		({ resources } = await blueprintOf(value));
		trace = traceIn(value, resources);
	});

	it("lists all 107 rows with all their items", () => {
		assert.equal(trace.length, 107);
		assert.deepEqual(
			trace.map(({ id, items }) => `${id} ${items.length}`),
			requirementRows.map(({ id, items }) => `${id} ${items.length}`),
		);
	});

	it("serves exactly the items that are listed here", () => {
		const items = [...itemsOf(trace)];
		const served = items.flatMap(([key, { status }]) => (status === "missing" ? [] : [key]));
		const deviating = items.flatMap(([key, { status }]) => (status === "deviates" ? [key] : []));
		assert.deepEqual(served.sort(), SERVED);
		assert.deepEqual(deviating, DEVIATING);
	});

	it("names resources of the plan where it serves something, but for conflicts and policies", () => {
		const unread = [...itemsOf(trace)].flatMap(([key, { status, resources }]) =>
			status !== "missing" && resources.length === 0 && !/conflict-|-policy$/.test(key) ? [key] : [],
		);
		assert.deepEqual(unread, []);
	});

	it("is what the command line assesses", async () => {
		const { trace: assessed } = await assess(loadEnvironment("dev"));
		assert.deepEqual(assessed, trace);
	});

	it("follows the nodes of each cloud's pool wherever they count", async () => {
		const fewer = FEWER.reduce(
			(value, nodes, i) => withSetting(value, `regions.${i}.gpuPools.0.nodes`, nodes),
			specValue("dev"),
		);
		const [four, three, two, one] = [4, 3, 2, 1].map((gpu) => `${gpu} GPU and 3 system nodes a cluster`);
		assert.deepEqual(changes(trace, await traceOf(fewer)), {
			"FR-INF-1/nodes-per-cluster": "7 of 128 nodes a cluster -> 4 to 6 of 128 nodes a cluster",
			"FR-INF-1/total-nodes": "21 of 1,536 nodes -> 15 of 1,536 nodes",
			"FR-INF-1/min-nodes": "7 of 32 nodes a cluster -> 4 to 6 of 32 nodes a cluster",
			"FR-INF-1/max-nodes": "10 of 256 nodes a cluster -> 7 to 9 of 256 nodes a cluster",
			"FR-INF-2/foundation-nodes": "4 of 64 nodes a region -> 1 to 3 of 64 nodes a region",
			// In the order of the cells' names: AWS, Azure, Google Cloud.
			"FR-INF-2/ratio": "4:0:0:0:0 -> 3:0:0:0:0, 1:0:0:0:0, 2:0:0:0:0",
			"FR-INF-2/setting": `${four} -> ${one}, ${two}, ${three}`,
			"FR-INF-4/counted-apart": `${four} -> ${one}, ${two}, ${three}`,
			"FR-INF-4/foundation-gpus": "32 of 512 GPUs a region -> 8 to 24 of 512 GPUs a region",
			"FR-INF-4/data-parallel":
				"1 of 16 replicas of foundation a region -> 0.25 to 0.75 of 16 replicas of foundation a region",
			"FR-INF-4/data-parallel-recomputed":
				"1 replicas of foundation a region -> 0.25, 0.5, 0.75 replicas of foundation a region",
			"FR-INF-4/replica-group": "4 nodes a group -> broken groups",
			"FR-INF-4/serving-share": "4 of 77 serving nodes a cluster -> 1 to 3 of 77 serving nodes a cluster",
			"FR-INF-4/foundation-nodes": "4 of 64 nodes a region -> 1 to 3 of 64 nodes a region",
			"FR-INF-4/stranded-nodes": "0 of 12 GPU nodes -> 6 of 6 GPU nodes",
			"SV-HW-1/h100": "12 nodes -> 6 nodes",
			"SV-REG-1/groups-over-zones": "whole groups in 1 zone a region -> broken groups in 1 zone a region",
		});
	});

	it("follows the instance type into what a node is made of", async () => {
		const h200 = withSetting(specValue("dev"), "regions.0.gpuPools.0.instanceType", "p5en.48xlarge");
		const changed = changes(trace, await traceOf(h200));
		assert.equal(changed["FR-INF-3/gpu-type"], "h100, 80 GiB each -> h100, 80 GiB each, h200, 141 GiB each");
		assert.equal(changed["FR-INF-3/network-cards"], "32 of 32 cards, 9 of 9 cards -> 16 of 16 cards, 9 of 9 cards");
	});

	it("reads the locks and HSMs of a strict environment, whose lock on Azure is not for good", async () => {
		const strict = { relaxed: false, keyDeletionWindow: "30d", auditLock: "2557d" };
		const hsm = withSetting(specValue("dev"), "keys", { protection: "hsm" });
		const served = changes(trace, await traceOf(withSetting(hsm, "protection", strict)));
		const [open, locked] = ["no lock that holds for everyone", "locked for everyone"];
		const days = (aws: string, azure: string, gcp: string) =>
			`AWS: locked for ${aws} of 2,557 days, Azure: locked for ${azure} of 2,557 days, Google Cloud: locked for ${gcp} of 2,557 days`;
		const retention = `${days("0", "0", "0")} -> ${days("2,557", "0", "2,557")}`;
		assert.deepEqual(served, {
			"FR-SEC-2/audit-aws": `AWS: ${open} -> AWS: ${locked}`,
			"FR-SEC-2/audit-gcp": `Google Cloud: ${open} -> Google Cloud: ${locked}`,
			"AG-AUD-1/immutable": `AWS: ${open}, Azure: ${open}, Google Cloud: ${open} -> AWS: ${locked}, Azure: ${open}, Google Cloud: ${locked}`,
			"SV-SEC-1/hsm-gcp": "0 of 4 Cloud KMS keys made and held in HSMs -> 4 of 4 Cloud KMS keys made and held in HSMs",
			"SV-SEC-1/hsm-azure":
				"0 of 3 Key Vault keys made and held in HSMs -> 3 of 3 Key Vault keys made and held in HSMs",
			"AG-AUD-1/retention": retention,
			"XX-PRIV-2/audit-retention": retention,
		});
	});

	it("names the option that the specification chooses", () => {
		const chosen = withSetting(specValue("dev"), "conflicts", { "nodes-per-region": "pool-sum" });
		assert.deepEqual(changes(trace, traceIn(chosen, resources)), {
			"FR-INF-2/conflict-nodes-per-region": "cluster-total -> pool-sum",
			"FR-INF-4/conflict-nodes-per-region": "cluster-total -> pool-sum",
		});
	});
});

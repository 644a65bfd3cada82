import assert from "node:assert/strict";
import { assess, queryContext, ruleContext } from "../../fleet/assessment";
import { ResourceGraph } from "../../lib/graph";
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
	"AG-AUD-1/encryption",
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
	"FR-DATA-3/conflict-artifact-cdn",
	"FR-DATA-3/conflict-cache-size",
	"FR-DATA-3/lifecycle",
	"FR-DATA-4/conflict-stream-retention",
	"FR-HW-2/conflict-rtx-4090",
	"FR-HW-2/conflict-rtx-6000-ada",
	"FR-INF-1/aws-regions",
	"FR-INF-1/clusters-per-region",
	"FR-INF-2/conflict-nodes-per-region",
	"FR-INF-3/gpu-type",
	"FR-INF-3/gpus-per-node",
	"FR-INF-3/memory",
	"FR-INF-3/memory-reported",
	"FR-INF-3/network-cards",
	"FR-INF-3/node-type",
	"FR-INF-3/nvme-reported",
	"FR-INF-3/nvme-striped",
	"FR-INF-4/conflict-nodes-per-region",
	"FR-INF-4/stranded-nodes",
	"FR-K8S-2/conflict-gpu-threshold",
	"FR-LB-1/conflict-routing-order",
	"FR-MOD-1/conflict-healthcare-module",
	"FR-MOD-1/conflict-multimodal-traffic",
	"FR-SEC-1/egress-policy",
	"FR-SEC-1/encryption",
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
	"SV-REG-1/group-in-zone",
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
const DEVIATING = ["XX-IAC-1/terraform-modules"];

/** The trace of a specification's own blueprint. */
async function traceOf(value: SpecValue): Promise<TraceRow[]> {
	const spec = parseSpec(value, "the specification of this test");
	const { resources } = await blueprintOf(value);
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

describe("the trace of dev", () => {
	let trace: readonly TraceRow[];
	before(async () => {
		trace = await traceOf(specValue("dev"));
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

	it("follows the pool's nodes wherever they count", async () => {
		const three = withSetting(specValue("dev"), "regions.0.gpuPools.0.nodes", 3);
		assert.deepEqual(changes(trace, await traceOf(three)), {
			"FR-INF-1/nodes-per-cluster": "7 of 128 nodes a cluster -> 6 of 128 nodes a cluster",
			"FR-INF-1/total-nodes": "7 of 1,536 nodes -> 6 of 1,536 nodes",
			"FR-INF-1/min-nodes": "7 of 32 nodes a cluster -> 6 of 32 nodes a cluster",
			"FR-INF-1/max-nodes": "10 of 256 nodes a cluster -> 9 of 256 nodes a cluster",
			"FR-INF-2/foundation-nodes": "4 of 64 nodes a region -> 3 of 64 nodes a region",
			"FR-INF-2/ratio": "4:0:0:0:0 -> 3:0:0:0:0",
			"FR-INF-2/setting": "4 GPU and 3 system nodes a cluster -> 3 GPU and 3 system nodes a cluster",
			"FR-INF-4/counted-apart": "4 GPU and 3 system nodes a cluster -> 3 GPU and 3 system nodes a cluster",
			"FR-INF-4/foundation-gpus": "32 of 512 GPUs a region -> 24 of 512 GPUs a region",
			"FR-INF-4/foundation-nodes": "4 of 64 nodes a region -> 3 of 64 nodes a region",
			"FR-INF-4/stranded-nodes": "0 of 4 GPU nodes -> 3 of 3 GPU nodes",
			"SV-HW-1/h100": "4 nodes -> 3 nodes",
			"SV-REG-1/groups-over-zones": "whole groups in 1 zone a region -> broken groups in 1 zone a region",
		});
	});

	it("follows the instance type into what a node is made of", async () => {
		const h200 = withSetting(specValue("dev"), "regions.0.gpuPools.0.instanceType", "p5en.48xlarge");
		const changed = changes(trace, await traceOf(h200));
		assert.equal(changed["FR-INF-3/gpu-type"], "h100, 80 GiB each -> h200, 141 GiB each");
		assert.equal(changed["FR-INF-3/network-cards"], "32 of 32 cards -> 16 of 16 cards");
	});

	it("reads the audit lock that a strict environment has", async () => {
		const strict = { relaxed: false, keyDeletionWindow: "30d", auditLock: "2557d" };
		const changed = changes(trace, await traceOf(withSetting(specValue("dev"), "protection", strict)));
		assert.equal(changed["AG-AUD-1/retention"], "locked for 0 of 2,557 days -> locked for 2,557 of 2,557 days");
	});

	it("names the option that the specification chooses", async () => {
		const chosen = withSetting(specValue("dev"), "conflicts", { "nodes-per-region": "pool-sum" });
		assert.deepEqual(changes(trace, await traceOf(chosen)), {
			"FR-INF-2/conflict-nodes-per-region": "cluster-total -> pool-sum",
			"FR-INF-4/conflict-nodes-per-region": "cluster-total -> pool-sum",
		});
	});
});

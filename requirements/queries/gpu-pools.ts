import type { ResourceGraph } from "../../lib/graph";
import { printed, sum, urnsOf } from "../counting";
import type { Pool } from "../readers/pools/pool";
import type { ItemAnswer, ItemQuery, QueryRegistry } from "../row";
import { atLeast, countedEach } from "./answers";
import { regionsOf } from "./places";
import { gpuPools, gpusOf, hasAsics, hasGpus, poolsOf, REPLICA_GROUP_NODES, resourcesOf } from "./pools";

/** Nodes a region that FR-INF-2 asks for, by the label that pods choose a pool by. */
const ASKED = { foundation: 64, business: 32, development: 48, creative: 40, multimodal: 24 } as const;
const MODELS = Object.keys(ASKED);

/** FR-INF-2, FR-INF-4 and SV-HW-1: how many nodes of which kind each region has. */
export const gpuPoolQueries: QueryRegistry = {
	"FR-INF-2/foundation-nodes": nodesOf("foundation"),
	"FR-INF-2/business-nodes": nodesOf("business"),
	"FR-INF-2/development-nodes": nodesOf("development"),
	"FR-INF-2/creative-nodes": nodesOf("creative"),
	"FR-INF-2/multimodal-nodes": nodesOf("multimodal"),
	"FR-INF-2/pools": (graph) => {
		const counts = byRegion(graph).map((pools) => MODELS.filter((model) => nodesIn(pools, model) > 0).length);
		return countedEach(resourcesOf(gpuPools(graph)), counts, { wanted: MODELS.length, unit: "model pools a region" });
	},
	"FR-INF-2/ratio": ratio,
	"FR-INF-4/foundation-nodes": nodesOf("foundation"),
	"FR-INF-4/foundation-gpus": (graph) => {
		const pools = byRegion(graph).map((each) => each.filter(({ label }) => label === "foundation"));
		const counts = pools.map((each) => sum(each.map(gpusOf)));
		return countedEach(resourcesOf(pools.flat()), counts, { wanted: 512, unit: "GPUs a region" });
	},
	"FR-INF-4/stranded-nodes": strandedNodes,
	"SV-HW-1/h100": deployed((pool) => hasGpus(pool) && modelOf(pool) === "h100"),
	"SV-HW-1/a100": deployed((pool) => hasGpus(pool) && modelOf(pool).startsWith("a100")),
	"SV-HW-1/asic": deployed(hasAsics),
};

/** The GPU pools of each region of the platform, an empty list for one without. */
function byRegion(graph: ResourceGraph): Pool[][] {
	const pools = gpuPools(graph);
	return regionsOf(graph).map((region) => pools.filter(({ group }) => group.cell === region));
}

function nodesOf(model: keyof typeof ASKED): ItemQuery {
	return (graph) => {
		const pools = gpuPools(graph).filter(({ label }) => label === model);
		const counts = byRegion(graph).map((each) => nodesIn(each, model));
		return countedEach(resourcesOf(pools), counts, { wanted: ASKED[model], unit: "nodes a region" });
	};
}

function nodesIn(pools: readonly Pool[], model: string): number {
	return sum(pools.filter(({ label }) => label === model).map(({ size }) => size.nodes));
}

/** Works where each region's pools stand to each other as asked, but for rounding to whole replica groups. */
function ratio(graph: ResourceGraph): ItemAnswer {
	const regions = byRegion(graph).map((pools) => MODELS.map((model) => nodesIn(pools, model)));
	const found = [...new Set(regions.map((counts) => counts.join(":")))].join(", ");
	const works = regions.length > 0 && regions.every(inRatio);
	return { found: found || "no region", works, resources: urnsOf(resourcesOf(gpuPools(graph))) };
}

function inRatio(counts: readonly number[]): boolean {
	const [asked, given] = [sum(Object.values(ASKED)), sum(counts)];
	return Object.values(ASKED).every((nodes, i) => {
		const count = counts[i] ?? 0;
		return count > 0 && Math.abs(count - (given * nodes) / asked) < REPLICA_GROUP_NODES;
	});
}

function strandedNodes(graph: ResourceGraph): ItemAnswer {
	const pools = gpuPools(graph);
	const stranded = sum(pools.map(({ size }) => size.nodes % REPLICA_GROUP_NODES));
	const nodes = sum(pools.map(({ size }) => size.nodes));
	return {
		found: `${printed(stranded)} of ${printed(nodes)} GPU nodes`,
		works: nodes > 0 && stranded === 0,
		resources: urnsOf(resourcesOf(pools)),
	};
}

function deployed(wanted: (pool: Pool) => boolean): ItemQuery {
	return (graph) => {
		const pools = poolsOf(graph).filter(wanted);
		return atLeast(resourcesOf(pools), sum(pools.map(({ size }) => size.nodes)), { wanted: 1, unit: "nodes" });
	};
}

function modelOf({ node }: Pool): string {
	return node.machine?.gpus?.model ?? "";
}

import type { ResourceGraph } from "../../lib/graph";
import { distinct, printed, sum, urnsOf } from "../counting";
import type { Pool } from "../readers/pools/pool";
import type { ItemAnswer, ItemQuery, QueryContext, QueryRegistry } from "../row";
import { atLeast, countedEach, describedEach } from "./answers";
import { regionsOf } from "./places";
import {
	gpuPools,
	gpusOf,
	hasAsics,
	hasGpus,
	MODULES,
	modulePools,
	poolsOf,
	REPLICA_GROUP_NODES,
	resourcesOf,
} from "./pools";

/** Nodes a region that FR-INF-2 asks for, by the label that pods choose a pool by. */
const ASKED = { foundation: 64, business: 32, development: 48, creative: 40, multimodal: 24 } as const;
/** GPUs of the foundation pool, and the width of its data parallelism, by the document. */
const FOUNDATION_GPUS = 512;
const DATA_PARALLEL = 16;

/** FR-INF-2, FR-INF-4 and SV-HW-1: how many nodes of which kind each region has. */
export const gpuPoolQueries: QueryRegistry = {
	"FR-INF-2/foundation-nodes": nodesOf("foundation"),
	"FR-INF-2/business-nodes": nodesOf("business"),
	"FR-INF-2/development-nodes": nodesOf("development"),
	"FR-INF-2/creative-nodes": nodesOf("creative"),
	"FR-INF-2/multimodal-nodes": nodesOf("multimodal"),
	"FR-INF-2/pools": (graph) => {
		const counts = byRegion(graph).map((pools) => MODULES.filter((model) => nodesIn(pools, model) > 0).length);
		return countedEach(resourcesOf(gpuPools(graph)), counts, { wanted: MODULES.length, unit: "model pools a region" });
	},
	"FR-INF-2/ratio": ratio,
	"FR-INF-4/foundation-nodes": nodesOf("foundation"),
	"FR-INF-4/foundation-gpus": (graph, context) => {
		const pools = byRegion(graph).map((each) => each.filter(({ label }) => label === "foundation"));
		const counts = pools.map((each) => sum(each.map(gpusOf)));
		return bySettledSize(
			countedEach(resourcesOf(pools.flat()), counts, { wanted: FOUNDATION_GPUS, unit: "GPUs a region" }),
			graph,
			context,
		);
	},
	"FR-INF-4/stranded-nodes": strandedNodes,
	"FR-INF-4/replica-group": replicaGroup,
	"FR-INF-4/data-parallel": (graph, context) =>
		bySettledSize(
			countedEach(resourcesOf(foundation(graph)), replicasByRegion(graph), {
				wanted: DATA_PARALLEL,
				unit: "replicas of foundation a region",
			}),
			graph,
			context,
		),
	"FR-INF-4/data-parallel-recomputed": (graph) => {
		const replicas = replicasByRegion(graph);
		return {
			found: `${distinct(replicas.map(printed)).join(", ") || "no"} replicas of foundation a region`,
			works: replicas.length > 0 && replicas.every((count) => count > 0 && Number.isInteger(count)),
			resources: urnsOf(resourcesOf(foundation(graph))),
		};
	},
	"SV-HW-1/h100": deployed((pool) => hasGpus(pool) && modelOf(pool) === "h100"),
	"SV-HW-1/a100": deployed((pool) => hasGpus(pool) && modelOf(pool).startsWith("a100")),
	"SV-HW-1/asic": deployed(hasAsics),
	"SV-HW-1/choice": choice,
};

/** The GPU pools of each region of the platform, an empty list for one without. */
function byRegion(graph: ResourceGraph): Pool[][] {
	const pools = gpuPools(graph);
	return regionsOf(graph).map((region) => pools.filter(({ group }) => group.cell === region));
}

function nodesOf(model: keyof typeof ASKED): ItemQuery {
	return (graph, context) => {
		const pools = gpuPools(graph).filter(({ label }) => label === model);
		const counts = byRegion(graph).map((each) => nodesIn(each, model));
		const answer = countedEach(resourcesOf(pools), counts, { wanted: ASKED[model], unit: "nodes a region" });
		return bySettledSize(answer, graph, context);
	};
}

/**
 * An answer that falls short because conflict nodes-per-region was settled for fewer nodes than the pools' own figures:
 * a deviation where every region keeps the asked ratio in whole replica groups; else what it was.
 */
function bySettledSize(answer: ItemAnswer, graph: ResourceGraph, { conflicts = [] }: QueryContext): ItemAnswer {
	const settled = conflicts.find(({ id }) => id === "nodes-per-region")?.choice;
	const smaller = settled === "cluster-total" || settled === "serving-share";
	if (answer.works || !smaller || !ratio(graph).works || !strandedNodes(graph).works) {
		return answer;
	}
	const substitute = `the same ratio in whole replica groups, as conflict nodes-per-region is settled (${settled})`;
	return { ...answer, works: true, deviation: { substitute, effect: "fewer replicas of each module a region" } };
}

function foundation(graph: ResourceGraph): Pool[] {
	return gpuPools(graph).filter(({ label }) => label === "foundation");
}

function replicasByRegion(graph: ResourceGraph): number[] {
	return byRegion(graph).map((pools) => nodesIn(pools, "foundation") / REPLICA_GROUP_NODES);
}

/** The module pools can be taken apart into groups of four nodes, at the start and at every bound. */
function replicaGroup(graph: ResourceGraph, context: QueryContext): ItemAnswer {
	const pools = modulePools(graph, context);
	return describedEach(pools, {
		holds: ({ size }) => size.nodes > 0 && inGroups(size),
		words: ({ size }) => (inGroups(size) ? `${REPLICA_GROUP_NODES} nodes a group` : "broken groups"),
		none: "no GPU pool",
	});
}

function inGroups({ nodes, min, max }: Pool["size"]): boolean {
	return [nodes, min, max].every((count) => count % REPLICA_GROUP_NODES === 0);
}

/** GPUs and chips that are no GPUs, both deployed. */
function choice(graph: ResourceGraph): ItemAnswer {
	const pools = poolsOf(graph).filter(({ size, node }) => size.nodes > 0 && node.accelerators > 0);
	const models = distinct(pools.map(modelOf));
	return {
		found: models.join(", ") || "no accelerator",
		works: pools.some(hasAsics) && pools.some(hasGpus),
		resources: urnsOf(resourcesOf(pools)),
	};
}

function nodesIn(pools: readonly Pool[], model: string): number {
	return sum(pools.filter(({ label }) => label === model).map(({ size }) => size.nodes));
}

/** Works where each region's pools stand to each other as asked, but for rounding to whole replica groups. */
function ratio(graph: ResourceGraph): ItemAnswer {
	const regions = byRegion(graph).map((pools) => MODULES.map((model) => nodesIn(pools, model)));
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

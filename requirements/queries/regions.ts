import { cloudFacts } from "../../catalogue/clouds";
import type { Cloud } from "../../lib/cells";
import type { ResourceGraph, ResourceNode } from "../../lib/graph";
import { amount, distinct } from "../counting";
import type { ItemAnswer, ItemQuery, QueryContext, QueryRegistry } from "../row";
import { atLeast, counted, describedEach } from "./answers";
import { cloudOf, inRegionCell, NETWORKS, regionalNodes, regionOf, regionsOf } from "./places";
import { gpuPools, poolsOf, REPLICA_GROUP_NODES, resourcesOf } from "./pools";
import { merged } from "./substitutes";

const LEAST_ZONES = 3;

/** FR-INF-1's regions by cloud, SV-REG-1's regions and zones. */
export const regionQueries: QueryRegistry = {
	"FR-INF-1/regions": (graph) => {
		const regions = regionsOf(graph);
		const answer = counted(networks(graph), regions.length, { wanted: 12, unit: "regions" });
		return { ...answer, found: [answer.found, ...regions].join(", ") };
	},
	"FR-INF-1/aws-regions": regionsOn("aws"),
	"FR-INF-1/gcp-regions": regionsOn("gcp"),
	"FR-INF-1/azure-regions": regionsOn("azure"),
	"FR-INF-1/gpu-offer": gpuOffer,
	"SV-REG-1/regions": (graph) => atLeast(networks(graph), regionsOf(graph).length, { wanted: 2, unit: "regions" }),
	"SV-REG-1/zones": zones,
	"SV-REG-1/groups-over-zones": groupsOverZones,
	"SV-REG-1/group-in-zone": groupInZone,
};

function networks(graph: ResourceGraph): ResourceNode[] {
	return regionalNodes(graph, ...NETWORKS);
}

function cellsOf(nodes: readonly ResourceNode[]): string[] {
	return distinct(nodes.map(({ cell }) => cell));
}

function regionsOn(cloud: Cloud): ItemQuery {
	return (graph) => {
		const here = networks(graph).filter((node) => cloudOf(node) === cloud);
		return atLeast(here, cellsOf(here).length, { wanted: 1, unit: "regions" });
	};
}

/** The GPU is offered in each region, or the specification names what runs there instead. */
function gpuOffer(graph: ResourceGraph, { shortfalls = [] }: QueryContext): ItemAnswer {
	const offered = networks(graph).filter((network) => isOffered(graph, network));
	const answer = counted(offered, cellsOf(offered).length, { wanted: 12, unit: "regions whose cloud offers 8x H100" });
	const others = cellsOf(networks(graph)).filter((cell) => !cellsOf(offered).includes(cell));
	const substitutes = others.flatMap(
		(cell) => shortfalls.find((row) => row.trait === "gpu" && row.cell === cell)?.substitute ?? [],
	);
	const complete = substitutes.length > 0 && cellsOf(offered).length + substitutes.length === 12;
	return complete ? { ...answer, works: true, deviation: merged(substitutes) } : answer;
}

/** The catalogue lists which cloud offers which machine where. */
function isOffered(graph: ResourceGraph, network: ResourceNode): boolean {
	const cloud = cloudOf(network);
	const region = regionOf(graph, network);
	if (cloud === undefined || region === undefined) {
		return false;
	}
	const { regions, machine } = cloudFacts[cloud];
	const offers = Object.hasOwn(regions, region) ? Object.keys(regions[region]?.offers ?? {}) : [];
	return offers.some((name) => {
		const gpus = machine(name)?.gpus;
		return gpus?.model === "h100" && gpus.count === 8;
	});
}

/** Zones that the nodes of a region stand in. */
function zones(graph: ResourceGraph): ItemAnswer {
	const pools = poolsOf(graph).filter(({ group, size }) => inRegionCell(graph, group) && size.nodes > 0);
	const regions = regionsOf(graph).map((cell) => {
		const own = pools.filter(({ group }) => group.cell === cell);
		return { resources: resourcesOf(own), zones: distinct(own.flatMap(({ place }) => place.zones)).length };
	});
	return describedEach(regions, {
		holds: (region) => region.zones >= LEAST_ZONES,
		words: (region) => `${amount(region.zones, "zones")} a region`,
		none: "no region",
	});
}

/** Whole replica groups of each region in more than one zone. */
function groupsOverZones(graph: ResourceGraph): ItemAnswer {
	const pools = gpuPools(graph);
	const regions = regionsOf(graph).map((cell) => {
		const own = pools.filter(({ group, size }) => group.cell === cell && size.nodes > 0);
		const whole = own.every(({ size }) => size.nodes % REPLICA_GROUP_NODES === 0);
		const inZones = distinct(own.flatMap(({ place }) => place.zones)).length;
		return { resources: resourcesOf(own), whole, inZones };
	});
	return describedEach(regions, {
		holds: ({ whole, inZones }) => whole && inZones > 1,
		words: ({ whole, inZones }) =>
			`${whole ? "whole groups" : "broken groups"} in ${amount(inZones, "zones")} a region`,
		none: "no region",
	});
}

/** A pool of one zone cannot spread a replica group. */
function groupInZone(graph: ResourceGraph): ItemAnswer {
	return describedEach(gpuPools(graph), {
		holds: ({ place }) => place.zones.length === 1,
		words: ({ place }) => `each GPU pool in ${amount(place.zones.length, "zones")}`,
		none: "no GPU pool",
	});
}

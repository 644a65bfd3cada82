import { INSTANCE_TYPES, instanceType } from "../../catalogue/aws/instance-types";
import { awsRegions } from "../../catalogue/aws/regions";
import type { Cloud } from "../../lib/cells";
import type { ResourceGraph, ResourceNode } from "../../lib/graph";
import type { ItemAnswer, ItemQuery, QueryRegistry } from "../row";
import { atLeast, counted, describedEach } from "./answers";
import { amount, distinct, textAt } from "./counting";
import { cloudOf, NETWORKS, regionalNodes, regionOf, regionsOf } from "./places";
import { gpuPools, type Pool, REPLICA_GROUP_NODES } from "./pools";

const SUBNET = "aws:ec2/subnet:Subnet";
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
	"FR-INF-1/gpu-offer": (graph) => {
		const offered = networks(graph).filter(isOffered);
		return counted(offered, cellsOf(offered).length, { wanted: 12, unit: "regions whose cloud offers 8x H100" });
	},
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

/** The catalogue lists what AWS offers where; of the other clouds it says nothing yet. */
function isOffered(network: ResourceNode): boolean {
	const region = cloudOf(network) === "aws" ? (regionOf(network) ?? "") : "";
	const types = Object.hasOwn(awsRegions, region) ? (awsRegions[region]?.acceleratedTypes ?? []) : [];
	return types.some((name) => {
		const gpus = instanceType(name)?.gpus;
		return gpus?.model === INSTANCE_TYPES["p5.48xlarge"].gpus.model && gpus.count === 8;
	});
}

/** Zones that a region's subnets lie in. */
function zones(graph: ResourceGraph): ItemAnswer {
	const subnets = regionalNodes(graph, SUBNET);
	const regions = regionsOf(graph).map((cell) => {
		const resources = subnets.filter((subnet) => subnet.cell === cell);
		return { resources, zones: zonesOf(resources).length };
	});
	return describedEach(regions, {
		holds: (region) => region.zones >= LEAST_ZONES,
		words: (region) => `${amount(region.zones, "zones")} a region`,
		none: "no region",
	});
}

function zonesOf(subnets: readonly ResourceNode[]): string[] {
	return distinct(subnets.flatMap(({ inputs }) => textAt(inputs, "availabilityZone") ?? []));
}

function poolZones(graph: ResourceGraph, { group }: Pool): string[] {
	return zonesOf(graph.sourcesOf(group, "subnetIds", SUBNET));
}

/** Whole replica groups of each region in more than one zone. */
function groupsOverZones(graph: ResourceGraph): ItemAnswer {
	const pools = gpuPools(graph);
	const regions = regionsOf(graph).map((cell) => {
		const own = pools.filter(({ group, nodes }) => group.cell === cell && nodes > 0);
		const whole = own.every(({ nodes }) => nodes % REPLICA_GROUP_NODES === 0);
		const inZones = distinct(own.flatMap((pool) => poolZones(graph, pool))).length;
		return { resources: own.flatMap((pool) => pool.resources), whole, inZones };
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
		holds: (pool) => poolZones(graph, pool).length === 1,
		words: (pool) => `each GPU pool in ${amount(poolZones(graph, pool).length, "zones")}`,
		none: "no GPU pool",
	});
}

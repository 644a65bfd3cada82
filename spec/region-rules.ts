import { poolsOfCluster } from "../catalogue/azure/vm-sizes";
import { cloudFacts } from "../catalogue/clouds";
import type { Requirement } from "../lib/errors";
import { accessRules } from "./access-rules";
import { rangeRules } from "./range-rules";
import { unknownRegion } from "./region-names";
import type { RegionSpec, Spec } from "./schema";

/** Rules of one region. */
export function regionRules(region: RegionSpec, path: string, spec: Spec): Requirement[] {
	const { regions, machine, files } = cloudFacts[region.cloud];
	const known = regions[region.region];
	const zones = known?.zones ?? [];
	return [
		{ when: known === undefined, path: `${path}.region`, message: unknownRegion(region.cloud, region.region) },
		...region.zones.map((zone, i) => ({
			when: known !== undefined && !zones.includes(zone),
			path: `${path}.zones[${i}]`,
			message: `must be a zone of ${region.region} (${zones.join(", ")}), but ${zone} was given`,
		})),
		{
			when: new Set(region.zones).size < region.zones.length,
			path: `${path}.zones`,
			message: `must name three different zones, but ${region.zones.join(", ")} was given`,
		},
		...rangeRules(region, path),
		...accessRules(region, path, spec),
		{
			when: region.systemPool.min > region.systemPool.max,
			path: `${path}.systemPool.max`,
			message: `must be at least min (${region.systemPool.min} nodes), but ${region.systemPool.max} was given; raise max or lower min`,
		},
		{
			when: region.cloud === "gcp" && region.systemPool.max < region.zones.length,
			path: `${path}.systemPool.max`,
			message: `must be at least ${region.zones.length} nodes, one a zone at the start, but ${region.systemPool.max} was given; raise it`,
		},
		{
			when: region.cloud === "gcp" && (region.systemPool.nodes ?? 0) % region.zones.length !== 0,
			path: `${path}.systemPool.nodes`,
			message: `must be a multiple of ${region.zones.length}, because GKE starts as many nodes in each zone, but ${region.systemPool.nodes} was given; round it up`,
		},
		{
			when: machine(region.systemPool.instanceType) === undefined,
			path: `${path}.systemPool.instanceType`,
			message: `must be an instance type of ${files.machines}, but ${region.systemPool.instanceType} was given; add it there with its source`,
		},
		{
			when: region.cloud === "azure" && region.gpuPools.length >= poolsOfCluster,
			path: `${path}.gpuPools`,
			message: `must be at most ${poolsOfCluster - 1} pools beside the system pool, as many as a cluster of AKS takes, but ${region.gpuPools.length} were given; put some into another region`,
		},
	];
}

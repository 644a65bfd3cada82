import { SERVICE_QUOTAS } from "../catalogue/aws/service-quotas";
import { placementGroupNodes, vmSize } from "../catalogue/azure/vm-sizes";
import { cloudFacts } from "../catalogue/clouds";
import type { Requirement } from "../lib/errors";
import { inGib } from "../lib/units";
import { capacityRules } from "./capacity-rules";
import type { GpuPoolSpec, RegionSpec, Spec } from "./schema";

const { nodesPerNodeGroup } = SERVICE_QUOTAS;

/** Rules of one pool of accelerated nodes. */
export function gpuPoolRules(pool: GpuPoolSpec, path: string, region: RegionSpec, spec: Spec): Requirement[] {
	const { machine, files, regions } = cloudFacts[region.cloud];
	const type = machine(pool.instanceType);
	const offers = regions[region.region]?.offers ?? {};
	const offered = Object.keys(offers).join(", ") || "none";
	const zones = offers[pool.instanceType];
	return [
		{
			when: type?.gpus === undefined,
			path: `${path}.instanceType`,
			message: `must be an accelerated type of ${files.machines}, but ${pool.instanceType} was given; ${region.region} offers ${offered}`,
		},
		{
			when: type?.gpus !== undefined && zones === undefined,
			path: `${path}.instanceType`,
			message: `${pool.instanceType} is not offered in ${region.region}, which has ${offered}; choose one of these or another region`,
		},
		{
			when: !region.zones.includes(pool.zone),
			path: `${path}.zone`,
			message: `must be one of the region's zones (${region.zones.join(", ")}), but ${pool.zone} was given`,
		},
		{
			when: zones !== undefined && region.zones.includes(pool.zone) && !zones.includes(pool.zone),
			path: `${path}.zone`,
			message: `must be a zone that offers ${pool.instanceType} (${zones?.join(", ")}), but ${pool.zone} was given; move the pool, or choose another type`,
		},
		{
			when: region.cloud === "aws" && (pool.max ?? pool.nodes) > nodesPerNodeGroup.limit,
			path: `${path}.nodes`,
			message: `must be at most ${nodesPerNodeGroup.limit} nodes, the most of a managed node group, but ${pool.max} may come; make two pools`,
		},
		{
			when: region.gpuPools.filter((other) => other.name === pool.name).length > 1,
			path: `${path}.name`,
			message: `must be unique within the region, but ${pool.name} names several pools; rename one`,
		},
		{
			when: pool.name === "system",
			path: `${path}.name`,
			message: "must not be system, which names the region's system pool; rename it",
		},
		{
			when: (vmSize(pool.instanceType)?.infinibandAdapters ?? 0) > 0 && (pool.max ?? pool.nodes) > placementGroupNodes,
			path: `${path}.nodes`,
			message: `must be at most ${placementGroupNodes} nodes, as far as one InfiniBand fabric of Azure reaches, but ${pool.nodes} was given; make two pools`,
		},
		...boundRules(pool, path),
		...capacityRules(pool, path, spec),
		{
			when: inGib(pool.rootVolume) < 100,
			path: `${path}.rootVolume`,
			message: `must be at least 100GiB for driver and images, but ${pool.rootVolume} was given; raise it`,
		},
	];
}

/** An autoscaler moves a pool between bounds that hold its start; purchased capacity comes and goes with its window. */
function boundRules({ nodes, min = nodes, max = nodes, capacity }: GpuPoolSpec, path: string): Requirement[] {
	const windowed = ["capacity-block", "calendar", "flex-start"];
	return [
		{
			when: min > nodes,
			path: `${path}.min`,
			message: `must be at most nodes (${nodes}), but ${min} was given; lower it`,
		},
		{
			when: max < nodes,
			path: `${path}.max`,
			message: `must be at least nodes (${nodes}), but ${max} was given; raise it`,
		},
		{
			when: windowed.includes(capacity.kind) && (min !== nodes || max !== nodes),
			path: `${path}.capacity.kind`,
			message: `must be on-demand or reservation for a pool that grows from ${min} to ${max} nodes, but ${capacity.kind} was given; leave min and max out, or draw it from other capacity`,
		},
	];
}

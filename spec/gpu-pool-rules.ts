import { instanceType } from "../catalogue/aws/instance-types";
import { awsRegions } from "../catalogue/aws/regions";
import type { Requirement } from "../lib/errors";
import { inGib } from "../lib/units";
import type { GpuPoolSpec, RegionSpec, Spec } from "./schema";

/** Rules of one pool of accelerated nodes. */
export function gpuPoolRules(pool: GpuPoolSpec, path: string, region: RegionSpec, spec: Spec): Requirement[] {
	const type = instanceType(pool.instanceType);
	const offered = awsRegions[region.region]?.acceleratedTypes ?? [];
	const { capacity } = pool;
	return [
		{
			when: type?.gpus === undefined,
			path: `${path}.instanceType`,
			message: `must be an accelerated type of catalogue/aws/instance-types.ts, but ${pool.instanceType} was given; ${region.region} offers ${offered.join(", ") || "none"}`,
		},
		{
			when: type?.gpus !== undefined && !offered.includes(pool.instanceType),
			path: `${path}.instanceType`,
			message: `${pool.instanceType} is not offered in ${region.region}, which has ${offered.join(", ") || "none"}; choose one of these or another region`,
		},
		{
			when: !region.zones.includes(pool.zone),
			path: `${path}.zone`,
			message: `must be one of the region's zones (${region.zones.join(", ")}), but ${pool.zone} was given`,
		},
		{
			when: region.gpuPools.filter((other) => other.name === pool.name).length > 1,
			path: `${path}.name`,
			message: `must be unique within the region, but ${pool.name} names several pools; rename one`,
		},
		{
			when: capacity.kind === "reservation" && capacity.create === (capacity.id !== undefined),
			path: `${path}.capacity`,
			message: "must either create a reservation (create: true) or name one that exists (id), not both or neither",
		},
		{
			when: capacity.kind === "reservation" && capacity.create && spec.target === "cloud" && pool.nodes === 0,
			path: `${path}.nodes`,
			message: "must be at least 1 node where a reservation is created, because an empty reservation cannot be made",
		},
		{
			when: capacity.kind === "capacity-block" && Date.parse(capacity.starts) >= Date.parse(capacity.ends),
			path: `${path}.capacity.ends`,
			message: "must be later than starts; check the block's window",
		},
		{
			when: inGib(pool.rootVolume) < 100,
			path: `${path}.rootVolume`,
			message: `must be at least 100GiB for driver and images, but ${pool.rootVolume} was given; raise it`,
		},
	];
}

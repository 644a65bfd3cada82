import { cloudFacts } from "../../catalogue/clouds";
import type { RegionSpec, Spec } from "../schema";
import { type ClusterSize, clusterSize } from "./cluster-size";

/** What the pools of modules have in common on every cloud. */
interface ServingSettings {
	readonly instanceType: string;
	readonly zones?: readonly string[] | undefined;
}

/** What a module's pool adds to its region's settings. */
interface ModulePool {
	readonly name: string;
	readonly zone: string;
	readonly nodes: number;
	readonly min: number;
	readonly max: number;
}

/** The zones that a region's modules are dealt out to: those named, else the region's own zones that offer the type. */
export function servingZones(region: RegionSpec): string[] {
	const { serving, zones } = region;
	const offers = cloudFacts[region.cloud].regions[region.region]?.offers ?? {};
	const offered = offers[serving?.instanceType ?? ""] ?? [];
	return [...(serving?.zones ?? zones.filter((zone) => offered.includes(zone)))];
}

/** The region with a pool for each module beside its own pools, and its system pool as large as they leave it. */
export function withModulePools(region: RegionSpec, spec: Spec): RegionSpec {
	const size = clusterSize(spec, region);
	if (size === undefined) {
		return region;
	}
	const systemNodes = { nodes: size.system.wanted, min: size.system.min, max: size.system.max };
	const zones = servingZones(region);
	switch (region.cloud) {
		case "aws":
			return {
				...region,
				systemPool: { ...region.systemPool, ...systemNodes },
				gpuPools: [...region.gpuPools, ...pools(region.serving, size, zones)],
			};
		case "gcp":
			return {
				...region,
				systemPool: { ...region.systemPool, ...systemNodes },
				gpuPools: [...region.gpuPools, ...pools(region.serving, size, zones)],
			};
		case "azure":
			return {
				...region,
				systemPool: { ...region.systemPool, ...systemNodes },
				gpuPools: [...region.gpuPools, ...pools(region.serving, size, zones)],
			};
	}
}

/** A pool for each module, in the zones in turn: each fabric in one zone, the region's replicas in several. */
function pools<S extends ServingSettings>(
	serving: S | undefined,
	size: ClusterSize,
	zones: readonly string[],
): (Omit<S, "zones"> & ModulePool)[] {
	if (serving === undefined) {
		return [];
	}
	const { zones: _, ...common } = serving;
	return [...size.modules].map(([name, { wanted, min, max }], i) => ({
		...common,
		name,
		zone: zones[i % zones.length] ?? "",
		nodes: wanted,
		min,
		max,
	}));
}

import { type Cloud, regionCell } from "../lib/cells";
import { enabledRegions } from "./cells";
import type { GpuPoolSpec, RegionSpec, Spec } from "./schema";

/** Reserved or bought capacity that a pool draws from. */
export interface Reservation {
	readonly cloud: Cloud;
	/** Cell of the region. */
	readonly cell: string;
	readonly pool: string;
	readonly zone: string;
	readonly instanceType: string;
	/** Nodes that the pool takes from it. */
	readonly nodes: number;
	/** Id or name of one that exists; undefined where the environment makes it. */
	readonly name: string | undefined;
}

/** The reservations of all pools, in the order of the regions; pools on demand have none. */
export function reservationsOf(spec: Spec): Reservation[] {
	return enabledRegions(spec).flatMap((region) => region.gpuPools.flatMap((pool) => reservationOf(region, pool) ?? []));
}

function reservationOf({ cloud, region }: RegionSpec, pool: GpuPoolSpec): Reservation | undefined {
	const { capacity, name, zone, instanceType, nodes } = pool;
	if (capacity.kind === "on-demand" || capacity.kind === "flex-start") {
		return undefined;
	}
	const place = { cloud, cell: regionCell(cloud, region), pool: name, zone, instanceType, nodes };
	return { ...place, name: existingName(capacity) };
}

/** The id or name of a reservation that exists; nothing where the environment makes it or none is needed. */
export function existingName(capacity: GpuPoolSpec["capacity"]): string | undefined {
	if ("id" in capacity) {
		return capacity.id;
	}
	return "name" in capacity ? capacity.name : undefined;
}

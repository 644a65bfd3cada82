import type { Requirement } from "../lib/errors";
import { existingName } from "./reservations";
import type { GpuPoolSpec, RegionSpec, Spec } from "./schema";

/** Pools that draw from a reservation that exists must fit it by zone, type and count, all of them together. */
export function reservationRules(region: RegionSpec, path: string, spec: Spec): Requirement[] {
	return [
		...region.reservations.flatMap((_, i) => fitRules(region, i, path)),
		...region.gpuPools.map((pool, i) => known(pool, `${path}.gpuPools[${i}]`, region, spec)),
	];
}

type ListedReservation = RegionSpec["reservations"][number];

function fitRules(region: RegionSpec, i: number, path: string): Requirement[] {
	const reservation = region.reservations[i];
	if (reservation === undefined) {
		return [];
	}
	const users = region.gpuPools.filter(({ capacity }) => existingName(capacity) === reservation.name);
	const taken = users.reduce((sum, { nodes, max = nodes }) => sum + max, 0);
	return [
		...users.flatMap((pool) => placeRules(pool, reservation, `${path}.reservations[${i}]`)),
		{
			when: taken > reservation.count,
			path: `${path}.reservations[${i}].count`,
			message: `must hold the ${taken} nodes of ${users.map(({ name }) => name).join(", ")}, but ${reservation.name} has ${reservation.count} x ${reservation.instanceType}; lower the pools' nodes, or reserve more`,
		},
	];
}

function placeRules(pool: GpuPoolSpec, reservation: ListedReservation, path: string): Requirement[] {
	return [
		{
			when: pool.zone !== reservation.zone,
			path: `${path}.zone`,
			message: `must be the zone of the pool that draws from it (${pool.name} in ${pool.zone}), but ${reservation.name} is in ${reservation.zone}; move the pool, or name another reservation`,
		},
		{
			when: pool.instanceType !== reservation.instanceType,
			path: `${path}.instanceType`,
			message: `must be the type of the pool that draws from it (${pool.name} of ${pool.instanceType}), but ${reservation.name} holds ${reservation.instanceType}; change one of them`,
		},
	];
}

/** What a real account holds must be written down, so that it can be matched before anything is created. */
function known({ capacity }: GpuPoolSpec, path: string, region: RegionSpec, { target }: Spec): Requirement {
	const name = existingName(capacity);
	const listed = region.reservations.some((each) => each.name === name);
	return {
		when: name !== undefined && !listed && target === "cloud",
		path: `${path}.capacity`,
		message: `must name a reservation that the region's reservations list with zone, type and count where target is cloud, but ${name} is not there; add it`,
	};
}

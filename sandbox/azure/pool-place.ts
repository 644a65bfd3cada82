import { parseCidr, sizeOf } from "../../lib/cidr";
import { isObject, type Properties } from "../../lib/values";
import { faultsOf } from "../check/fault-table";
import { list, number, text, texts } from "../check/inputs";
import type { CheckContext, Fault, SandboxObject } from "../model";
import { blocksOfSubnet, RESERVED_ADDRESSES } from "./blocks";
import { locationOfObject } from "./place";
import { TYPE } from "./types";

/** A pool with the network of its cluster. */
export interface PlacedPool {
	readonly pool: Properties;
	/** `networkProfile` of the cluster. */
	readonly network: Properties;
	/** Id of the object that holds it: pools of the object that is being changed count once. */
	readonly owner: string | undefined;
}

/** The pools of a cluster's own profile. */
export function profilesOf(cluster: Properties, owner: string | undefined): PlacedPool[] {
	const network = isObject(cluster.networkProfile) ? cluster.networkProfile : {};
	return list(cluster, "agentPoolProfiles").flatMap((pool) => (isObject(pool) ? [{ pool, network, owner }] : []));
}

/**
 * Why the nodes cannot live in their subnet: another region, delegated, too few addresses for all pools in it. `own` are
 * the pools of one object in one subnet; the fault is that of the first.
 */
export function subnetFaults(
	own: readonly PlacedPool[],
	under: string,
	location: string | undefined,
	context: CheckContext,
): Fault[] {
	const id = text(own[0]?.pool, "vnetSubnetID");
	const [subnet] = id === undefined ? [] : context.world.find([TYPE.subnet], "id", id);
	if (!subnet || id === undefined) {
		return [];
	}
	const there = locationOfObject(subnet, context.world);
	const [delegation] = list(subnet.outputs, "delegations");
	const others = neighbours(id, there, context).filter(({ owner }) => owner === undefined || owner !== own[0]?.owner);
	const needed = [...own, ...others].reduce((sum, each) => sum + addressesOf(each), 0);
	const free = blocksOfSubnet(subnet).reduce((sum, block) => sum + usable(block), 0);
	return faultsOf([
		{
			when: there !== undefined && location !== undefined && there !== location,
			property: `${under}vnetSubnetID`,
			reason: `must be a subnet in ${location}, but it is in ${there}`,
		},
		{
			when: delegation !== undefined,
			property: `${under}vnetSubnetID`,
			reason: `the subnet is delegated to ${text(delegation, "serviceName")}, so no nodes can live there; use another`,
		},
		{
			when: needed > free,
			property: `${under}vnetSubnetID`,
			reason: `needs ${needed} addresses for all pools in the subnet at their largest, but it has ${free}; use a larger subnet or fewer nodes`,
		},
	]);
}

function usable(block: string): number {
	const parsed = parseCidr(block);
	return parsed ? Number(sizeOf(parsed)) - RESERVED_ADDRESSES : 0;
}

/** Pools of live and planned clusters in a subnet, a cluster's own profile and agent pools alike. */
function neighbours(subnetId: string, region: string | undefined, { scope, world }: CheckContext): PlacedPool[] {
	const clusters = world.list(TYPE.cluster, { ...scope, region: region ?? scope.region });
	const profiles = clusters.flatMap((cluster) => profilesOf(cluster.outputs, cluster.id));
	const own = world.find([TYPE.agentPool], "vnetSubnetID", subnetId).map((each): PlacedPool => {
		const parent = clusters.find((cluster) => cluster.id !== "" && each.id.startsWith(`${cluster.id}/`));
		const network = parent?.outputs.networkProfile;
		return { pool: each.outputs, network: isObject(network) ? network : {}, owner: each.id };
	});
	return [...profiles.filter(({ pool }) => text(pool, "vnetSubnetID") === subnetId), ...own];
}

/** Addresses of a pool at its largest: one a node, and without an overlay one for each of its pods as well. */
function addressesOf({ pool, network }: PlacedPool): number {
	const nodes = largest(pool);
	const overlay = text(network, "networkPluginMode") === "overlay" || text(network, "networkPlugin") !== "azure";
	const pods = overlay || text(pool, "podSubnetID") !== undefined ? 0 : (number(pool, "maxPods") ?? 30);
	return nodes * (1 + pods);
}

/** The most nodes that a pool may have. */
export function largest(pool: Properties): number {
	return number(pool, "maxCount") ?? number(pool, "count") ?? 0;
}

/** Why the machines cannot come from the reservation: another region or zone, or no reservation of the size in it. */
export function reservationFaults(
	pool: Properties,
	under: string,
	location: string | undefined,
	context: CheckContext,
): Fault[] {
	const id = text(pool, "capacityReservationGroupID");
	const [group] = id === undefined ? [] : context.world.find([TYPE.reservationGroup], "id", id);
	if (!group) {
		return [];
	}
	const size = text(pool, "vmSize");
	const within = reservationsOf(group, context);
	const fitting = within.filter((each) => size === undefined || text(each.outputs, "sku.name") === size);
	const covered = new Set(fitting.flatMap((each) => texts(each.outputs, "zones")));
	const open = texts(pool, "availabilityZones").filter((zone) => !covered.has(zone));
	const there = locationOfObject(group, context.world);
	return faultsOf([
		{
			when: there !== undefined && location !== undefined && there !== location,
			property: `${under}capacityReservationGroupID`,
			reason: `must be a group in ${location}, but it is in ${there}`,
		},
		{
			when: fitting.length === 0,
			property: `${under}capacityReservationGroupID`,
			reason: `the group has no reservation of ${size}; it has ${within.map((each) => text(each.outputs, "sku.name")).join(", ") || "none"}; add one and depend on it`,
		},
		{
			when: fitting.length > 0 && covered.size > 0 && open.length > 0,
			property: `${under}availabilityZones`,
			reason: `the group's reservations of ${size} are in zone ${[...covered].join(", ")}, but the pool may use ${open.join(", ")}; give the same zones`,
		},
	]);
}

function reservationsOf(group: SandboxObject, { world }: CheckContext): SandboxObject[] {
	const name = group.outputs.capacityReservationGroupName ?? "";
	return world
		.find([TYPE.reservation], "capacityReservationGroupName", name)
		.filter(
			(each) => each.outputs.resourceGroupName === group.outputs.resourceGroupName && each.account === group.account,
		);
}

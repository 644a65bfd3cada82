import type { Properties } from "../../lib/values";
import { isAbsent, isSet, number, text } from "../check/inputs";
import type { CheckContext, Fault, SandboxObject, World } from "../model";
import { anySource, type Draw } from "../quotas/draws";
import { type DrawRule, grantFaults } from "../quotas/grant-faults";
import { locationOfObject } from "./place";
import { profilesOf } from "./pool-place";
import { TYPE } from "./types";

const rule: DrawRule = {
	cloud: "azure",
	types: [TYPE.cluster, TYPE.agentPool, TYPE.reservation],
	regionOf: locationOfObject,
	drawsOf: (object, world) => {
		switch (object.type) {
			case TYPE.cluster:
				return profilesOf(object.outputs, object.id).flatMap(({ pool }, i) =>
					poolDraws(pool, `agentPoolProfiles[${i}].`, world),
				);
			case TYPE.agentPool:
				return poolDraws(object.outputs, "", world);
			default:
				return reservationDraws(object);
		}
	},
};

/** Quotas of vCPUs that a cluster, a pool or a reservation would exceed. */
export function azureGrantFaults(context: CheckContext, type: string): Fault[] {
	return grantFaults(context, type, rule);
}

function reservationDraws({ outputs }: SandboxObject): Draw[] {
	const type = text(outputs, "sku.name");
	const machines = number(outputs, "sku.capacity") ?? 0;
	return type === undefined
		? []
		: [{ type, machines, source: within(outputs, type), reserves: true, property: "sku.capacity" }];
}

/** Machines of a size in a group of reservations. */
function within(group: Properties, size: string): string {
	return [text(group, "resourceGroupName"), text(group, "capacityReservationGroupName"), size].join("/");
}

/** Spot machines have a quota of their own. */
function poolDraws(pool: Properties, under: string, world: World): Draw[] {
	const type = text(pool, "vmSize");
	const regular = isAbsent(pool, "scaleSetPriority") || text(pool, "scaleSetPriority") === "Regular";
	const source = type === undefined ? undefined : sourceOfNodes(pool, type, world);
	const machines = number(pool, "count") ?? (isAbsent(pool, "count") ? 1 : 0);
	return regular && type !== undefined && source !== undefined
		? [{ type, machines, source, reserves: false, property: `${under}count` }]
		: [];
}

/** What the nodes run in; undefined where their group of reservations is not known yet. */
function sourceOfNodes(pool: Properties, size: string, world: World): string | undefined {
	const id = text(pool, "capacityReservationGroupID");
	if (id === undefined) {
		return isSet(pool, "capacityReservationGroupID") ? undefined : anySource(size);
	}
	const [group] = world.find([TYPE.reservationGroup], "id", id);
	return group === undefined ? `${id}/${size}` : within(group.outputs, size);
}

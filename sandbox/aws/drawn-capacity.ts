import { isAbsent, isSet, number, text, texts } from "../check/inputs";
import type { CheckContext, Fault, SandboxObject, World } from "../model";
import { anySource, type Draw } from "../quotas/draws";
import { type DrawRule, grantFaults } from "../quotas/grant-faults";
import { templateOf } from "./eks-node-group-machines";

const GROUP = "aws:eks/nodeGroup:NodeGroup";
const RESERVATION = "aws:ec2/capacityReservation:CapacityReservation";
const TARGET = "capacityReservationSpecification.capacityReservationTarget.capacityReservationId";
const PREFERENCE = "capacityReservationSpecification.capacityReservationPreference";

const rule: DrawRule = {
	cloud: "aws",
	types: [GROUP, RESERVATION],
	regionOf: ({ region }) => region,
	drawsOf: (object, world) => (object.type === GROUP ? groupDraws(object, world) : reservationDraws(object)),
};

/** Quotas of running on-demand instances that a node group or a capacity reservation would exceed. */
export function awsGrantFaults(context: CheckContext, type: string): Fault[] {
	return grantFaults(context, type, rule);
}

function reservationDraws(reservation: SandboxObject): Draw[] {
	const type = text(reservation.outputs, "instanceType");
	const machines = number(reservation.outputs, "instanceCount") ?? 0;
	return type === undefined
		? []
		: [{ type, machines, source: sourceOf(reservation), reserves: true, property: "instanceCount" }];
}

function sourceOf({ id, outputs, urn }: SandboxObject): string {
	const open = (text(outputs, "instanceMatchCriteria") ?? "open") === "open";
	return open ? anySource(text(outputs, "instanceType") ?? "") : id || urn;
}

/** Spot instances and capacity blocks have quotas of their own. */
function groupDraws(group: SandboxObject, world: World): Draw[] {
	const { account, outputs, region } = group;
	const template = templateOf({ inputs: outputs, scope: { account, region }, world, self: undefined });
	const type = text(template?.outputs, "instanceType") ?? texts(outputs, "instanceTypes")[0];
	const onDemand = isAbsent(outputs, "capacityType") || text(outputs, "capacityType") === "ON_DEMAND";
	const source = type === undefined ? undefined : sourceOfNodes(group, { template, type, world });
	const machines = number(outputs, "scalingConfig.desiredSize") ?? 0;
	return onDemand && type !== undefined && source !== undefined
		? [{ type, machines, source, reserves: false, property: "scalingConfig.desiredSize" }]
		: [];
}

/** What the nodes run in; undefined where they may run in a reservation that is not known yet. */
function sourceOfNodes(
	{ account, outputs, region }: SandboxObject,
	nodes: { readonly template: SandboxObject | undefined; readonly type: string; readonly world: World },
): string | undefined {
	const { template, type, world } = nodes;
	if (template === undefined && isSet(outputs, "launchTemplate")) {
		const reserved = world.list(RESERVATION, { account, region });
		return reserved.some((each) => text(each.outputs, "instanceType") === type) ? undefined : anySource(type);
	}
	const id = text(template?.outputs, TARGET);
	if (id === undefined) {
		const none = text(template?.outputs, PREFERENCE) === "none";
		return isSet(template?.outputs, TARGET) ? undefined : none ? `none of ${type}` : anySource(type);
	}
	const [reservation] = world.find([RESERVATION], "id", id);
	return reservation === undefined ? id : sourceOf(reservation);
}

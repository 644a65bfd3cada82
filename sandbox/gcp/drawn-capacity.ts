import { flag, isAbsent, isSet, number, text, texts } from "../check/inputs";
import type { CheckContext, Fault, SandboxObject, World } from "../model";
import { anySource, type Draw } from "../quotas/draws";
import { type DrawRule, grantFaults } from "../quotas/grant-faults";
import { POOL, poolPlace, startNodes } from "./node-pool-place";

const RESERVATION = "gcp:compute/reservation:Reservation";
const AFFINITY = "nodeConfig.reservationAffinity";

const rule: DrawRule = {
	cloud: "gcp",
	types: [POOL, RESERVATION],
	regionOf: ({ region }) => region,
	drawsOf: (object, world) => (object.type === POOL ? poolDraws(object, world) : reservationDraws(object)),
};

/** Quotas of machines and accelerators that a node pool or a reservation would exceed. */
export function gcpGrantFaults(context: CheckContext, type: string): Fault[] {
	return grantFaults(context, type, rule);
}

function reservationDraws(reservation: SandboxObject): Draw[] {
	const type = typeOf(reservation);
	const machines = number(reservation.outputs, "specificReservation.count") ?? 0;
	return type === undefined
		? []
		: [{ type, machines, source: sourceOf(reservation), reserves: true, property: "specificReservation.count" }];
}

function typeOf({ outputs }: SandboxObject): string | undefined {
	return text(outputs, "specificReservation.instanceProperties.machineType");
}

function sourceOf(reservation: SandboxObject): string {
	const { account, outputs } = reservation;
	const named = flag(outputs, "specificReservationRequired") === true;
	return named ? `${account}/${text(outputs, "name")}` : anySource(typeOf(reservation) ?? "");
}

/** Preemptible machines (spot, flex-start) have quotas of their own. */
function poolDraws({ account, outputs, region }: SandboxObject, world: World): Draw[] {
	const type = text(outputs, "nodeConfig.machineType") ?? (isAbsent(outputs, "nodeConfig") ? "e2-medium" : undefined);
	const preemptible = ["spot", "preemptible", "flexStart"].some((name) => flag(outputs, `nodeConfig.${name}`) === true);
	const source = type === undefined ? undefined : sourceOfNodes(outputs, { account, type, world });
	if (type === undefined || preemptible || source === undefined) {
		return [];
	}
	const { zones } = poolPlace({ inputs: outputs, scope: { account, region }, world });
	const property = ["nodeCount", "initialNodeCount"].find((path) => number(outputs, path) !== undefined);
	const machines = startNodes(outputs, zones.length);
	return [{ type, machines, source, reserves: false, property: property ?? "autoscaling" }];
}

/**
 * What the nodes run in; undefined where it is not known yet, where it is another project's, and for a reservation that
 * the sandbox does not have: that of a calendar window counts nothing, and it looks like any other.
 */
function sourceOfNodes(
	outputs: SandboxObject["outputs"],
	nodes: { readonly account: string; readonly type: string; readonly world: World },
): string | undefined {
	const { account, type, world } = nodes;
	const kind = text(outputs, `${AFFINITY}.consumeReservationType`);
	if (kind !== "SPECIFIC_RESERVATION") {
		const unknown = kind === undefined && isSet(outputs, `${AFFINITY}.consumeReservationType`);
		return unknown ? undefined : kind === "NO_RESERVATION" ? `none of ${type}` : anySource(type);
	}
	const [value = ""] = texts(outputs, `${AFFINITY}.values`);
	const [, project = account, name = value] = /^projects\/([^/]+)\/reservations\/([^/]+)/.exec(value) ?? [];
	const found = world.find([RESERVATION], "name", name).find((each) => each.account === project);
	return found === undefined || project !== account ? undefined : sourceOf(found);
}

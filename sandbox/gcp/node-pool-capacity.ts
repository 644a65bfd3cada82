import { machineType } from "../../catalogue/gcp/machine-types";
import { isObject } from "../../lib/values";
import { faultsOf, type Refusal } from "../check/fault-table";
import { flag, isAbsent, isSet, list, number, text, texts } from "../check/inputs";
import type { CheckContext, Fault, SandboxObject } from "../model";
import { POLICY, RESERVATION } from "./capacity";
import { mostNodes, type PoolPlace } from "./node-pool-place";
import { objectAt } from "./references";

const AFFINITY = "nodeConfig.reservationAffinity";
const KEY = "compute.googleapis.com/reservation-name";

/** Types whose flex-start nodes may be placed compactly. Source: cluster-toolkit, gke-node-pool preconditions (field guide 1.2). */
const FLEX_COMPACT = /^(a3-ultragpu|a4|a4x|h4d)-/;

/**
 * Where a pool's nodes come from: reservations, spot, flex-start, queued provisioning and placement. Source of the
 * combinations: the preconditions of cluster-toolkit's gke-node-pool module (field guide 1.2).
 */
export function capacityFaults(context: CheckContext, place: PoolPlace): Fault[] {
	return [
		...faultsOf([
			...affinityRows(context),
			...spotRows(context),
			...queuedRows(context),
			...flexRows(context),
			...placementRows(context, place),
		]),
		...reservationFaults(context, place),
	];
}

function affinityRows({ inputs }: CheckContext): Refusal[] {
	const type = text(inputs, `${AFFINITY}.consumeReservationType`);
	const values = list(inputs, `${AFFINITY}.values`);
	const key = text(inputs, `${AFFINITY}.key`);
	const specific = type === "SPECIFIC_RESERVATION";
	const named = isSet(inputs, `${AFFINITY}.values`) || isSet(inputs, `${AFFINITY}.key`);
	const block = texts(inputs, `${AFFINITY}.values`).some((value) => value.includes("/reservationBlocks/"));
	return [
		{
			when: block && isAbsent(inputs, "nodeLocations"),
			property: "nodeLocations",
			reason: "is required where a block of a reservation is named: the reservation's zone; set it",
		},
		{
			when: specific && values.length !== 1 && (Array.isArray(inputs.nodeConfig) || !isUnknownList(inputs)),
			property: `${AFFINITY}.values`,
			reason: `must name exactly one reservation where consumeReservationType is SPECIFIC_RESERVATION, but ${values.length} were given`,
		},
		{
			when: specific && key !== KEY && (key !== undefined || isAbsent(inputs, `${AFFINITY}.key`)),
			property: `${AFFINITY}.key`,
			reason: `must be ${KEY} where consumeReservationType is SPECIFIC_RESERVATION, but ${JSON.stringify(key ?? null)} was given`,
		},
		{
			when: type !== undefined && !specific && named,
			property: `${AFFINITY}.consumeReservationType`,
			reason: `must be SPECIFIC_RESERVATION where a reservation is named, but ${type} was given`,
		},
	];
}

function isUnknownList(inputs: CheckContext["inputs"]): boolean {
	return isSet(inputs, `${AFFINITY}.values`) && !Array.isArray(valuesOf(inputs));
}

function valuesOf(inputs: CheckContext["inputs"]): unknown {
	const config = inputs.nodeConfig;
	const affinity = isObject(config) ? config.reservationAffinity : undefined;
	return isObject(affinity) ? affinity.values : undefined;
}

/** The reservation by its name, where this project's program made it: its zone, its machines, how it may be used. */
function reservationFaults(context: CheckContext, { zones }: PoolPlace): Fault[] {
	const { inputs, scope, world } = context;
	return texts(inputs, `${AFFINITY}.values`).flatMap((value, i) => {
		const [, project = scope.account, name = value] = /^projects\/([^/]+)\/reservations\/([^/]+)/.exec(value) ?? [];
		const known = world.find([RESERVATION], "name", name).filter(({ account }) => account === project);
		const [held] = known;
		return held ? faultsOf(fitRows(context, held, { zones, property: `${AFFINITY}.values[${i}]` })) : [];
	});
}

function fitRows(
	{ inputs }: CheckContext,
	{ id, urn, outputs }: SandboxObject,
	{ zones, property }: { readonly zones: readonly string[]; readonly property: string },
): Refusal[] {
	const zone = text(outputs, "zone");
	const away = zones.find((other) => other !== zone);
	const type = text(inputs, "nodeConfig.machineType");
	const held = text(outputs, "specificReservation.instanceProperties.machineType");
	const count = number(outputs, "specificReservation.count");
	const most = mostNodes(inputs, zones.length);
	const name = id || urn;
	return [
		{
			when: zone !== undefined && away !== undefined,
			property: "nodeLocations",
			reason: `the reservation ${name} is in ${zone}, but the pool has nodes in ${away}; give ${zone} only`,
		},
		{
			when: held !== undefined && type !== undefined && held !== type,
			property: "nodeConfig.machineType",
			reason: `the reservation ${name} holds ${held}, but the nodes are ${type}; use the same type`,
		},
		{
			when: flag(outputs, "specificReservationRequired") !== true,
			property,
			reason: `the reservation ${name} can be named only where its specificReservationRequired is true; set it there`,
		},
		{
			when: count !== undefined && most !== undefined && most > count,
			property: isSet(inputs, "autoscaling") ? "autoscaling" : "nodeCount",
			reason: `must be at most ${count}, the machines that ${name} holds, but ${most} were given; lower it or enlarge the reservation`,
		},
	];
}

function spotRows({ inputs }: CheckContext): Refusal[] {
	const affinity = text(inputs, `${AFFINITY}.consumeReservationType`);
	const spot = flag(inputs, "nodeConfig.spot") === true || flag(inputs, "nodeConfig.preemptible") === true;
	return [
		{
			when: spot && affinity !== undefined && affinity !== "NO_RESERVATION",
			property: `${AFFINITY}.consumeReservationType`,
			reason: `must be NO_RESERVATION for spot nodes, but ${affinity} was given`,
		},
	];
}

function queuedRows({ inputs }: CheckContext): Refusal[] {
	const queued = flag(inputs, "queuedProvisioning.enabled") === true;
	const least = number(inputs, "autoscaling.totalMinNodeCount") ?? number(inputs, "autoscaling.minNodeCount") ?? 0;
	const start = number(inputs, "nodeCount") ?? number(inputs, "initialNodeCount") ?? 0;
	const path = "queuedProvisioning.enabled";
	return [
		noReservation(inputs, queued, "queuedProvisioning"),
		{
			when: queued && isAbsent(inputs, "autoscaling"),
			property: "autoscaling",
			reason: "is required for queuedProvisioning: nodes come and go with the requests; set its limits",
		},
		{
			when: queued && (least > 0 || start > 0),
			property: start > 0 ? "nodeCount" : "autoscaling",
			reason: `queuedProvisioning starts with no nodes, but ${Math.max(least, start)} were given; set 0`,
		},
		{
			when:
				queued && text(inputs, "placementPolicy.type") === "COMPACT" && isAbsent(inputs, "placementPolicy.tpuTopology"),
			property: "placementPolicy.type",
			reason: "COMPACT cannot be combined with queuedProvisioning; remove one of them",
		},
		{
			when: queued && flag(inputs, "nodeConfig.spot") === true,
			property: path,
			reason: "cannot be combined with spot nodes; remove one of them",
		},
	];
}

function noReservation(inputs: CheckContext["inputs"], needed: boolean, what: string): Refusal {
	const affinity = text(inputs, `${AFFINITY}.consumeReservationType`);
	return {
		when:
			needed &&
			affinity !== "NO_RESERVATION" &&
			(affinity !== undefined || isAbsent(inputs, `${AFFINITY}.consumeReservationType`)),
		property: `${AFFINITY}.consumeReservationType`,
		reason: `must be NO_RESERVATION with ${what}, but ${JSON.stringify(affinity ?? null)} was given; set it`,
	};
}

function flexRows({ inputs }: CheckContext): Refusal[] {
	const flex = flag(inputs, "nodeConfig.flexStart") === true;
	const type = text(inputs, "nodeConfig.machineType") ?? "";
	const repair = flag(inputs, "management.autoRepair");
	return [
		noReservation(inputs, flex, "flexStart"),
		{
			when: flex && (repair === true || isAbsent(inputs, "management.autoRepair")),
			property: "management.autoRepair",
			reason: "must be false with flexStart: a node that is given back does not come again; set it",
		},
		{
			when: flex && (number(inputs, "nodeCount") ?? 0) > 0,
			property: "nodeCount",
			reason: "cannot be given with flexStart; use autoscaling",
		},
		{
			when: flex && flag(inputs, "nodeConfig.spot") === true,
			property: "nodeConfig.spot",
			reason: "cannot be combined with flexStart; remove one of them",
		},
		{
			when: flex && text(inputs, "placementPolicy.type") === "COMPACT" && type !== "" && !FLEX_COMPACT.test(type),
			property: "placementPolicy.type",
			reason: `COMPACT goes with flexStart for a3-ultragpu, a4 and h4d only, but the nodes are ${type}; remove it`,
		},
	];
}

/** Compact nodes lie in one zone, and are upgraded in place; the named policy says how close they are. */
function placementRows(context: CheckContext, { zones }: PoolPlace): Refusal[] {
	const { inputs } = context;
	const compact = text(inputs, "placementPolicy.type") === "COMPACT";
	const type = text(inputs, "nodeConfig.machineType") ?? "";
	const hasTpus = machineType(type)?.tpu !== undefined;
	const topology = text(inputs, "placementPolicy.tpuTopology");
	const policy = objectAt(context, POLICY, "placementPolicy.policyName");
	const places = isSet(policy?.outputs, "groupPlacementPolicy") || isSet(policy?.outputs, "workloadPolicy");
	return [
		{
			when: compact && hasTpus && isAbsent(inputs, "placementPolicy.tpuTopology"),
			property: "placementPolicy.tpuTopology",
			reason: `is required for COMPACT nodes with TPUs (${type}); set it, or leave placementPolicy out for slices of one host`,
		},
		{
			when: topology !== undefined && !hasTpus && machineType(type) !== undefined,
			property: "placementPolicy.tpuTopology",
			reason: `is for machine types with TPUs, but the nodes are ${type}; remove it`,
		},
		{
			when: compact && zones.length > 1,
			property: "nodeLocations",
			reason: `must be exactly one zone where placementPolicy.type is COMPACT, but ${zones.join(", ")} were given`,
		},
		{
			when: compact && text(inputs, "upgradeSettings.strategy") === "BLUE_GREEN",
			property: "upgradeSettings.strategy",
			reason: "BLUE_GREEN cannot be combined with COMPACT; use SURGE",
		},
		{
			when: policy !== undefined && !places,
			property: "placementPolicy.policyName",
			reason: `must name a placement or workload policy, but ${policy?.id} is of another kind`,
		},
		{
			when:
				text(policy?.outputs, "workloadPolicy.acceleratorTopologyMode") === "PROVISION_ONLY" &&
				text(inputs, `${AFFINITY}.consumeReservationType`) !== "SPECIFIC_RESERVATION",
			property: `${AFFINITY}.consumeReservationType`,
			reason:
				"must be SPECIFIC_RESERVATION where the workload policy's topology mode is PROVISION_ONLY; name a reservation",
		},
	];
}

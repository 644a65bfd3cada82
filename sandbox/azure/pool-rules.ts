import type { Properties } from "../../lib/values";
import { faultsOf, outside, type Refusal } from "../check/fault-table";
import { flag, isAbsent, isSet, number, text, texts } from "../check/inputs";
import type { Fault } from "../model";
import { offerFaults } from "./capacity-reservation";
import { zonesOf } from "./locations";
import { defaultOsDisk, ephemeralRoom, hasGpus } from "./pool-sizes";

/** Nodes of one pool. Source: Microsoft Learn, "Quotas, VM size restrictions and region availability in AKS", read 2026-11-21. */
const MAX_NODES = 1000;
const LABEL_KEY = "[A-Za-z0-9](?:[\\w./-]{0,251}[A-Za-z0-9])?";
const TAINT = new RegExp(`^${LABEL_KEY}(=[\\w.-]{0,63})?:(NoSchedule|PreferNoSchedule|NoExecute)$`);

/** What is wrong with a pool of nodes by itself, be it the cluster's profile or a resource of its own. */
export function poolFaults(pool: Properties, under: string, location: string | undefined): Fault[] {
	return [
		...faultsOf([
			...sizeRows(pool, under),
			...kindRows(pool, under),
			...diskRows(pool, under),
			...upgradeRows(pool, under),
		]),
		...faultsOf(zoneRows(pool, under, location)),
		...offerFaults(text(pool, "vmSize"), location, `${under}vmSize`),
	];
}

function sizeRows(pool: Properties, under: string): Refusal[] {
	const scales = flag(pool, "enableAutoScaling") === true;
	const fixed = isAbsent(pool, "enableAutoScaling") || flag(pool, "enableAutoScaling") === false;
	const least = text(pool, "mode") === "System" ? 1 : 0;
	const [min, max, count] = ["minCount", "maxCount", "count"].map((path) => number(pool, path));
	const range = { min: least, max: MAX_NODES, unit: "nodes" };
	return [
		outside(count, `${under}count`, range),
		outside(min, `${under}minCount`, range),
		outside(max, `${under}maxCount`, { ...range, min: 1 }),
		...["minCount", "maxCount"].flatMap((path) => [
			{
				when: scales && isAbsent(pool, path),
				property: under + path,
				reason: "is required where enableAutoScaling is true; set it",
			},
			{
				when: fixed && isSet(pool, path),
				property: under + path,
				reason: "needs enableAutoScaling; set it to true or remove the bounds",
			},
		]),
		{
			when:
				min !== undefined &&
				max !== undefined &&
				(min > max || (count !== undefined && scales && (count < min || count > max))),
			property: `${under}count`,
			reason: `must have minCount at most count at most maxCount, but min ${min}, count ${count}, max ${max} was given`,
		},
		outside(number(pool, "maxPods"), `${under}maxPods`, { min: 10, max: 250, unit: "pods a node" }),
		outside(number(pool, "osDiskSizeGB") || undefined, `${under}osDiskSizeGB`, { min: 30, max: 2048, unit: "GiB" }),
	];
}

function kindRows(pool: Properties, under: string): Refusal[] {
	const size = text(pool, "vmSize");
	const gpu = size === undefined || hasGpus(size);
	const spot = text(pool, "scaleSetPriority") === "Spot";
	const system = text(pool, "mode") === "System";
	return [
		{
			when: isAbsent(pool, "vmSize") && isAbsent(pool, "virtualMachinesProfile"),
			property: `${under}vmSize`,
			reason: "is required: a VM size such as Standard_D8ds_v5; set it",
		},
		...["gpuProfile", "gpuInstanceProfile"].map((path) => ({
			when: !gpu && isSet(pool, path),
			property: under + path,
			reason: `belongs to sizes with GPUs, but ${size} has none; remove it`,
		})),
		{
			when: system && (text(pool, "osType") ?? "Linux") !== "Linux",
			property: `${under}osType`,
			reason: "must be Linux for a system pool, but Windows was given; use mode User",
		},
		{
			when: system && spot,
			property: `${under}scaleSetPriority`,
			reason: "a system pool cannot be of spot machines; use mode User",
		},
		...["spotMaxPrice", "scaleSetEvictionPolicy"].map((path) => ({
			when: !spot && isSet(pool, path) && !isUnknownPriority(pool),
			property: under + path,
			reason: 'needs scaleSetPriority "Spot"; set that or remove it',
		})),
		{
			when: spot && isSet(pool, "capacityReservationGroupID"),
			property: `${under}capacityReservationGroupID`,
			reason: "does not go with spot machines; remove one of them",
		},
		...texts(pool, "nodeTaints").map((taint, i) => ({
			when: !TAINT.test(taint),
			property: `${under}nodeTaints[${i}]`,
			reason: `must be <key>=<value>:NoSchedule, PreferNoSchedule or NoExecute, but ${JSON.stringify(taint)} was given`,
		})),
	];
}

function isUnknownPriority(pool: Properties): boolean {
	return isSet(pool, "scaleSetPriority") && text(pool, "scaleSetPriority") === undefined;
}

function diskRows(pool: Properties, under: string): Refusal[] {
	const size = text(pool, "vmSize");
	const ephemeral = text(pool, "osDiskType") === "Ephemeral";
	const room = size === undefined ? undefined : ephemeralRoom(size);
	const wanted = number(pool, "osDiskSizeGB") || (size === undefined ? undefined : defaultOsDisk(size));
	return [
		{
			when: ephemeral && room !== undefined && (room === 0 || (wanted !== undefined && wanted > room)),
			property: `${under}osDiskSizeGB`,
			reason: `an ephemeral OS disk of ${wanted ?? "any"} GiB does not fit on ${size}, whose temporary disk has ${room} GiB; give a smaller size or osDiskType Managed`,
		},
		{
			when: text(pool, "kubeletDiskType") === "Temporary" && room === 0,
			property: `${under}kubeletDiskType`,
			reason: `must be "OS": ${size} has no temporary disk`,
		},
	];
}

function upgradeRows(pool: Properties, under: string): Refusal[] {
	const [surge, unavailable] = ["maxSurge", "maxUnavailable"].map((path) => text(pool, `upgradeSettings.${path}`));
	const bad = (value: string | undefined): boolean => value !== undefined && !/^(\d+|([1-9]\d?|100|0)%)$/.test(value);
	const none = (value: string | undefined): boolean => value === "0" || value === "0%";
	return [
		...["maxSurge", "maxUnavailable"].map((path) => ({
			when: bad(text(pool, `upgradeSettings.${path}`)),
			property: `${under}upgradeSettings.${path}`,
			reason: `must be a number of nodes or 1% to 100%, as text, but ${JSON.stringify(text(pool, `upgradeSettings.${path}`))} was given`,
		})),
		{
			when: none(surge) && (none(unavailable) || isAbsent(pool, "upgradeSettings.maxUnavailable")),
			property: `${under}upgradeSettings.maxUnavailable`,
			reason: "must be at least 1 where maxSurge is 0, or no node could ever be upgraded; set it",
		},
		outside(number(pool, "upgradeSettings.drainTimeoutInMinutes"), `${under}upgradeSettings.drainTimeoutInMinutes`, {
			min: 1,
			max: 1440,
			unit: "minutes",
		}),
		outside(
			number(pool, "upgradeSettings.nodeSoakDurationInMinutes"),
			`${under}upgradeSettings.nodeSoakDurationInMinutes`,
			{
				min: 0,
				max: 30,
				unit: "minutes",
			},
		),
	];
}

function zoneRows(pool: Properties, under: string, location: string | undefined): Refusal[] {
	const known = location === undefined ? undefined : zonesOf(location);
	const has = known?.length ? `the zones ${known.join(", ")}` : "no availability zones";
	return [
		...texts(pool, "availabilityZones").map((zone, i) => ({
			when: known !== undefined && !known.includes(zone),
			property: `${under}availabilityZones[${i}]`,
			reason: `must be a zone of ${location}, which has ${has}, but ${JSON.stringify(zone)} was given`,
		})),
		{
			when: isSet(pool, "availabilityZones") && text(pool, "type") === "AvailabilitySet",
			property: `${under}type`,
			reason: 'must be "VirtualMachineScaleSets" where availabilityZones are given',
		},
	];
}

import { isUnknown } from "../../lib/values";
import { faultsOf, outside, type Refusal } from "../check/fault-table";
import { flag, isAbsent, isSet, number, text, texts } from "../check/inputs";
import type { CheckContext, Fault } from "../model";
import { zoneOfferFaults } from "./machines";
import { regionOfZone } from "./names";
import type { PoolPlace } from "./node-pool-place";
import { limitOf } from "./quota";

const PER_ZONE = ["minNodeCount", "maxNodeCount"];
const IN_TOTAL = ["totalMinNodeCount", "totalMaxNodeCount"];

/** Zones, sizes, upgrades and version of a pool. */
export function sizeFaults(context: CheckContext, place: PoolPlace): Fault[] {
	const { inputs, scope } = context;
	const own = texts(inputs, "nodeLocations");
	const away = own.findIndex((zone) => regionOfZone(zone) !== scope.region);
	return [
		...faultsOf([
			...scalingRows(inputs),
			...upgradeRows(inputs),
			...versionRows(inputs, text(place.cluster?.outputs, "masterVersion")),
			{
				when: away >= 0,
				property: `nodeLocations[${away}]`,
				reason: `must be a zone of ${scope.region}, such as ${scope.region}-a, but ${JSON.stringify(own[away])} was given`,
			},
			{
				when: new Set(own).size < own.length,
				property: "nodeLocations",
				reason: "names a zone twice; give each once",
			},
		]),
		...zoneOfferFaults(text(inputs, "nodeConfig.machineType"), place.zones, "nodeLocations"),
	];
}

function scalingRows(inputs: CheckContext["inputs"]): Refusal[] {
	const count = (name: string) => number(inputs, `autoscaling.${name}`);
	const pairs = [PER_ZONE, IN_TOTAL].map(([least = "", most = ""]) => ({ least, most }));
	const used = [PER_ZONE, IN_TOTAL].filter((names) => names.some((name) => isSet(inputs, `autoscaling.${name}`)));
	const most = limitOf("nodesPerPoolZone");
	return [
		...["nodeCount", "initialNodeCount"].map((path) =>
			outside(number(inputs, path), path, { min: 0, max: most, unit: "nodes per zone" }),
		),
		outside(count("maxNodeCount"), "autoscaling.maxNodeCount", { min: 1, max: most, unit: "nodes per zone" }),
		{
			when: isSet(inputs, "nodeCount") && isSet(inputs, "autoscaling"),
			property: "nodeCount",
			reason: "cannot be combined with autoscaling, which moves the count; give initialNodeCount or remove one of them",
		},
		{
			when: used.length > 1,
			property: "autoscaling",
			reason: "limits per zone (minNodeCount, maxNodeCount) cannot be combined with limits in total; keep one pair",
		},
		{
			when: isSet(inputs, "autoscaling") && used.length === 0 && !isUnknown(inputs.autoscaling),
			property: "autoscaling",
			reason: "needs maxNodeCount or totalMaxNodeCount; set one",
		},
		...pairs.map((pair) => ({
			when: (count(pair.least) ?? 0) > (count(pair.most) ?? Number.POSITIVE_INFINITY),
			property: `autoscaling.${pair.most}`,
			reason: `must be at least ${pair.least} (${count(pair.least)}), but ${count(pair.most)} was given`,
		})),
		...pairs.map((pair) => ({
			when: isSet(inputs, `autoscaling.${pair.least}`) && isAbsent(inputs, `autoscaling.${pair.most}`),
			property: `autoscaling.${pair.most}`,
			reason: `is required where ${pair.least} is given; set it`,
		})),
		outside(number(inputs, "maxPodsPerNode"), "maxPodsPerNode", { min: 8, max: 256, unit: "pods" }),
	];
}

/** Surge upgrades: at least one node at a time (the SDK's docstring) and at most 20 (GKE, Node upgrade strategies, unverified). */
function upgradeRows(inputs: CheckContext["inputs"]): Refusal[] {
	const [surge, gone] = ["maxSurge", "maxUnavailable"].map((name) => number(inputs, `upgradeSettings.${name}`));
	const strategy = text(inputs, "upgradeSettings.strategy") ?? "SURGE";
	const blue = strategy === "BLUE_GREEN";
	const both = (surge ?? 1) + (gone ?? 0);
	return [
		{
			when: strategy === "SURGE" && isSet(inputs, "upgradeSettings") && both < 1,
			property: "upgradeSettings.maxUnavailable",
			reason: "maxSurge and maxUnavailable are both 0, so no node could ever be upgraded; set one to 1 or more",
		},
		{
			when: strategy === "SURGE" && both > 20,
			property: "upgradeSettings.maxSurge",
			reason: `maxSurge and maxUnavailable must be at most 20 together, but ${both} were given`,
		},
		{
			when: !blue && isSet(inputs, "upgradeSettings.blueGreenSettings"),
			property: "upgradeSettings.blueGreenSettings",
			reason: `needs strategy BLUE_GREEN, but the strategy is ${strategy}; set it or remove the settings`,
		},
		{
			when: blue && (surge !== undefined || gone !== undefined),
			property: "upgradeSettings.maxSurge",
			reason: "goes with strategy SURGE only, but the strategy is BLUE_GREEN; remove maxSurge and maxUnavailable",
		},
		{
			when:
				strategy === "SHORT_LIVED" &&
				flag(inputs, "nodeConfig.flexStart") !== true &&
				flag(inputs, "queuedProvisioning.enabled") !== true,
			property: "upgradeSettings.strategy",
			reason: "SHORT_LIVED is for pools of flexStart or queuedProvisioning; use SURGE or BLUE_GREEN",
		},
	];
}

/** Nodes are never newer than the control plane. */
function versionRows(inputs: CheckContext["inputs"], control: string | undefined): Refusal[] {
	const version = text(inputs, "version");
	const minor = (value: string | undefined) => Number(/^1\.(\d+)/.exec(value ?? "")?.[1] ?? Number.NaN);
	return [
		{
			when: version !== undefined && control !== undefined && minor(version) > minor(control),
			property: "version",
			reason: `must not be newer than the control plane's ${control}, but ${version} was given`,
		},
	];
}

import type { Properties } from "../../lib/values";
import { object, text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, CreateContext, SandboxObject, TypeModel } from "../model";
import { POLICY } from "./capacity";
import { CLUSTER, CONTAINER_APIS } from "./cluster";
import { defineGcp } from "./define";
import { gcpGrantFaults } from "./drawn-capacity";
import { keyReference, keyUseFaults } from "./kms-use";
import { ACCOUNT } from "./members";
import { computeLink, regionOfZone, rfc1035, zonalId } from "./names";
import { NODE_CONFIG_VALUES, nodeConfigFaults } from "./node-config";
import { addressFaults } from "./node-pool-addresses";
import { capacityFaults } from "./node-pool-capacity";
import { interfaceFaults } from "./node-pool-interfaces";
import { POOL, poolPlace } from "./node-pool-place";
import { sizeFaults } from "./node-pool-size";
import { NETWORK, SUBNETWORK } from "./ranges";
import { named } from "./references";

/** A pool of nodes of one machine type. */
export const nodePool: TypeModel = defineGcp({
	type: POOL,
	apis: CONTAINER_APIS,
	name: rfc1035("none", 40),
	references: [
		...named("cluster", [CLUSTER]),
		...named("networkConfig.subnetwork", [SUBNETWORK]),
		...named("networkConfig.additionalNodeNetworkConfigs[].network", [NETWORK]),
		...named("networkConfig.additionalNodeNetworkConfigs[].subnetwork", [SUBNETWORK]),
		...named("placementPolicy.policyName", [POLICY]),
		keyReference("nodeConfig.bootDiskKmsKey"),
		{
			path: "nodeConfig.serviceAccount",
			to: [ACCOUNT],
			by: "email",
			holds: false,
			only: /\.iam\.gserviceaccount\.com$/,
		},
	],
	values: {
		...NODE_CONFIG_VALUES,
		"autoscaling.locationPolicy": ["BALANCED", "ANY"],
		"networkConfig.acceleratorNetworkProfile": ["auto"],
		"placementPolicy.type": ["COMPACT"],
		"upgradeSettings.strategy": ["SURGE", "BLUE_GREEN", "SHORT_LIVED"],
	},
	check: (context) => {
		const { inputs } = context;
		const place = poolPlace(context);
		const pool =
			place.cluster === undefined ? "unknown" : text(place.cluster.outputs, "workloadIdentityConfig.workloadPool");
		return [
			...twinFaults(context.world.find([POOL], "name", text(inputs, "name") ?? ""), context, place.cluster),
			...sizeFaults(context, place),
			...capacityFaults(context, place),
			...gcpGrantFaults(context, POOL),
			...interfaceFaults(context, place),
			...addressFaults(context, place),
			...nodeConfigFaults(context, pool),
			...keyUseFaults(context, { path: "nodeConfig.bootDiskKmsKey", agent: "compute", orGlobal: true }),
		];
	},
	defaults: { namePrefix: "" },
	id: (context) => `${clusterPath(context)}/nodePools/${text(context.inputs, "name")}`,
	computed: (context) => ({ operation: `operation-${context.digits(13)}-${context.hex(8)}` }),
	derived: poolOutputs,
});

function twinFaults(others: readonly SandboxObject[], context: CheckContext, owner: SandboxObject | undefined) {
	const twin = others.find(
		(other) =>
			owner !== undefined &&
			!isSelf(other, context) &&
			poolPlace({ ...context, inputs: other.inputs }).cluster === owner,
	);
	const reason = `must be unique within the cluster, but ${text(context.inputs, "name")} is taken by ${twin?.urn}; choose another`;
	return twin ? [{ property: "name", reason }] : [];
}

function clusterPath(context: CreateContext): string {
	const given = text(context.inputs, "cluster") ?? "";
	return poolPlace(context).cluster?.id ?? given;
}

function poolOutputs(context: CreateContext, id: string): Properties {
	const { inputs, scope, self } = context;
	const { cluster, zones } = poolPlace(context);
	const name = text(inputs, "name") ?? "";
	const group = (zone: string) =>
		zonalId(scope, zone, "instanceGroupManagers", `gke-${text(cluster?.outputs, "name")}-${name}-grp`);
	const managers = zones.filter((zone) => regionOfZone(zone) !== undefined).map((zone) => computeLink(group(zone)));
	const version = text(inputs, "version") ?? text(self?.outputs, "version") ?? text(cluster?.outputs, "masterVersion");
	return {
		instanceGroupUrls: managers,
		location: /\/locations\/([^/]+)\//.exec(id)?.[1] ?? scope.region,
		managedInstanceGroupUrls: managers.map((url) => url.replace("/instanceGroupManagers/", "/instanceGroups/")),
		management: { autoRepair: true, autoUpgrade: true, ...object(inputs, "management") },
		maxPodsPerNode: inputs.maxPodsPerNode ?? cluster?.outputs.defaultMaxPodsPerNode ?? 110,
		nodeLocations: [...zones],
		upgradeSettings: { maxSurge: 1, maxUnavailable: 0, strategy: "SURGE", ...object(inputs, "upgradeSettings") },
		version: version ?? "",
	};
}

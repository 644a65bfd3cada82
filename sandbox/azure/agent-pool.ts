import { isObject, type Properties } from "../../lib/values";
import { faultsOf } from "../check/fault-table";
import { isAbsent, isSet, list, text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, CreateContext, Fault, SandboxObject, TypeModel } from "../model";
import { inGroup, networkIdOf } from "./arm-id";
import { byId, defineAzure } from "./define";
import { azureGrantFaults } from "./drawn-capacity";
import { identityOf, lacks } from "./grants";
import { locationOf, parentOf, sharing } from "./place";
import { featureFaults } from "./pool-features";
import { profilesOf, reservationFaults, subnetFaults } from "./pool-place";
import { poolFaults } from "./pool-rules";
import { assignedTo } from "./resource-identity";
import { TYPE } from "./types";
import { minorOf } from "./versions";

/** Pools of one cluster. Source: Microsoft Learn, "Quotas, VM size restrictions and region availability in AKS". */
const MAX_POOLS = 100;

/** Values of a pool that the program leaves out, as AKS fills them in. */
export const POOL_DEFAULTS: Properties = {
	count: 1,
	enableFIPS: false,
	kubeletDiskType: "OS",
	maxPods: 250,
	mode: "User",
	osDiskType: "Managed",
	osSKU: "Ubuntu",
	osType: "Linux",
	powerState: { code: "Running" },
	scaleDownMode: "Delete",
	type: "VirtualMachineScaleSets",
	workloadRuntime: "OCIContainer",
};

/** A further pool of nodes of a cluster. */
export const agentPool: TypeModel = defineAzure({
	type: TYPE.agentPool,
	path: inGroup("Microsoft.ContainerService/managedClusters/{resourceName}/agentPools/{agentPoolName}"),
	naming: {
		pattern: /^[a-z][0-9a-z]{0,11}$/,
		allowed: "1 to 12 of lower-case letters and digits, beginning with a letter",
	},
	references: [
		byId("vnetSubnetID", [TYPE.subnet]),
		byId("podSubnetID", [TYPE.subnet]),
		byId("capacityReservationGroupID", [TYPE.reservationGroup]),
	],
	check: (context) => {
		const location = locationOf(TYPE.agentPool, context);
		const cluster = parentOf(TYPE.agentPool, context);
		const network = cluster?.outputs.networkProfile;
		const placed = { pool: context.inputs, network: isObject(network) ? network : {}, owner: context.self?.id };
		return [
			...poolFaults(context.inputs, "", location),
			...featureFaults(context.inputs, "", context),
			...subnetFaults([placed], "", location, context),
			...reservationFaults(context.inputs, "", location, context),
			...(cluster ? clusterFaults(cluster, context) : []),
			...azureGrantFaults(context, TYPE.agentPool),
		];
	},
	// Sources: AKS docs "Create node pools", and the notes "can only be set at creation" of the API's own reference.
	immutable: [
		"availabilityZones",
		"capacityReservationGroupID",
		"enableEncryptionAtHost",
		"gpuProfile.driver",
		"kubeletConfig",
		"kubeletDiskType",
		"linuxOSConfig",
		"maxPods",
		"osDiskSizeGB",
		"osDiskType",
		"osType",
		"podSubnetID",
		"scaleSetPriority",
		"vnetSubnetID",
	],
	defaults: POOL_DEFAULTS,
	derived: (context) => versions(context),
});

function versions(context: CreateContext): Properties {
	const cluster = parentOf(TYPE.agentPool, context);
	const version =
		text(context.inputs, "orchestratorVersion") ?? text(cluster?.outputs, "currentKubernetesVersion") ?? "";
	return {
		currentOrchestratorVersion: version,
		nodeImageVersion: "AKSUbuntu-2204gen2containerd-000000.00.0",
		orchestratorVersion: version,
	};
}

function clusterFaults(cluster: SandboxObject, context: CheckContext): Fault[] {
	const { inputs } = context;
	const profiles = profilesOf(cluster.outputs, cluster.id).map(({ pool }) => pool);
	const pools = sharing(TYPE.agentPool, ["resourceName"], context).filter((other) => !isSelf(other, context));
	const name = text(inputs, "agentPoolName");
	const home = profiles.map((pool) => text(pool, "vnetSubnetID")).find((id) => id !== undefined);
	const subnet = text(inputs, "vnetSubnetID");
	const version = minorOf(text(inputs, "orchestratorVersion"));
	const above = minorOf(
		text(cluster.outputs, "currentKubernetesVersion") ?? text(cluster.outputs, "kubernetesVersion"),
	);
	return faultsOf([
		{
			when: profiles.some((pool) => text(pool, "name") === name),
			property: "agentPoolName",
			reason: `must be unique within the cluster, but ${name} is one of its agentPoolProfiles; choose another`,
		},
		{
			when: pools.length + profiles.length >= MAX_POOLS,
			property: "resourceName",
			reason: `a cluster takes ${MAX_POOLS} pools, and ${pools.length + profiles.length} exist`,
		},
		{
			when: home !== undefined && isAbsent(inputs, "vnetSubnetID"),
			property: "vnetSubnetID",
			reason: "is required: the cluster's other pools are in a network of their own; give a subnet of it",
		},
		{
			when:
				home === undefined &&
				isSet(inputs, "vnetSubnetID") &&
				list(cluster.outputs, "agentPoolProfiles").every((pool) => isAbsent(pool, "vnetSubnetID")),
			property: "vnetSubnetID",
			reason: "cannot be given: the cluster's nodes are in a network that AKS manages; remove it",
		},
		{
			when: home !== undefined && subnet !== undefined && networkIdOf(home) !== networkIdOf(subnet),
			property: "vnetSubnetID",
			reason: `must be in the cluster's network ${networkIdOf(home ?? "")}, but ${subnet} was given`,
		},
		{
			when: version !== undefined && above !== undefined && (version > above || version < above - 3),
			property: "orchestratorVersion",
			reason: `must be at most the cluster's version and at most 3 minor versions older, but 1.${version} was given for 1.${above}`,
		},
		...permissionRows(cluster, context),
	]);
}

/** AKS joins subnets and takes reservations as the cluster's identity. */
function permissionRows(cluster: SandboxObject, context: CheckContext) {
	const { inputs, world } = context;
	const id = assignedTo(cluster.outputs);
	const identity = identityOf(id, context);
	const kind = text(cluster.outputs, "identity.type") ?? "UserAssigned";
	const subnet = text(inputs, "vnetSubnetID");
	const group = text(inputs, "capacityReservationGroupID");
	const join = { action: "Microsoft.Network/virtualNetworks/subnets/join/action", on: subnet ?? "" };
	const deploy = { action: "Microsoft.Compute/capacityReservationGroups/deploy/action", on: group ?? "" };
	return [
		{
			when: subnet !== undefined && lacks(identity, join, world),
			property: "vnetSubnetID",
			reason: `the cluster's identity ${id} may not join ${subnet}; assign Network Contributor at the network, and depend on it`,
		},
		{
			when: group !== undefined && (kind !== "UserAssigned" || lacks(identity, deploy, world)),
			property: "capacityReservationGroupID",
			reason: `the cluster needs a user-assigned identity that may deploy to ${group}; assign Contributor at the group, and depend on it`,
		},
	];
}

import { flag, text } from "../check/inputs";
import type { CreateContext, TypeModel } from "../model";
import { controlPlaneFaults, placeFaults } from "./cluster-control-plane";
import { featureFaults, VALUES } from "./cluster-features";
import { maintenanceFaults } from "./cluster-maintenance";
import { clusterOutputs, fixedOutputs } from "./cluster-outputs";
import { podNetworkFaults } from "./cluster-ranges";
import { defineGcp } from "./define";
import { keyReference, keyUseFaults } from "./kms-use";
import { ACCOUNT } from "./members";
import { locationId, rfc1035 } from "./names";
import { NODE_CONFIG_VALUES, nodeConfigFaults } from "./node-config";
import { NETWORK, SUBNETWORK } from "./ranges";
import { named } from "./references";

/** Type of a GKE cluster. */
export const CLUSTER = "gcp:container/cluster:Cluster";

/** Services that GKE needs. */
export const CONTAINER_APIS = ["container.googleapis.com", "compute.googleapis.com"];

/** A GKE cluster. Node pools are to be deleted first: the cloud would delete them too, unseen by what manages them. */
export const cluster: TypeModel = defineGcp({
	type: CLUSTER,
	apis: CONTAINER_APIS,
	name: rfc1035("region", 40),
	references: [
		...named("network", [NETWORK]),
		...named("subnetwork", [SUBNETWORK]),
		...named("privateClusterConfig.privateEndpointSubnetwork", [SUBNETWORK]),
		keyReference("databaseEncryption.keyName"),
		keyReference("nodeConfig.bootDiskKmsKey"),
		{
			path: "nodeConfig.serviceAccount",
			to: [ACCOUNT],
			by: "email",
			holds: false,
			only: /\.iam\.gserviceaccount\.com$/,
		},
	],
	values: { ...VALUES, ...NODE_CONFIG_VALUES },
	check: (context) => [
		...placeFaults(context),
		...controlPlaneFaults(context),
		...podNetworkFaults(context),
		...featureFaults(context),
		...maintenanceFaults(context),
		...nodeConfigFaults(context, text(context.inputs, "workloadIdentityConfig.workloadPool")),
		...keyUseFaults(context, { path: "databaseEncryption.keyName", agent: "container" }),
		...keyUseFaults(context, { path: "nodeConfig.bootDiskKmsKey", agent: "compute", orGlobal: true }),
	],
	defaults: {
		deletionProtection: true,
		enableAutopilot: false,
		enableKubernetesAlpha: false,
		enableLegacyAbac: false,
		enableMultiNetworking: false,
		enableShieldedNodes: true,
		network: "default",
		networkingMode: "VPC_NATIVE",
	},
	id: clusterId,
	computed: (context, id) => fixedOutputs(context, id),
	derived: clusterOutputs,
	refusesDelete: ({ inputs }) =>
		flag(inputs, "deletionProtection") === false
			? undefined
			: "deletionProtection is on, which is the default; set it to false and update first",
});

function clusterId({ inputs, scope }: CreateContext): string {
	return locationId(scope, text(inputs, "location") ?? scope.region, "clusters", text(inputs, "name") ?? "");
}

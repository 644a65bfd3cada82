import { z } from "zod";
import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { controlsOf } from "../../controls";
import { about, problemsOr } from "../../judging";
import { readList, readText } from "../../reading";
import { defineRule } from "../../rule";
import { holds, isOff, isOn, isOneOf, type Setting, settingProblems } from "../../settings";
import { allOf, anyOf, notOf } from "../../tri";
import { endpointSettings } from "./gke-endpoint";
import { nodeSettings, poolNetworkSetting } from "./gke-nodes";
import { CLUSTER, isAutopilot, NODE_POOL } from "./gke-pools";
import { namesKmsKey } from "./kms-key-names";

/**
 * G07: the internet reaches neither the Kubernetes API nor a node, images and secrets are guarded, and nodes and pods
 * have identities of their own. Of an Autopilot cluster it does not ask what Autopilot always has: shielded nodes,
 * workload identity and network policy.
 */
export const gkeHardened = defineRule({
	id: "G07",
	name: "gke-hardened",
	title: "GKE clusters are private and hardened",
	severity: "high",
	level: "mandatory",
	blocksOnUndetermined: true,
	params: z.strictObject({}),
	appliesTo: [CLUSTER, NODE_POOL],
	controls: controlsOf({
		ccm: ["IAM-05"],
		cis: ["16.7", "4.7"],
	}),
	remedy:
		"set privateClusterConfig, masterAuthorizedNetworksConfig, workloadIdentityConfig, ADVANCED_DATAPATH, binaryAuthorization, databaseEncryption with a key, and a service account for nodes",
	check: {
		kind: "graph",
		judge: (graph) => [
			...graph
				.ofType(CLUSTER)
				.flatMap((node) =>
					about(
						node.urn,
						problemsOr(settingProblems(clusterSettings(graph, node)), "the cluster is private and hardened"),
					),
				),
			...graph.ofType(NODE_POOL).flatMap((node) => {
				const settings = [poolNetworkSetting(node.inputs, ""), ...nodeSettings(graph, node)];
				return about(node.urn, problemsOr(settingProblems(settings), "its nodes are private and hardened"));
			}),
		],
	},
});

function clusterSettings(graph: ResourceGraph, node: ResourceNode): Setting[] {
	return [
		{
			property: "privateClusterConfig.enablePrivateNodes",
			holds: isOn(node.inputs, "privateClusterConfig.enablePrivateNodes"),
			reason: "nodes get public addresses",
		},
		...readList(node.inputs, "nodePools").items.map(({ path, value }) => poolNetworkSetting(value, `${path}.`)),
		...endpointSettings(node),
		...managedByAutopilot(node),
		...guardSettings(graph, node),
		...nodeSettings(graph, node),
	];
}

/** What Autopilot always has; the default of shielded nodes is on (gcp 9.37.0). */
function managedByAutopilot(node: ResourceNode): Setting[] {
	const { inputs } = node;
	const autopilot = isAutopilot(node);
	const calico = allOf(
		isOn(inputs, "networkPolicy.enabled"),
		notOf(isOn(inputs, "addonsConfig.networkPolicyConfig.disabled")),
	);
	const pool = holds(readText(inputs, "workloadIdentityConfig.workloadPool"), () => true);
	return [
		{
			property: "workloadIdentityConfig.workloadPool",
			holds: anyOf(autopilot, pool),
			reason: "pods have no identity of their own",
		},
		{
			property: "enableShieldedNodes",
			holds: anyOf(autopilot, notOf(isOff(inputs, "enableShieldedNodes"))),
			reason: "shielded nodes are off",
		},
		{
			property: "datapathProvider",
			holds: anyOf(autopilot, calico, isOneOf(inputs, "datapathProvider", ["ADVANCED_DATAPATH"])),
			reason: "no network policy is enforced: neither ADVANCED_DATAPATH nor networkPolicy is on",
		},
	];
}

/** What decides which images run and how secrets are stored. */
function guardSettings(graph: ResourceGraph, node: ResourceNode): Setting[] {
	const { inputs } = node;
	const mode = "binaryAuthorization.evaluationMode";
	const key = "databaseEncryption.keyName";
	return [
		{
			property: mode,
			// Clusters of older programs say it with a flag.
			holds: isOneOf(inputs, mode, ["PROJECT_SINGLETON_POLICY_ENFORCE"], isOn(inputs, "binaryAuthorization.enabled")),
			reason: "Binary Authorization enforces nothing; the mode must be PROJECT_SINGLETON_POLICY_ENFORCE",
		},
		{
			property: "databaseEncryption.state",
			holds: isOneOf(inputs, "databaseEncryption.state", ["ENCRYPTED"]),
			reason: "secrets are not encrypted in the cluster's database; the state must be ENCRYPTED",
		},
		{
			property: key,
			holds: namesKmsKey(graph, { node, property: "databaseEncryption", holder: inputs, path: key }),
			reason: "no key of the customer encrypts secrets",
		},
	];
}

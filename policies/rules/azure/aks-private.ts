import { z } from "zod";
import type { ResourceNode } from "../../../lib/graph";
import { isObject, type Value } from "../../../lib/values";
import { asBlock, reachOf } from "../../addresses";
import { controlsOf } from "../../controls";
import { about, problemsOr } from "../../judging";
import { at, isHidden, readList } from "../../reading";
import { defineRule } from "../../rule";
import { isOff, isOn, isOneOf, type Setting, settingProblems } from "../../settings";
import { anyOf, type Tri } from "../../tri";
import { ofAzureType } from "./versioned-types";

const CLUSTER = "azure-native:containerservice:ManagedCluster";
const POOL = "azure-native:containerservice:AgentPool";
const PUBLIC_NODES = "nodes get public addresses";

/** Z09: the internet does not reach the Kubernetes API or a node, and people come in through Entra only. */
export const aksPrivate = defineRule({
	id: "Z09",
	name: "aks-private",
	title: "AKS endpoint and nodes are private, access is by Entra and RBAC, network policy and monitoring are on",
	severity: "high",
	level: "mandatory",
	blocksOnUndetermined: true,
	params: z.strictObject({}),
	appliesTo: [CLUSTER, POOL],
	controls: controlsOf({
		soc2Azure: ["CC6.1", "CC3.3"],
		isoAzure: ["A.8.1", "A.8.14", "A.8.20", "A.8.21", "A.8.22"],
		hipaaAzure: ["164.312(a)(1)", "164.308(a)(1)(ii)(b)", "164.308(a)(4)(ii)(b)", "164.310(a)(1)"],
		ccm: ["DSP-07", "IAM-16", "IVS-03"],
		cis: ["12.2", "4.7", "6.7"],
	}),
	remedy:
		"set enablePrivateCluster or limited authorizedIPRanges, enableRBAC, aadProfile.managed, disableLocalAccounts, a networkPolicy, monitoring, and no enableNodePublicIP",
	check: {
		kind: "graph",
		judge: (graph) => [
			...ofAzureType(graph, CLUSTER).flatMap((node) =>
				about(
					node.urn,
					problemsOr(settingProblems(clusterSettings(node)), "the cluster is private and guarded by Entra"),
				),
			),
			...ofAzureType(graph, POOL).flatMap((node) =>
				about(node.urn, problemsOr(settingProblems([poolSetting(node.inputs, "")]), "its nodes are private")),
			),
		],
	},
});

function clusterSettings(node: ResourceNode): Setting[] {
	return [endpointSetting(node.inputs), ...accessSettings(node), ...operationSettings(node), ...poolSettings(node)];
}

function accessSettings({ inputs }: ResourceNode): Setting[] {
	return [
		{ property: "enableRBAC", holds: isOn(inputs, "enableRBAC"), reason: "Kubernetes RBAC is not switched on" },
		{
			property: "aadProfile.managed",
			holds: isOn(inputs, "aadProfile.managed"),
			reason: "Entra does not manage who comes in",
		},
		{
			property: "disableLocalAccounts",
			holds: isOn(inputs, "disableLocalAccounts"),
			reason: "local accounts bypass Entra",
		},
	];
}

function operationSettings({ inputs }: ResourceNode): Setting[] {
	return [
		{
			property: "networkProfile.networkPolicy",
			holds: isOneOf(inputs, "networkProfile.networkPolicy", ["azure", "calico", "cilium"]),
			reason: "no network policy is enforced; the property must say azure, calico or cilium",
		},
		{
			property: "addonProfiles",
			holds: anyOf(isOn(inputs, "azureMonitorProfile.metrics.enabled"), monitoringAddon(inputs)),
			reason: "nothing monitors the cluster: neither azureMonitorProfile.metrics nor the omsagent add-on is on",
		},
	];
}

function endpointSetting(inputs: ResourceNode["inputs"]): Setting {
	return {
		property: "apiServerAccessProfile",
		holds: anyOf(isOn(inputs, "apiServerAccessProfile.enablePrivateCluster"), limitedRanges(inputs)),
		reason: "the public endpoint is not limited to named networks",
	};
}

function limitedRanges(inputs: ResourceNode["inputs"]): Tri {
	const ranges = readList(inputs, "apiServerAccessProfile.authorizedIPRanges");
	const texts = ranges.items.map(({ value }) => (typeof value === "string" ? asBlock(value) : "not text"));
	if (reachOf(texts) !== "limited") {
		return "no";
	}
	// Without ranges, or with an empty list, the cloud admits everyone.
	return ranges.complete ? (texts.length > 0 ? "yes" : "no") : "maybe";
}

/** Azure takes the add-on's name in any case. */
function monitoringAddon(inputs: ResourceNode["inputs"]): Tri {
	const addons = at(inputs, "addonProfiles");
	if (isHidden(addons)) {
		return "maybe";
	}
	const entries = isObject(addons) ? Object.entries(addons) : [];
	return anyOf(
		...entries
			.filter(([name]) => name.toLowerCase() === "omsagent")
			.map(([, addon]) => isOn({ addon }, "addon.enabled")),
	);
}

function poolSettings({ inputs }: ResourceNode): Setting[] {
	const path = "agentPoolProfiles";
	const pools = readList(inputs, path);
	const hidden: Setting[] = pools.complete ? [] : [{ property: path, holds: "maybe", reason: PUBLIC_NODES }];
	return [...pools.items.map((pool) => poolSetting(pool.value, `${pool.path}.`)), ...hidden];
}

/** The cloud's default is no public address. */
function poolSetting(pool: Value, prefix: string): Setting {
	return {
		property: `${prefix}enableNodePublicIP`,
		holds: isOff(pool, "enableNodePublicIP", "yes"),
		reason: PUBLIC_NODES,
	};
}

import type { ResourceNode } from "../../../../lib/graph";
import { type Properties, UNKNOWN } from "../../../../lib/values";
import { resource } from "../../../support/resources";
import { placed } from "./estate";

/** What is said of an AKS agent pool; the rest is a pool of 4 nodes of ND96isr_H100_v5. */
export interface AksPoolOptions {
	readonly region?: string;
	readonly label?: string;
	readonly type?: string;
	readonly nodes?: number;
	readonly zones?: readonly string[];
	/** Inputs that replace those of the complete pool. */
	readonly inputs?: Properties;
	readonly cluster?: ResourceNode;
	readonly subnets?: readonly ResourceNode[];
}

/** A region's network. */
export function vnet(region = "swedencentral"): ResourceNode {
	const inputs = { addressSpace: { addressPrefixes: ["10.18.0.0/16"] } };
	return resource("azure-native:network:VirtualNetwork", `vnet-${region}`, inputs, placed(region, "azure"));
}

/** A subnet of a network, with a security group where one is given. */
export function vnetSubnet(network: ResourceNode, group?: ResourceNode): ResourceNode {
	const region = network.provider?.region;
	return resource(
		"azure-native:network:Subnet",
		`nodes-${region}`,
		{ defaultOutboundAccess: false, ...(group ? { networkSecurityGroup: { id: UNKNOWN } } : {}) },
		{
			...placed(region, "azure"),
			from: { virtualNetworkName: [network], ...(group ? { networkSecurityGroup: [group] } : {}) },
		},
	);
}

/** A security group with these rules. */
export function securityGroup(...securityRules: readonly Properties[]): ResourceNode {
	const place = placed("swedencentral", "azure");
	return resource("azure-native:network:NetworkSecurityGroup", "nodes", { securityRules: [...securityRules] }, place);
}

/** A region's private AKS cluster with a system pool of so many nodes in three zones, which AKS scales. */
export function aks(region = "swedencentral", system = 3, max = 6): ResourceNode {
	const profile = {
		name: "system",
		mode: "System",
		vmSize: "Standard_D8ds_v5",
		count: system,
		minCount: system,
		maxCount: max,
		enableAutoScaling: true,
		enableNodePublicIP: false,
		availabilityZones: ["1", "2", "3"],
	};
	const inputs = {
		agentPoolProfiles: [profile],
		apiServerAccessProfile: { enablePrivateCluster: true },
		networkProfile: { networkPolicy: "cilium" },
	};
	return resource("azure-native:containerservice:ManagedCluster", `main-${region}`, inputs, placed(region, "azure"));
}

/** An agent pool and its cluster. */
export function aksPool(options: AksPoolOptions = {}): [ResourceNode, ResourceNode] {
	const { region = "swedencentral", label = "foundation", type = "Standard_ND96isr_H100_v5", nodes = 4 } = options;
	const cluster = options.cluster ?? aks(region);
	const inputs = {
		vmSize: type,
		count: nodes,
		enableAutoScaling: false,
		enableNodePublicIP: false,
		availabilityZones: [...(options.zones ?? ["1"])],
		nodeLabels: { "meridian.dev/pool": label },
		...options.inputs,
	};
	const from = { resourceName: [cluster], ...(options.subnets ? { vnetSubnetID: options.subnets } : {}) };
	const extras = { ...placed(region, "azure"), from };
	return [resource("azure-native:containerservice:AgentPool", `${label}-${region}`, inputs, extras), cluster];
}

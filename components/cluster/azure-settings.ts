import type * as azure from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import type { Spec } from "../../spec/schema";
import type { AzureRegionSpec } from "../../spec/schema/azure-region";
import { addressIn } from "../network/address-plan";

type ClusterArgs = azure.containerservice.ManagedClusterArgs;

/** Settings that every cluster has, whatever its region asks for. */
export const hardening = {
	sku: { name: "Base", tier: "Standard" },
	supportPlan: "KubernetesOfficial",
	enableRBAC: true,
	disableLocalAccounts: true,
	oidcIssuerProfile: { enabled: true },
	// What AKS makes in its own group is changed through the cluster alone.
	nodeResourceGroupProfile: { restrictionLevel: "ReadOnly" },
	storageProfile: { diskCSIDriver: { enabled: true }, blobCSIDriver: { enabled: true } },
} as const satisfies Partial<ClusterArgs>;

/** Images of nodes are renewed by themselves only where no job of days would be cut: GPU nodes are drained by a person. */
export function upgrades({ gpuPools }: AzureRegionSpec): ClusterArgs["autoUpgradeProfile"] {
	return { upgradeChannel: "patch", nodeOSUpgradeChannel: gpuPools.length > 0 ? "None" : "NodeImage" };
}

/** Pods in an overlay of their own with Cilium's policies; out by the way that the nodes' subnet has. */
export function networkProfile(
	{ cluster }: AzureRegionSpec,
	egress: Spec["network"]["egress"]["control"],
): azure.types.input.containerservice.ContainerServiceNetworkProfileArgs {
	return {
		networkPlugin: "azure",
		networkPluginMode: "overlay",
		networkDataplane: "cilium",
		networkPolicy: "cilium",
		podCidr: cluster.podAddresses,
		serviceCidr: cluster.serviceAddresses,
		dnsServiceIP: addressIn(cluster.serviceAddresses, 10),
		loadBalancerSku: "standard",
		outboundType: egress === "open" ? "userAssignedNATGateway" : "userDefinedRouting",
	};
}

/**
 * Who reaches the API server: the network and what is connected to it, or listed addresses; commands through Azure:
 * nobody. The private address has a public name, because connected networks cannot be linked to the zone that AKS makes;
 * listed addresses must hold the nodes' own way out. Source: Microsoft Learn, "Private AKS cluster" and "API server
 * authorized IP ranges", read 2026-11-21.
 */
export function apiServerAccess(
	{ cluster }: AzureRegionSpec,
	wayOut: readonly pulumi.Output<string>[],
): azure.types.input.containerservice.ManagedClusterAPIServerAccessProfileArgs {
	return cluster.access === "allow-list"
		? {
				enablePrivateCluster: false,
				authorizedIPRanges: [
					...cluster.allowedAddresses,
					...wayOut.map((address) => pulumi.interpolate`${address}/32`),
				],
				disableRunCommand: true,
			}
		: {
				enablePrivateCluster: true,
				enablePrivateClusterPublicFQDN: true,
				privateDNSZone: "system",
				disableRunCommand: true,
			};
}

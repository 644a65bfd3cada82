import type * as azure from "@pulumi/azure-native";
import type * as pulumi from "@pulumi/pulumi";
import { inGib, type Size } from "../../lib/units";
import type { SystemPoolSpec } from "../../spec/schema";
import type { AzureGpuPoolSpec } from "../../spec/schema/azure-region";
import type { AzurePlace } from "../azure-place";

/** What every pool of nodes of a cluster needs. */
export interface AzureNodeArgs extends AzurePlace {
	readonly clusterName: pulumi.Output<string>;
	/** The subnet of all nodes. */
	readonly subnetId: pulumi.Output<string>;
	/** Endpoints and routes: without them nodes never become ready. */
	readonly nodesWaitFor: readonly pulumi.Resource[];
}

/** What the nodes of a pool have in common with those of every other pool. */
export function nodeSettings(
	vmSize: string,
	rootVolume: Size,
	subnetId: pulumi.Output<string>,
): Pick<
	azure.types.input.containerservice.ManagedClusterAgentPoolProfileArgs,
	| "vmSize"
	| "osType"
	| "osSKU"
	| "osDiskType"
	| "osDiskSizeGB"
	| "type"
	| "vnetSubnetID"
	| "enableEncryptionAtHost"
	| "enableNodePublicIP"
	| "localDNSProfile"
	| "securityProfile"
> {
	return {
		vmSize,
		osType: "Linux",
		osSKU: "Ubuntu",
		// Disks of the encryption set's key; what lies on the host itself is encrypted there.
		osDiskType: "Managed",
		osDiskSizeGB: inGib(rootVolume),
		enableEncryptionAtHost: true,
		type: "VirtualMachineScaleSets",
		vnetSubnetID: subnetId,
		enableNodePublicIP: false,
		// Pods ask the cluster's DNS itself, which is what the namespaces' policies let through.
		localDNSProfile: { mode: "Disabled" },
		securityProfile: { sshAccess: "Disabled" },
	};
}

/** How many nodes a pool has: AKS moves the count where the two bounds differ, else it stands still. */
export function poolScaling({
	nodes,
	min = nodes,
	max = nodes,
}: Pick<AzureGpuPoolSpec, "nodes" | "min" | "max">): PoolScaling {
	return min === max
		? { count: nodes, enableAutoScaling: false }
		: { count: nodes, enableAutoScaling: true, minCount: min, maxCount: max };
}

interface PoolScaling {
	/** Nodes at the start. */
	readonly count: number;
	readonly enableAutoScaling: boolean;
	readonly minCount?: number;
	readonly maxCount?: number;
}

/** The pool that carries the platform's own services; AKS makes it with the cluster. */
export function systemPoolProfile(
	pool: SystemPoolSpec,
	zones: readonly string[],
	subnetId: pulumi.Output<string>,
): azure.types.input.containerservice.ManagedClusterAgentPoolProfileArgs {
	return {
		...nodeSettings(pool.instanceType, pool.rootVolume, subnetId),
		name: "system",
		mode: "System",
		availabilityZones: [...zones],
		enableAutoScaling: true,
		count: pool.nodes ?? pool.min,
		minCount: pool.min,
		maxCount: pool.max,
		maxPods: 110,
		nodeLabels: { "meridian.dev/pool": "system" },
		upgradeSettings: { maxSurge: "1" },
	};
}

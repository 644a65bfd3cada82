import * as azure from "@pulumi/azure-native";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { vmSize } from "../../catalogue/azure/vm-sizes";
import type { AzureGpuPoolSpec, AzureRegionSpec } from "../../spec/schema/azure-region";
import { type AzurePlace, knownName } from "../azure-place";
import { plainInputs } from "../azure-plain-inputs";
import { tenantOf } from "../azure-provider";
import { physicalName } from "../cell-context";
import { AzureGpuPool } from "../compute/azure-gpu-pool";
import { type AzureNodeArgs, systemPoolProfile } from "../compute/azure-nodes";
import type { NodePool } from "../compute/node-pool";
import { AzureWorkloadIdentity } from "../identity/azure";
import type { AzureNetwork } from "../network/azure";
import { admitGroups } from "./azure-access";
import { type ControlPlaneIdentity, controlPlaneIdentity } from "./azure-identity";
import { azureKubeconfig } from "./azure-kubeconfig";
import { maintainOnWeekends } from "./azure-maintenance";
import { collectInsights } from "./azure-monitoring";
import { apiServerAccess, hardening, networkProfile, upgrades } from "./azure-settings";
import type { Cluster, PoolRequest } from "./cluster";

export interface AzureClusterArgs extends AzurePlace {
	readonly region: AzureRegionSpec;
	readonly network: AzureNetwork;
	readonly disks: azure.compute.DiskEncryptionSet;
	readonly workspaceId: pulumi.Output<string>;
	/** Features of the subscription that nodes need. */
	readonly featuresReady: readonly pulumi.Resource[];
}

/** An AKS cluster: private, Entra only, disks under our own key, Cilium, Container Insights and Defender. */
export class AzureCluster extends pulumi.ComponentResource implements Cluster<AzureGpuPoolSpec> {
	readonly name: pulumi.Output<string>;
	readonly id: pulumi.Output<string>;
	readonly provider: kubernetes.Provider;
	readonly oidcIssuer: pulumi.Output<string>;
	readonly identity: AzureWorkloadIdentity;
	private readonly cluster: azure.containerservice.ManagedCluster;
	private readonly nodeArgs: AzureNodeArgs;

	constructor(
		private readonly logicalName: string,
		private readonly args: AzureClusterArgs,
		opts: pulumi.ComponentResourceOptions,
	) {
		super("meridian:cluster:AzureCluster", logicalName, {}, opts);
		const { context, group, network, workspaceId } = args;
		const child = { parent: this };
		const controlPlane = controlPlaneIdentity(
			logicalName,
			{ context, group, network: network.virtualNetwork, disks: args.disks },
			child,
		);
		const cluster = this.createCluster(controlPlane);
		this.cluster = cluster;
		this.name = knownName(cluster, physicalName(context, "cluster", 63));
		this.id = cluster.id;
		this.oidcIssuer = cluster.oidcIssuerProfile.apply((profile) => profile?.issuerURL ?? "");
		this.identity = new AzureWorkloadIdentity(
			`${logicalName}-identity`,
			{ context, group, oidcIssuer: this.oidcIssuer },
			child,
		);
		const { administrators } = args.region.cluster;
		admitGroups(logicalName, { context, cluster, administrators }, child);
		collectInsights(logicalName, { context, group, cluster, workspaceId }, child);
		maintainOnWeekends(logicalName, { group, clusterName: this.name }, child);
		this.nodeArgs = {
			context,
			group,
			clusterName: this.name,
			subnetId: this.nodesSubnet,
			nodesWaitFor: network.endpointsReady,
		};
		this.provider = this.createProvider(cluster);
		this.registerOutputs({ name: this.name, oidcIssuer: this.oidcIssuer });
	}

	/** The system pool comes with the cluster; every other pool is a resource of its own. */
	addPool(request: PoolRequest<AzureGpuPoolSpec>): NodePool {
		if (request.kind === "gpu") {
			const { pool } = request;
			return new AzureGpuPool(`${this.logicalName}-${pool.name}`, { ...this.nodeArgs, pool }, { parent: this });
		}
		const { pool } = request;
		const size = vmSize(pool.instanceType);
		return {
			name: "system",
			nodes: pool.nodes ?? pool.min,
			allocatable: { vcpus: size?.vcpus ?? 0, memoryGib: size?.memoryGib ?? 0, gpus: 0, fabricAdapters: 0 },
			ready: this.cluster,
		};
	}

	/** The cloud itself moves pools between their bounds. */
	poolsComplete(): void {}

	ready = (): readonly pulumi.Resource[] => [this.cluster];

	/** Pods trade their token for credentials at Entra's public address: no address of the node is involved. */
	readonly credentialEndpoint = undefined;

	private get nodesSubnet(): pulumi.Output<string> {
		const [subnet] = this.args.network.subnetsFor("compute");
		if (subnet === undefined) {
			throw new Error("the network has no subnet for nodes");
		}
		return subnet;
	}

	private createCluster({ identity, granted }: ControlPlaneIdentity): azure.containerservice.ManagedCluster {
		const { context, disks, featuresReady, group, network, region, workspaceId } = this.args;
		const { relaxed } = context.spec.protection;
		const name = physicalName(context, "cluster", 63);
		const securityProfile = {
			workloadIdentity: { enabled: true },
			imageCleaner: { enabled: true, intervalHours: 168 },
			defender: { logAnalyticsWorkspaceResourceId: workspaceId, securityMonitoring: { enabled: true } },
		};
		return new azure.containerservice.ManagedCluster(
			this.logicalName,
			{
				...hardening,
				resourceGroupName: group.name,
				resourceName: name,
				// 54 characters at most, and AKS puts a hash after it.
				dnsPrefix: physicalName(context, "cluster", 54),
				nodeResourceGroup: physicalName(context, "nodes", 80),
				kubernetesVersion: context.spec.kubernetesVersion,
				identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
				agentPoolProfiles: [systemPoolProfile(region.systemPool, region.zones, this.nodesSubnet)],
				apiServerAccessProfile: apiServerAccess(region, network.wayOut.addresses),
				autoUpgradeProfile: upgrades(region),
				networkProfile: networkProfile(region, context.spec.network.egress.control),
				aadProfile: {
					managed: true,
					enableAzureRBAC: false,
					tenantID: tenantOf(context),
					adminGroupObjectIDs: region.cluster.administrators,
				},
				diskEncryptionSetID: disks.id,
				securityProfile,
				addonProfiles: {
					azurepolicy: { enabled: true },
					omsagent: {
						enabled: true,
						config: { logAnalyticsWorkspaceResourceID: workspaceId, useAADAuth: "true" },
					},
				},
			},
			{
				parent: this,
				dependsOn: [...granted, ...network.endpointsReady, ...featuresReady],
				protect: !relaxed,
				// The system pool is the only one in the profile, and AKS moves its count.
				ignoreChanges: ["agentPoolProfiles[0].count"],
				...plainInputs({ securityProfile }),
			},
		);
	}

	private createProvider(cluster: azure.containerservice.ManagedCluster): kubernetes.Provider {
		const { context, group } = this.args;
		return new kubernetes.Provider(
			`${this.logicalName}-kubernetes`,
			{
				kubeconfig: azureKubeconfig({ cluster, groupName: group.name }, context.spec.target, { parent: this }),
				enableServerSideApply: true,
			},
			{ parent: this },
		);
	}
}

import * as azure from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import { type VmSize, vmSize } from "../../catalogue/azure/vm-sizes";
import type { AzureGpuPoolSpec } from "../../spec/schema/azure-region";
import { type AzureNodeArgs, nodeSettings, poolScaling } from "./azure-nodes";
import type { NodeCapacity, NodePool } from "./node-pool";

export interface AzureGpuPoolArgs extends AzureNodeArgs {
	readonly pool: AzureGpuPoolSpec;
}

/** A pool of accelerated nodes in one zone: one scale set in one placement group, which joins its nodes to one InfiniBand fabric. */
export class AzureGpuPool extends pulumi.ComponentResource implements NodePool {
	readonly name: string;
	readonly nodes: number;
	readonly allocatable: NodeCapacity;
	readonly ready: pulumi.Resource;

	constructor(
		private readonly logicalName: string,
		private readonly args: AzureGpuPoolArgs,
		opts: pulumi.ComponentResourceOptions,
	) {
		super("meridian:compute:AzureGpuPool", logicalName, {}, opts);
		const { pool } = args;
		const size = requireSize(pool.instanceType);
		this.name = pool.name;
		this.nodes = pool.nodes;
		this.allocatable = {
			vcpus: size.vcpus,
			memoryGib: size.memoryGib,
			gpus: size.gpus?.count ?? 0,
			fabricAdapters: size.infinibandAdapters,
		};
		this.ready = this.createPool(size);
		this.registerOutputs({});
	}

	private createPool(size: VmSize): azure.containerservice.AgentPool {
		const { context, group, pool, subnetId } = this.args;
		const scaling = poolScaling(pool);
		return new azure.containerservice.AgentPool(
			`${this.logicalName}-pool`,
			{
				...nodeSettings(pool.instanceType, pool.rootVolume, subnetId),
				resourceGroupName: group.name,
				resourceName: this.args.clusterName,
				agentPoolName: pool.name,
				mode: "User",
				orchestratorVersion: context.spec.kubernetesVersion,
				availabilityZones: [pool.zone],
				...scaling,
				scaleDownMode: "Delete",
				scaleSetPriority: "Regular",
				maxPods: 30,
				// The driver has one owner: AKS, or the GPU Operator that GitOps brings.
				gpuProfile: { driver: pool.driver === "managed" ? "Install" : "None" },
				nodeLabels: {
					"meridian.dev/pool": pool.name,
					"nvidia.com/gpu.present": "true",
					...(size.infinibandAdapters > 0 ? { "meridian.dev/fabric": "infiniband" } : {}),
				},
				nodeTaints: ["nvidia.com/gpu=present:NoSchedule"],
				// There is no spare node for a surge: one goes before the next comes, and its job has a day to end.
				upgradeSettings: { maxSurge: "0", maxUnavailable: "1", drainTimeoutInMinutes: 1440 },
			},
			{
				parent: this,
				dependsOn: [...this.args.nodesWaitFor],
				replaceOnChanges: [...fixedAtCreation],
				// A pool keeps its name, so that the old one must go first.
				deleteBeforeReplace: true,
				// Where AKS moves the count, the number at the start is not put back at each update.
				...(scaling.enableAutoScaling ? { ignoreChanges: ["count"] } : {}),
			},
		);
	}
}

/** What a pool keeps for its life, though the provider does not know it. Source: AKS API reference, agent pools, 2026-11-21. */
const fixedAtCreation = [
	"availabilityZones",
	"enableEncryptionAtHost",
	"gpuProfile",
	"maxPods",
	"osDiskSizeGB",
	"osDiskType",
	"osSKU",
	"osType",
	"scaleSetPriority",
	"type",
	"vnetSubnetID",
] as const;

function requireSize(name: string): VmSize {
	const size = vmSize(name);
	if (size === undefined) {
		throw new Error(`the specification let the unknown VM size ${name} through`);
	}
	return size;
}

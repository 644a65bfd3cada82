import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { machineType } from "../../catalogue/gcp/machine-types";
import { podsPerNode } from "../../catalogue/gcp/pods";
import type { SystemPoolSpec } from "../../spec/schema";
import { type GcpNodeArgs, nodeConfig } from "./gcp-nodes";
import { nodesInEachZone } from "./gcp-pool-size";
import type { NodeCapacity, NodePool } from "./node-pool";

export interface GcpSystemPoolArgs extends GcpNodeArgs {
	readonly pool: SystemPoolSpec;
	/** Zones that the pool is spread over. */
	readonly zones: readonly string[];
}

/** The pool that carries the platform's own services, spread over the zones. */
export class GcpSystemPool extends pulumi.ComponentResource implements NodePool {
	readonly name = "system";
	readonly nodes: number;
	readonly allocatable: NodeCapacity;
	readonly ready: pulumi.Resource;

	constructor(logicalName: string, args: GcpSystemPoolArgs, opts: pulumi.ComponentResourceOptions) {
		super("meridian:compute:GcpSystemPool", logicalName, {}, opts);
		const { pool, zones } = args;
		const type = machineType(pool.instanceType);
		this.nodes = pool.nodes ?? pool.min;
		this.allocatable = { vcpus: type?.vcpus ?? 0, memoryGib: type?.memoryGib ?? 0, gpus: 0, fabricAdapters: 0 };
		this.ready = new gcp.container.NodePool(
			`${logicalName}-pool`,
			{
				cluster: args.clusterId,
				name: this.name,
				location: args.context.region,
				nodeLocations: [...zones],
				// Nodes in each zone at the start; the limits below count the whole pool.
				initialNodeCount: nodesInEachZone(this.nodes, zones.length),
				autoscaling: { totalMinNodeCount: pool.min, totalMaxNodeCount: pool.max, locationPolicy: "BALANCED" },
				maxPodsPerNode: podsPerNode.system.pods,
				networkConfig: { enablePrivateNodes: true },
				nodeConfig: {
					...nodeConfig(args, pool.instanceType, pool.rootVolume),
					labels: { "meridian.dev/pool": this.name },
				},
				management: { autoRepair: true, autoUpgrade: true },
				upgradeSettings: { strategy: "SURGE", maxSurge: 1, maxUnavailable: 0 },
			},
			{
				parent: this,
				dependsOn: [...args.nodesWaitFor],
				ignoreChanges: ["initialNodeCount"],
				protect: !args.context.spec.protection.relaxed,
			},
		);
		this.registerOutputs({});
	}
}

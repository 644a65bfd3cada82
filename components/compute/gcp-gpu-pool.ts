import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { type MachineType, machineType } from "../../catalogue/gcp/machine-types";
import { podsPerNode } from "../../catalogue/gcp/pods";
import type { GcpCapacity, GcpGpuPoolSpec } from "../../spec/schema/gcp-region";
import type { FabricInterface } from "../network/gcp-fabric";
import { capacityConfig, gcpCapacityShape } from "./gcp-capacity";
import { type GcpNodeArgs, nodeConfig } from "./gcp-nodes";
import { movedByOthers, type PoolBounds, poolParts, poolSize } from "./gcp-pool-size";
import { reserve } from "./gcp-reservation";
import type { NodeCapacity, NodePool } from "./node-pool";

export interface GcpGpuPoolArgs extends GcpNodeArgs {
	readonly pool: GcpGpuPoolSpec;
	/** The nodes' further interfaces, in their order. */
	readonly interfaces: readonly FabricInterface[];
}

/** A node pool of GKE that carries a part of the pool. */
interface Part {
	/** Part of its logical name. */
	readonly role: "pool" | "burst";
	readonly name: string;
	readonly bounds: PoolBounds;
	readonly capacity: GcpCapacity;
}

/** A pool of accelerated nodes in one zone: every fabric network, one placement or reservation, local SSDs for pods. */
export class GcpGpuPool extends pulumi.ComponentResource implements NodePool {
	readonly name: string;
	readonly nodes: number;
	readonly allocatable: NodeCapacity;
	readonly ready: gcp.container.NodePool;

	constructor(
		private readonly logicalName: string,
		private readonly args: GcpGpuPoolArgs,
		opts: pulumi.ComponentResourceOptions,
	) {
		super("meridian:compute:GcpGpuPool", logicalName, {}, opts);
		const { pool } = args;
		const type = requireType(pool.instanceType);
		this.name = pool.name;
		this.nodes = pool.nodes;
		this.allocatable = {
			vcpus: type.vcpus,
			memoryGib: type.memoryGib,
			gpus: type.gpus?.count ?? 0,
			fabricAdapters: args.interfaces.length,
		};
		const { own, beyond } = poolParts(pool);
		const part = { role: "pool", name: this.name, bounds: own, capacity: pool.capacity } as const;
		this.ready = this.createPool(type, part, this.reservationName(type));
		if (beyond) {
			const capacity = { kind: "on-demand" } as const;
			this.createPool(type, { role: "burst", name: `${this.name}-burst`, bounds: beyond, capacity }, undefined);
		}
		this.registerOutputs({});
	}

	private reservationName(type: MachineType): pulumi.Input<string> | undefined {
		const { context, pool } = this.args;
		const { capacity } = pool;
		if (capacity.kind === "calendar" || (capacity.kind === "reservation" && !capacity.create)) {
			return capacity.name;
		}
		return capacity.kind === "reservation"
			? reserve(this.logicalName, { context, pool, type }, { parent: this }).name
			: undefined;
	}

	private createPool(
		type: MachineType,
		{ role, name, bounds, capacity }: Part,
		reservation: pulumi.Input<string> | undefined,
	): gcp.container.NodePool {
		const { context, pool } = this.args;
		const shape = gcpCapacityShape(capacity);
		const moved = movedByOthers(bounds, shape);
		return new gcp.container.NodePool(
			`${this.logicalName}-${role}`,
			{
				cluster: this.args.clusterId,
				name,
				location: context.region,
				nodeLocations: [pool.zone],
				...poolSize(bounds, shape),
				maxPodsPerNode: podsPerNode.gpu.pods,
				networkConfig: this.networkConfig(),
				nodeConfig: { ...this.nodeConfig(type), ...capacityConfig(capacity, reservation) },
				// A slice of one host has its TPUs side by side already; compact placement is for GPUs and larger slices.
				...(shape.compact && type.tpu === undefined ? { placementPolicy: { type: "COMPACT" } } : {}),
				...(shape.flexible ? { queuedProvisioning: { enabled: true } } : {}),
				management: { autoRepair: !shape.flexible, autoUpgrade: true },
				upgradeSettings: shape.flexible
					? { strategy: "SHORT_LIVED" }
					: { strategy: "SURGE", maxSurge: 0, maxUnavailable: 1 },
				// A job of days is not cut by an upgrade: nodes stay as they are until their version's support ends.
				maintenancePolicies: [{ exclusionUntilEndOfSupports: [{ enabled: true }] }],
			},
			{
				parent: this,
				protect: !context.spec.protection.relaxed,
				dependsOn: [...this.args.nodesWaitFor],
				...(moved.length > 0 ? { ignoreChanges: moved } : {}),
			},
		);
	}

	private networkConfig(): gcp.types.input.container.NodePoolNetworkConfig {
		const { interfaces } = this.args;
		const further = interfaces.map(({ network, subnetwork }) => ({ network, subnetwork }));
		return { enablePrivateNodes: true, ...(further.length > 0 ? { additionalNodeNetworkConfigs: further } : {}) };
	}

	private nodeConfig(type: MachineType): gcp.types.input.container.NodePoolNodeConfig {
		const { pool } = this.args;
		const accelerator = type.acceleratorType;
		return {
			...nodeConfig(this.args, pool.instanceType, pool.rootVolume),
			labels: { "meridian.dev/pool": this.name },
			...(type.localSsds > 0 ? { ephemeralStorageLocalSsdConfig: { localSsdCount: type.localSsds } } : {}),
			// GKE itself taints nodes with TPUs (google.com/tpu), and their driver is in the image.
			...(type.tpu === undefined
				? { taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NO_SCHEDULE" }] }
				: {}),
			...(accelerator && type.gpus
				? {
						guestAccelerators: [
							{
								type: accelerator,
								count: type.gpus.count,
								gpuDriverInstallationConfig: { gpuDriverVersion: "LATEST" },
							},
						],
					}
				: {}),
		};
	}
}

function requireType(name: string): MachineType {
	const type = machineType(name);
	if (type === undefined) {
		throw new Error(`the specification let the unknown machine type ${name} through`);
	}
	return type;
}

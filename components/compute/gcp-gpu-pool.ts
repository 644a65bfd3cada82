import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { type MachineType, machineType } from "../../catalogue/gcp/machine-types";
import { podsPerNode } from "../../catalogue/gcp/pods";
import type { GcpGpuPoolSpec } from "../../spec/schema/gcp-region";
import { physicalName } from "../cell-context";
import type { FabricInterface } from "../network/gcp-fabric";
import { capacityConfig, type GcpCapacityShape, gcpCapacityShape } from "./gcp-capacity";
import { type GcpNodeArgs, nodeConfig } from "./gcp-nodes";
import type { NodeCapacity, NodePool } from "./node-pool";

export interface GcpGpuPoolArgs extends GcpNodeArgs {
	readonly pool: GcpGpuPoolSpec;
	/** The nodes' further interfaces, in their order. */
	readonly interfaces: readonly FabricInterface[];
}

/** A pool of accelerated nodes in one zone: every fabric network, one placement or reservation, local SSDs for pods. */
export class GcpGpuPool extends pulumi.ComponentResource implements NodePool {
	readonly name: string;
	readonly nodes: number;
	readonly allocatable: NodeCapacity;
	readonly ready: pulumi.Resource;

	constructor(
		private readonly logicalName: string,
		private readonly args: GcpGpuPoolArgs,
		opts: pulumi.ComponentResourceOptions,
	) {
		super("meridian:compute:GcpGpuPool", logicalName, {}, opts);
		const { pool } = args;
		const type = requireType(pool.instanceType);
		const shape = gcpCapacityShape(pool.capacity);
		this.name = pool.name;
		this.nodes = pool.nodes;
		this.allocatable = {
			vcpus: type.vcpus,
			memoryGib: type.memoryGib,
			gpus: type.gpus?.count ?? 0,
			fabricAdapters: args.interfaces.length,
		};
		this.ready = this.createPool(type, shape, this.reservationName(type));
		this.registerOutputs({});
	}

	private reservationName(type: MachineType): pulumi.Input<string> | undefined {
		const { context, pool } = this.args;
		const { capacity } = pool;
		if (capacity.kind === "calendar" || (capacity.kind === "reservation" && !capacity.create)) {
			return capacity.name;
		}
		if (capacity.kind !== "reservation") {
			return undefined;
		}
		const reservation = new gcp.compute.Reservation(
			`${this.logicalName}-reservation`,
			{
				name: physicalName(context, this.name, 63),
				zone: pool.zone,
				specificReservationRequired: true,
				specificReservation: {
					count: pool.nodes,
					instanceProperties: {
						machineType: pool.instanceType,
						localSsds: Array.from({ length: type.localSsds }, () => ({ diskSizeGb: 375, interface: "NVME" })),
					},
				},
			},
			{ parent: this, protect: !context.spec.protection.relaxed },
		);
		return reservation.name;
	}

	private createPool(
		type: MachineType,
		shape: GcpCapacityShape,
		reservation: pulumi.Input<string> | undefined,
	): gcp.container.NodePool {
		const { context, interfaces, pool } = this.args;
		return new gcp.container.NodePool(
			`${this.logicalName}-pool`,
			{
				cluster: this.args.clusterId,
				name: this.name,
				location: context.region,
				nodeLocations: [pool.zone],
				...poolSize(pool, shape),
				maxPodsPerNode: podsPerNode.gpu.pods,
				networkConfig: {
					enablePrivateNodes: true,
					...(interfaces.length > 0
						? {
								additionalNodeNetworkConfigs: interfaces.map(({ network, subnetwork }) => ({ network, subnetwork })),
							}
						: {}),
				},
				nodeConfig: { ...this.nodeConfig(type), ...capacityConfig(pool.capacity, reservation) },
				...(shape.compact ? { placementPolicy: { type: "COMPACT" } } : {}),
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
				// A fixed size is the specification's alone; a window's is moved by what opens and closes it.
				...(shape.startsEmpty ? { ignoreChanges: ["nodeCount"] } : {}),
			},
		);
	}

	private nodeConfig(type: MachineType): gcp.types.input.container.NodePoolNodeConfig {
		const { pool } = this.args;
		const accelerator = type.acceleratorType;
		return {
			...nodeConfig(this.args, pool.instanceType, pool.rootVolume),
			labels: { "meridian.dev/pool": this.name },
			taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NO_SCHEDULE" }],
			ephemeralStorageLocalSsdConfig: { localSsdCount: type.localSsds },
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

function poolSize(
	{ nodes }: GcpGpuPoolSpec,
	shape: GcpCapacityShape,
): Pick<gcp.container.NodePoolArgs, "nodeCount" | "autoscaling"> {
	if (shape.flexible) {
		return { autoscaling: { totalMinNodeCount: 0, totalMaxNodeCount: Math.max(nodes, 1), locationPolicy: "ANY" } };
	}
	return { nodeCount: shape.startsEmpty ? 0 : nodes };
}

function requireType(name: string): MachineType {
	const type = machineType(name);
	if (type === undefined) {
		throw new Error(`the specification let the unknown machine type ${name} through`);
	}
	return type;
}

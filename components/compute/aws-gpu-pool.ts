import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type InstanceType, instanceType } from "../../catalogue/aws/instance-types";
import { gpuNodePods } from "../../catalogue/aws/pods";
import { locked } from "../../catalogue/lock";
import type { AwsGpuPoolSpec } from "../../spec/schema/aws-region";
import { physicalName } from "../cell-context";
import { type AcceleratorProfile, acceleratorProfile } from "./aws-accelerator";
import { scheduleWindow } from "./aws-block-window";
import { type CapacityShape, capacityShape } from "./aws-capacity";
import { type AwsNodeArgs, encryptedRoot, launchTags, metadataOptions } from "./aws-nodes";
import { autoscaled, type PoolSizes, scalingConfig } from "./aws-pool-bounds";
import { createReservation, reservationSpecification } from "./aws-reservation";
import { interfaceLayout } from "./efa-layout";
import { nodeUserData } from "./node-config";
import type { NodeCapacity, NodePool } from "./node-pool";

export interface AwsGpuPoolArgs extends AwsNodeArgs {
	readonly pool: AwsGpuPoolSpec;
	/** The one subnet of the pool's zone. */
	readonly subnetId: pulumi.Output<string>;
	readonly vpcId: pulumi.Output<string>;
}

/** A pool of accelerated nodes in one zone: every fabric interface, one placement or reservation, striped local disks. */
export class AwsGpuPool extends pulumi.ComponentResource implements NodePool {
	readonly name: string;
	readonly nodes: number;
	readonly allocatable: NodeCapacity;
	readonly ready: aws.eks.NodeGroup;

	constructor(
		private readonly logicalName: string,
		private readonly args: AwsGpuPoolArgs,
		opts: pulumi.ComponentResourceOptions,
	) {
		super("meridian:compute:AwsGpuPool", logicalName, {}, opts);
		const { pool } = args;
		const type = requireType(pool.instanceType);
		const shape = capacityShape(pool);
		this.name = pool.name;
		this.nodes = pool.nodes;
		this.allocatable = capacityOf(type);
		const group = shape.placementGroup ? this.createPlacementGroup() : undefined;
		const reservation = this.reservationId(shape, group);
		const template = this.createTemplate(type, shape, group, reservation);
		const nodeGroup = this.createGroup(type, shape, template);
		this.ready = nodeGroup;
		if (pool.capacity.kind === "capacity-block") {
			const action = physicalName(args.context, pool.name, 200);
			const window = { group: nodeGroup, capacity: pool.capacity, nodes: pool.nodes, name: action };
			scheduleWindow(`${logicalName}-window`, window, { parent: this });
		}
		this.registerOutputs({});
	}

	private createPlacementGroup(): aws.ec2.PlacementGroup {
		const name = physicalName(this.args.context, this.name, 255);
		return new aws.ec2.PlacementGroup(`${this.logicalName}-placement`, { name, strategy: "cluster" }, { parent: this });
	}

	private reservationId(
		shape: CapacityShape,
		group: aws.ec2.PlacementGroup | undefined,
	): pulumi.Input<string> | undefined {
		const { context, pool } = this.args;
		const { capacity } = pool;
		if (capacity.kind === "on-demand") {
			return undefined;
		}
		if (capacity.kind === "capacity-block" || !capacity.create) {
			return capacity.id;
		}
		const opts = { parent: this, protect: !context.spec.protection.relaxed };
		return createReservation(`${this.logicalName}-reservation`, { pool, shape, group }, opts).id;
	}

	private createTemplate(
		type: InstanceType,
		shape: CapacityShape,
		group: aws.ec2.PlacementGroup | undefined,
		reservation: pulumi.Input<string> | undefined,
	): aws.ec2.LaunchTemplate {
		const { context, clusterSecurityGroupId, disksKey, pool } = this.args;
		const securityGroups = [clusterSecurityGroupId, this.createFabricGroup().id];
		const capacityReservationSpecification = reservationSpecification(shape, reservation);
		return new aws.ec2.LaunchTemplate(
			`${this.logicalName}-template`,
			{
				name: physicalName(context, pool.name, 128),
				updateDefaultVersion: true,
				...(shape.typeIn === "template" ? { instanceType: pool.instanceType } : {}),
				metadataOptions,
				blockDeviceMappings: [encryptedRoot(pool.rootVolume, disksKey)],
				networkInterfaces: interfaceLayout(type).map((slot) => ({
					...slot,
					securityGroups,
					deleteOnTermination: "true",
				})),
				userData: nodeUserData({
					stripeLocalDisks: type.localNvme !== undefined,
					maxPods: Math.min(gpuNodePods, type.maxPods),
				}),
				tagSpecifications: launchTags(context, pool.name),
				...(group ? { placement: { groupName: group.name } } : {}),
				...(shape.marketType ? { instanceMarketOptions: { marketType: shape.marketType } } : {}),
				...(capacityReservationSpecification ? { capacityReservationSpecification } : {}),
			},
			{ parent: this },
		);
	}

	/** EFA bypasses the kernel's network stack: its traffic needs a group that admits all of itself, both ways. */
	private createFabricGroup(): aws.ec2.SecurityGroup {
		const { context, vpcId } = this.args;
		const group = new aws.ec2.SecurityGroup(
			`${this.logicalName}-fabric`,
			{
				name: physicalName(context, `${this.name}-fabric`, 255),
				description: `Fabric traffic among the nodes of ${this.name}`,
				vpcId,
			},
			{ parent: this },
		);
		const rule = { securityGroupId: group.id, referencedSecurityGroupId: group.id, ipProtocol: "-1" };
		new aws.vpc.SecurityGroupIngressRule(`${this.logicalName}-fabric-in`, rule, { parent: this });
		new aws.vpc.SecurityGroupEgressRule(`${this.logicalName}-fabric-out`, rule, { parent: this });
		return group;
	}

	private createGroup(type: InstanceType, shape: CapacityShape, template: aws.ec2.LaunchTemplate): aws.eks.NodeGroup {
		const { context, pool, subnetId } = this.args;
		const profile = acceleratorProfile(type);
		const release = locked(profile.release);
		const bounds = boundsOf(pool, shape);
		return new aws.eks.NodeGroup(
			`${this.logicalName}-group`,
			{
				clusterName: this.args.clusterName,
				nodeGroupName: physicalName(context, pool.name, 63),
				nodeRoleArn: this.args.nodeRole.arn,
				subnetIds: [subnetId],
				version: context.spec.kubernetesVersion,
				amiType: profile.amiType,
				...(release ? { releaseVersion: release } : {}),
				capacityType: shape.capacityType,
				...(shape.typeIn === "group" ? { instanceTypes: [pool.instanceType] } : {}),
				scalingConfig: scalingConfig(bounds),
				launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
				labels: acceleratorLabels(pool, type, profile),
				taints: [{ key: profile.resource, value: "true", effect: "NO_SCHEDULE" }],
				updateConfig: { maxUnavailable: 1, updateStrategy: shape.reserved === "none" ? "DEFAULT" : "MINIMAL" },
				nodeRepairConfig: { enabled: true },
			},
			{
				parent: this,
				dependsOn: [...this.args.nodesWaitFor],
				// A fixed size is the specification's alone.
				...autoscaled(bounds),
			},
		);
	}
}

/** What opens and drains a block's window moves the size between none and all of it. */
function boundsOf({ capacity, nodes, min, max }: AwsGpuPoolSpec, { startsEmpty }: CapacityShape): PoolSizes {
	return capacity.kind === "capacity-block"
		? { nodes: startsEmpty ? 0 : nodes, min: 0, max: nodes }
		: { nodes, min, max };
}

/** Labels that device plugins and schedulers look for. */
function acceleratorLabels(
	pool: AwsGpuPoolSpec,
	type: InstanceType,
	profile: AcceleratorProfile,
): { [key: string]: string } {
	return {
		"meridian.dev/pool": pool.name,
		[`${profile.resource}.present`]: "true",
		...(type.maxEfa > 0 ? { "vpc.amazonaws.com/efa.present": "true" } : {}),
		// Without it the autoscaler takes a node for ready before its GPUs are there, and adds another (autoscaler issue 3164).
		...(profile.resource === "nvidia.com/gpu" ? { "k8s.amazonaws.com/accelerator": type.gpus?.model ?? "" } : {}),
	};
}

function capacityOf(type: InstanceType): NodeCapacity {
	return {
		vcpus: type.vcpus,
		memoryGib: type.memoryGib,
		gpus: type.gpus?.count ?? 0,
		fabricAdapters: type.maxEfa,
	};
}

function requireType(name: string): InstanceType {
	const type = instanceType(name);
	if (type === undefined) {
		throw new Error(`the specification let the unknown instance type ${name} through`);
	}
	return type;
}

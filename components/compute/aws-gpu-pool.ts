import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type InstanceType, instanceType } from "../../catalogue/aws/instance-types";
import { locked } from "../../catalogue/lock";
import type { AwsGpuPoolSpec } from "../../spec/schema/aws-region";
import { physicalName } from "../cell-context";
import { type AcceleratorProfile, acceleratorProfile } from "./aws-accelerator";
import { type CapacityShape, capacityShape } from "./aws-capacity";
import { type AwsNodeArgs, encryptedRoot, launchTags, metadataOptions } from "./aws-nodes";
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
	readonly ready: pulumi.Resource;

	constructor(
		private readonly logicalName: string,
		private readonly args: AwsGpuPoolArgs,
		opts: pulumi.ComponentResourceOptions,
	) {
		super("meridian:compute:AwsGpuPool", logicalName, {}, opts);
		const { pool } = args;
		const type = requireType(pool.instanceType);
		const shape = capacityShape(pool.capacity);
		this.name = pool.name;
		this.nodes = pool.nodes;
		this.allocatable = capacityOf(type);
		const group = shape.placementGroup ? this.createPlacementGroup() : undefined;
		const reservation = this.reservationId(group);
		const template = this.createTemplate(type, shape, group, reservation);
		this.ready = this.createGroup(type, shape, template);
		this.registerOutputs({});
	}

	private createPlacementGroup(): aws.ec2.PlacementGroup {
		const name = physicalName(this.args.context, this.name, 255);
		return new aws.ec2.PlacementGroup(`${this.logicalName}-placement`, { name, strategy: "cluster" }, { parent: this });
	}

	private reservationId(group: aws.ec2.PlacementGroup | undefined): pulumi.Input<string> | undefined {
		const { capacity, instanceType: type, zone, nodes } = this.args.pool;
		if (capacity.kind === "on-demand") {
			return undefined;
		}
		if (capacity.kind === "capacity-block" || !capacity.create) {
			return capacity.id;
		}
		const reservation = new aws.ec2.CapacityReservation(
			`${this.logicalName}-reservation`,
			{
				instanceType: type,
				instancePlatform: "Linux/UNIX",
				availabilityZone: zone,
				instanceCount: nodes,
				instanceMatchCriteria: "targeted",
				endDateType: "unlimited",
				...(group ? { placementGroupArn: group.arn } : {}),
			},
			{ parent: this, protect: !this.args.context.spec.protection.relaxed },
		);
		return reservation.id;
	}

	private createTemplate(
		type: InstanceType,
		shape: CapacityShape,
		group: aws.ec2.PlacementGroup | undefined,
		reservation: pulumi.Input<string> | undefined,
	): aws.ec2.LaunchTemplate {
		const { context, clusterSecurityGroupId, disksKey, pool } = this.args;
		const securityGroups = [clusterSecurityGroupId, this.createFabricGroup().id];
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
				userData: nodeUserData({ stripeLocalDisks: type.localNvme !== undefined }),
				tagSpecifications: launchTags(context, pool.name),
				...(group ? { placement: { groupName: group.name } } : {}),
				...(shape.marketType ? { instanceMarketOptions: { marketType: shape.marketType } } : {}),
				...(reservation ? { capacityReservationSpecification: reservedOnly(reservation) } : {}),
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
				scalingConfig: poolSize(pool, shape),
				launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
				labels: acceleratorLabels(pool, type, profile),
				taints: [{ key: profile.resource, value: "true", effect: "NO_SCHEDULE" }],
				updateConfig: { maxUnavailable: 1, updateStrategy: shape.reservedOnly ? "MINIMAL" : "DEFAULT" },
				nodeRepairConfig: { enabled: true },
			},
			{
				parent: this,
				dependsOn: [...this.args.nodesWaitFor],
				// A fixed size is the specification's alone; a block's is moved by what opens and closes its window.
				...(shape.startsEmpty ? { ignoreChanges: ["scalingConfig.desiredSize"] } : {}),
			},
		);
	}
}

function poolSize({ nodes }: AwsGpuPoolSpec, shape: CapacityShape): aws.types.input.eks.NodeGroupScalingConfig {
	const maxSize = Math.max(nodes, 1);
	return shape.startsEmpty ? { minSize: 0, desiredSize: 0, maxSize } : { minSize: nodes, desiredSize: nodes, maxSize };
}

function reservedOnly(id: pulumi.Input<string>): aws.types.input.ec2.LaunchTemplateCapacityReservationSpecification {
	return {
		capacityReservationPreference: "capacity-reservations-only",
		capacityReservationTarget: { capacityReservationId: id },
	};
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

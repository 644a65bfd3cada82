import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { instanceType } from "../../catalogue/aws/instance-types";
import { locked } from "../../catalogue/lock";
import type { SystemPoolSpec } from "../../spec/schema";
import { physicalName } from "../cell-context";
import { type AwsNodeArgs, encryptedRoot, launchTags, metadataOptions } from "./aws-nodes";
import { autoscaled, scalingConfig } from "./aws-pool-bounds";
import { nodeUserData } from "./node-config";
import type { NodeCapacity, NodePool } from "./node-pool";

export interface AwsSystemPoolArgs extends AwsNodeArgs {
	readonly pool: SystemPoolSpec;
	/** Subnets of all zones. */
	readonly subnetIds: readonly pulumi.Output<string>[];
}

/** The pool that carries the platform's own services, spread over the zones. */
export class AwsSystemPool extends pulumi.ComponentResource implements NodePool {
	readonly name = "system";
	readonly nodes: number;
	readonly allocatable: NodeCapacity;
	readonly ready: aws.eks.NodeGroup;

	constructor(logicalName: string, args: AwsSystemPoolArgs, opts: pulumi.ComponentResourceOptions) {
		super("meridian:compute:AwsSystemPool", logicalName, {}, opts);
		const { context, pool } = args;
		const type = instanceType(pool.instanceType);
		const sizes = { ...pool, nodes: pool.nodes ?? pool.min };
		this.nodes = sizes.nodes;
		this.allocatable = { vcpus: type?.vcpus ?? 0, memoryGib: type?.memoryGib ?? 0, gpus: 0, fabricAdapters: 0 };
		const template = new aws.ec2.LaunchTemplate(
			`${logicalName}-template`,
			{
				name: physicalName(context, this.name, 128),
				updateDefaultVersion: true,
				metadataOptions,
				blockDeviceMappings: [encryptedRoot(pool.rootVolume, args.disksKey)],
				vpcSecurityGroupIds: [args.clusterSecurityGroupId],
				userData: nodeUserData({ stripeLocalDisks: type?.localNvme !== undefined }),
				tagSpecifications: launchTags(context, this.name),
			},
			{ parent: this },
		);
		const release = locked("eks-ami-release/al2023-standard");
		this.ready = new aws.eks.NodeGroup(
			`${logicalName}-group`,
			{
				clusterName: args.clusterName,
				nodeGroupName: physicalName(context, this.name, 63),
				nodeRoleArn: args.nodeRole.arn,
				subnetIds: [...args.subnetIds],
				version: context.spec.kubernetesVersion,
				amiType: type?.arch === "arm64" ? "AL2023_ARM_64_STANDARD" : "AL2023_x86_64_STANDARD",
				...(release ? { releaseVersion: release } : {}),
				capacityType: "ON_DEMAND",
				instanceTypes: [pool.instanceType],
				scalingConfig: scalingConfig(sizes),
				launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
				labels: { "meridian.dev/pool": this.name },
				updateConfig: { maxUnavailable: 1 },
				nodeRepairConfig: { enabled: true },
			},
			{ parent: this, dependsOn: [...args.nodesWaitFor], ...autoscaled(sizes) },
		);
		this.registerOutputs({});
	}
}

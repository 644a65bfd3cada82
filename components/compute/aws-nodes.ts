import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { inGib, type Size } from "../../lib/units";
import { type CellContext, cellTags } from "../cell-context";

/** What every node pool of a cluster needs. */
export interface AwsNodeArgs {
	readonly context: CellContext;
	readonly clusterName: pulumi.Output<string>;
	readonly clusterSecurityGroupId: pulumi.Output<string>;
	readonly nodeRole: aws.iam.Role;
	readonly disksKey: pulumi.Output<string>;
	/** Role permissions, endpoints and the network add-on: without them nodes never become ready. */
	readonly nodesWaitFor: readonly pulumi.Resource[];
}

/** IMDSv2 only, and out of reach for pods: they get credentials from the pod identity agent. */
export const metadataOptions: aws.types.input.ec2.LaunchTemplateMetadataOptions = {
	httpEndpoint: "enabled",
	httpTokens: "required",
	httpPutResponseHopLimit: 1,
};

/** The root disk of an Amazon Linux 2023 node, encrypted with the cell's own key. */
export function encryptedRoot(
	size: Size,
	key: pulumi.Output<string>,
): aws.types.input.ec2.LaunchTemplateBlockDeviceMapping {
	return {
		deviceName: "/dev/xvda",
		ebs: {
			volumeType: "gp3",
			volumeSize: inGib(size),
			encrypted: "true",
			kmsKeyId: key,
			deleteOnTermination: "true",
		},
	};
}

/** The provider's default tags do not reach what a launch template launches, so they stand here again. */
export function launchTags(context: CellContext, pool: string): aws.types.input.ec2.LaunchTemplateTagSpecification[] {
	const tags = { ...cellTags(context), pool };
	return ["instance", "volume", "network-interface"].map((resourceType) => ({ resourceType, tags }));
}

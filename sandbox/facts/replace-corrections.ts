import { AZURE_REPLACE_CORRECTIONS } from "./replace-corrections-azure";
import { GCP_REPLACE_CORRECTIONS } from "./replace-corrections-gcp";

/** A hand correction of the derived replace table, with the reason it is known. */
export interface ReplaceCorrection {
	readonly token: string;
	/** Input paths whose change replaces the object although the derived table does not say so. */
	readonly add?: readonly string[];
	/** Input paths that the cloud changes in place although the derived table marks them. */
	readonly remove?: readonly string[];
	readonly reason: string;
}

/**
 * Corrections for types in use. The AWS marks were measured on Terraform provider 5.100, so they miss what 6.x added
 * and what the probe could not set. `region` is added for every AWS type that has it by `npm run facts` itself.
 */
export const REPLACE_CORRECTIONS: readonly ReplaceCorrection[] = [
	{
		token: "aws:eks/cluster:Cluster",
		add: ["encryptionConfig.provider.keyArn", "encryptionConfig.resources"],
		reason:
			"EKS associates an encryption configuration once; its key and resources cannot be changed afterwards " +
			"(AssociateEncryptionConfig). Subnets and security groups of vpcConfig change in place since 2023 " +
			"(UpdateClusterConfig), so they stay unmarked; name and roleArn carry the derived mark.",
	},
	{
		token: "aws:eks/nodeGroup:NodeGroup",
		add: ["launchTemplate.id"],
		reason: "The probe set launchTemplate.name, which excludes id; a node group keeps its template for life.",
	},
	{
		token: "aws:eks/addon:Addon",
		add: ["namespaceConfig"],
		reason: "New in provider 6.x; the namespace of an add-on is fixed when it is installed (CreateAddon only).",
	},
	{
		token: "aws:ec2/route:Route",
		add: ["destinationPrefixListId"],
		reason: "The destination is the route's identity; the probe set destinationCidrBlock, which excludes it.",
	},
	{
		token: "aws:ec2/subnet:Subnet",
		add: ["ipv4IpamPoolId", "ipv4NetmaskLength"],
		reason: "New in provider 6.x; the block of a subnet is fixed at CreateSubnet.",
	},
	{
		token: "aws:ec2/natGateway:NatGateway",
		add: ["availabilityMode", "vpcId"],
		reason: "New in provider 6.x; CreateNatGateway only, there is no call that changes either.",
	},
	{
		token: "aws:ec2/capacityReservation:CapacityReservation",
		add: ["outpostArn", "placementGroupArn"],
		reason: "ModifyCapacityReservation changes count, end and criteria only; the probe had no valid ARN to set.",
	},
	{
		token: "aws:ec2/flowLog:FlowLog",
		add: ["regionalNatGatewayId", "tagFieldSpecifications"],
		reason: "New in provider 6.x; a flow log has no modify call, only its tags change in place.",
	},
	{
		token: "aws:ec2/vpcEndpoint:VpcEndpoint",
		add: ["serviceRegion"],
		reason: "CreateVpcEndpoint only.",
	},
	{
		token: "aws:networkfirewall/ruleGroup:RuleGroup",
		add: ["type"],
		reason: "A group's type is part of its identity (its ARN); UpdateRuleGroup only names it. The probe had one value.",
	},
	{
		token: "aws:s3/bucket:Bucket",
		add: ["bucketNamespace"],
		reason: "New in provider 6.x; the namespace is part of the bucket's identity.",
	},
	{
		token: "kubernetes:helm.sh/v3:Release",
		add: ["name", "namespace"],
		reason: "A release's name and namespace are its identity in Helm's storage; the provider replaces on both.",
	},
	...GCP_REPLACE_CORRECTIONS,
	...AZURE_REPLACE_CORRECTIONS,
];

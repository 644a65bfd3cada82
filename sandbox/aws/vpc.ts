import { faultsOf, outside } from "../check/fault-table";
import { isAbsent, isSet, text } from "../check/inputs";
import type { CheckContext, Fault, SandboxObject, TypeModel } from "../model";
import { blockFaults, overlapFaults, rangeFaults, secondaryFaults } from "./blocks";
import { defineAws } from "./define";
import { arn, ec2Id } from "./names";
import { overQuota } from "./quota";

const VPC = "aws:ec2/vpc:Vpc";
const ASSOCIATION = "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation";

/** A VPC and its first block; DNS support is on and DNS host names off unless said, as EC2 has it. */
export const vpc: TypeModel = defineAws({
	type: VPC,
	values: { instanceTenancy: ["default", "dedicated"] },
	check: (context) => {
		const { inputs } = context;
		const block = text(inputs, "cidrBlock");
		return [
			...blockFaults(block, "cidrBlock"),
			...rangeFaults(block, "cidrBlock"),
			...faultsOf([
				{
					when: isAbsent(inputs, "cidrBlock") && isAbsent(inputs, "ipv4IpamPoolId"),
					property: "cidrBlock",
					reason: "is required where no ipv4IpamPoolId is given; set a block of /16 to /28",
				},
				{
					when: isSet(inputs, "cidrBlock") && isSet(inputs, "ipv4NetmaskLength"),
					property: "ipv4NetmaskLength",
					reason: "cannot be combined with cidrBlock; remove one of them",
				},
				overQuota("vpcsPerRegion", context.world.list(VPC, context.scope), context, ""),
			]),
		];
	},
	defaults: {
		assignGeneratedIpv6CidrBlock: false,
		enableDnsHostnames: false,
		enableDnsSupport: true,
		enableNetworkAddressUsageMetrics: false,
		instanceTenancy: "default",
		ipv6AssociationId: "",
		ipv6CidrBlock: "",
		ipv6CidrBlockNetworkBorderGroup: "",
		ipv6IpamPoolId: "",
		ipv6NetmaskLength: 0,
	},
	id: (context) => ec2Id(context, "vpc"),
	computed: (context, id) => {
		const routeTable = ec2Id(context, "rtb");
		return {
			arn: arn(context.scope, "ec2", `vpc/${id}`),
			defaultNetworkAclId: ec2Id(context, "acl"),
			defaultRouteTableId: routeTable,
			defaultSecurityGroupId: ec2Id(context, "sg"),
			dhcpOptionsId: ec2Id(context, "dopt"),
			mainRouteTableId: routeTable,
			ownerId: context.scope.account,
		};
	},
});

/** A further block of a VPC: no overlap with its others, no other private range than the first. */
export const vpcIpv4CidrBlockAssociation: TypeModel = defineAws({
	type: ASSOCIATION,
	references: [{ path: "vpcId", to: [VPC], by: "id", holds: false }],
	check: (context) => {
		const block = text(context.inputs, "cidrBlock");
		const vpcId = text(context.inputs, "vpcId");
		const [owner] = vpcId === undefined ? [] : context.world.find([VPC], "id", vpcId);
		const others = furtherBlocks(vpcId, context);
		return [
			...blockFaults(block, "cidrBlock"),
			...rangeFaults(block, "cidrBlock"),
			...secondaryFaults(block, text(owner?.outputs, "cidrBlock"), "cidrBlock"),
			...overlapFaults(block, owner ? [owner, ...others] : others, context, "cidrBlock"),
			...moreBlockFaults(context, owner ? [owner, ...others] : others),
		];
	},
	id: (context) => ec2Id(context, "vpc-cidr-assoc"),
});

function moreBlockFaults(context: CheckContext, blocks: readonly SandboxObject[]): Fault[] {
	const { inputs } = context;
	return faultsOf([
		{
			when: isAbsent(inputs, "cidrBlock") && isAbsent(inputs, "ipv4IpamPoolId"),
			property: "cidrBlock",
			reason: "is required where no ipv4IpamPoolId is given; set a block of /16 to /28",
		},
		outside(typeof inputs.ipv4NetmaskLength === "number" ? inputs.ipv4NetmaskLength : undefined, "ipv4NetmaskLength", {
			min: 16,
			max: 28,
			unit: "bits",
		}),
		overQuota("ipv4BlocksPerVpc", blocks, context, "vpcId"),
	]);
}

/** The associations of a VPC; none where its id is not known. */
export function furtherBlocks(vpcId: string | undefined, context: CheckContext): SandboxObject[] {
	return vpcId === undefined ? [] : context.world.find([ASSOCIATION], "vpcId", vpcId);
}

import { faultsOf } from "../check/fault-table";
import { text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { TypeModel } from "../model";
import { defineAws } from "./define";
import { arn, dnsSuffixOf, ec2Id } from "./names";
import { overQuota } from "./quota";

const GATEWAY = "aws:ec2/internetGateway:InternetGateway";
const EIP = "aws:ec2/eip:Eip";
const VPC = "aws:ec2/vpc:Vpc";

/** An internet gateway; a VPC takes one, and keeps from deletion while it is attached. */
export const internetGateway: TypeModel = defineAws({
	type: GATEWAY,
	references: [{ path: "vpcId", to: [VPC], by: "id" }],
	check: (context) => {
		const vpcId = text(context.inputs, "vpcId");
		const attached = vpcId === undefined ? [] : context.world.find([GATEWAY], "vpcId", vpcId);
		const other = attached.find((gateway) => !isSelf(gateway, context));
		return faultsOf([
			{
				when: other !== undefined,
				property: "vpcId",
				reason: `${vpcId} has the internet gateway ${other?.id} already; a VPC takes one, so use that`,
			},
			overQuota("internetGatewaysPerRegion", context.world.list(GATEWAY, context.scope), context, ""),
		]);
	},
	defaults: { vpcId: "" },
	id: (context) => ec2Id(context, "igw"),
	computed: (context, id) => ({
		arn: arn(context.scope, "ec2", `internet-gateway/${id}`),
		ownerId: context.scope.account,
	}),
});

/** An Elastic IP address; addresses come from the documentation range 203.0.113.0/24. */
export const eip: TypeModel = defineAws({
	type: EIP,
	values: { domain: ["vpc", "standard"] },
	check: (context) => faultsOf([overQuota("elasticIpsPerRegion", context.world.list(EIP, context.scope), context, "")]),
	defaults: {
		associationId: "",
		carrierIp: "",
		customerOwnedIp: "",
		customerOwnedIpv4Pool: "",
		domain: "vpc",
		instance: "",
		ipamPoolId: "",
		networkInterface: "",
		privateDns: "",
		privateIp: "",
		ptrRecord: "",
		publicIpv4Pool: "amazon",
	},
	id: (context) => ec2Id(context, "eipalloc"),
	computed: (context, id) => {
		const ip = `203.0.113.${(Number(context.digits(3)) % 254) + 1}`;
		const { region } = context.scope;
		const zone = region === "us-east-1" ? "compute-1" : `${region}.compute`;
		return {
			allocationId: id,
			arn: arn(context.scope, "ec2", `elastic-ip/${id}`),
			networkBorderGroup: region,
			publicDns: `ec2-${ip.replaceAll(".", "-")}.${zone}.${dnsSuffixOf(region)}`,
			publicIp: ip,
		};
	},
});

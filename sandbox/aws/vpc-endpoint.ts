import { list, text } from "../check/inputs";
import type { CreateContext, TypeModel } from "../model";
import { defineAws } from "./define";
import { arn, dnsSuffixOf, ec2Id } from "./names";
import { policyFaults } from "./policy-document";
import { groupReference } from "./security-group";
import { dnsFaults, kindOf, serviceFaults, shapeFaults } from "./vpc-endpoint-rules";

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";

const FULL_ACCESS = JSON.stringify({ Statement: [{ Action: "*", Effect: "Allow", Principal: "*", Resource: "*" }] });

/** A VPC endpoint: what a gateway, an interface or another kind takes differs, and AWS refuses the rest. */
export const vpcEndpoint: TypeModel = defineAws({
	type: ENDPOINT,
	references: [
		{ path: "vpcId", to: [VPC], by: "id" },
		{ path: "subnetIds[]", to: [SUBNET], by: "id" },
		{ path: "routeTableIds[]", to: ["aws:ec2/routeTable:RouteTable"], by: "id", holds: false },
		groupReference("securityGroupIds[]"),
	],
	values: {
		vpcEndpointType: ["Gateway", "Interface", "GatewayLoadBalancer", "Resource", "ServiceNetwork"],
		ipAddressType: ["ipv4", "dualstack", "ipv6"],
		"dnsOptions.dnsRecordIpType": ["ipv4", "dualstack", "service-defined", "ipv6"],
	},
	check: (context) => [
		...serviceFaults(context),
		...shapeFaults(context),
		...dnsFaults(context),
		...policyFaults(context.inputs.policy, "policy", "endpoint"),
	],
	defaults: {
		ipAddressType: "ipv4",
		policy: FULL_ACCESS,
		privateDnsEnabled: false,
		requesterManaged: false,
		routeTableIds: [],
		securityGroupIds: [],
		state: "available",
		subnetIds: [],
		vpcEndpointType: "Gateway",
	},
	id: (context) => ec2Id(context, "vpce"),
	computed: (context, id) => ({
		arn: arn(context.scope, "ec2", `vpc-endpoint/${id}`),
		ownerId: context.scope.account,
		serviceRegion: text(context.inputs, "serviceRegion") ?? context.scope.region,
		...addresses(context, id),
	}),
});

function addresses(context: CreateContext, id: string) {
	if (kindOf(context) === "Gateway") {
		const blocks = ["203.0.113.0/24"];
		return { cidrBlocks: blocks, dnsEntries: [], networkInterfaceIds: [], prefixListId: `pl-${context.hex(8)}` };
	}
	const service = text(context.inputs, "serviceName")?.split(".").slice(3).join(".");
	const { region } = context.scope;
	const host = `${id}-${context.hex(8)}.${service}.${region}.vpce.${dnsSuffixOf(region)}`;
	return {
		cidrBlocks: [],
		dnsEntries: [{ dnsName: host, hostedZoneId: `Z${context.hex(19).toUpperCase()}` }],
		networkInterfaceIds: list(context.inputs, "subnetIds").map(() => ec2Id(context, "eni")),
		prefixListId: "",
	};
}

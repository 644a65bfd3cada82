import { faultsOf, outside } from "../check/fault-table";
import { number, text } from "../check/inputs";
import type { CreateContext, TypeModel } from "../model";
import { defineAws } from "./define";
import { arn, ec2Id } from "./names";
import { overQuota } from "./quota";

/** Type of transit gateways. */
export const TRANSIT = "aws:ec2transitgateway/transitGateway:TransitGateway";

const SWITCHES = [
	"autoAcceptSharedAttachments",
	"defaultRouteTableAssociation",
	"defaultRouteTablePropagation",
	"dnsSupport",
	"encryptionSupport",
	"multicastSupport",
	"securityGroupReferencingSupport",
	"vpnEcmpSupport",
];

/** A transit gateway: a router of one region, with a private autonomous system number. */
export const transitGateway: TypeModel = defineAws({
	type: TRANSIT,
	values: Object.fromEntries(SWITCHES.map((path) => [path, ["enable", "disable"]])),
	check: (context) => {
		const asn = number(context.inputs, "amazonSideAsn");
		const short = asn !== undefined && asn >= 64_512 && asn <= 65_534;
		const long = asn !== undefined && asn >= 4_200_000_000 && asn <= 4_294_967_294;
		return faultsOf([
			{
				when: asn !== undefined && !short && !long,
				property: "amazonSideAsn",
				reason: `must be 64512 to 65534 or 4200000000 to 4294967294, the private autonomous system numbers, but ${asn} was given`,
			},
			overQuota("transitGatewaysPerRegion", context.world.list(TRANSIT, context.scope), context, ""),
		]);
	},
	defaults: {
		amazonSideAsn: 64_512,
		autoAcceptSharedAttachments: "disable",
		defaultRouteTableAssociation: "enable",
		defaultRouteTablePropagation: "enable",
		dnsSupport: "enable",
		encryptionSupport: "disable",
		multicastSupport: "disable",
		securityGroupReferencingSupport: "disable",
		vpnEcmpSupport: "enable",
	},
	id: (context) => ec2Id(context, "tgw"),
	computed: (context, id) => ({
		arn: arn(context.scope, "ec2", `transit-gateway/${id}`),
		ownerId: context.scope.account,
		...defaultTables(context),
	}),
});

/** One table serves for both where AWS makes it. */
function defaultTables(context: CreateContext): { [output: string]: string } {
	const off = (path: string): boolean => text(context.inputs, path) === "disable";
	const table = ec2Id(context, "tgw-rtb");
	return {
		associationDefaultRouteTableId: off("defaultRouteTableAssociation") ? "" : table,
		propagationDefaultRouteTableId: off("defaultRouteTablePropagation") ? "" : table,
	};
}

/** A route table of a transit gateway; it keeps its gateway from deletion. */
export const transitRouteTable: TypeModel = defineAws({
	type: "aws:ec2transitgateway/routeTable:RouteTable",
	references: [{ path: "transitGatewayId", to: [TRANSIT], by: "id" }],
	check: ({ inputs, world }) => {
		const gateway = text(inputs, "transitGatewayId") ?? "";
		const tables = world.find(["aws:ec2transitgateway/routeTable:RouteTable"], "transitGatewayId", gateway).length;
		return faultsOf([outside(tables, "transitGatewayId", { min: 0, max: 20, unit: "route tables a transit gateway" })]);
	},
	id: (context) => ec2Id(context, "tgw-rtb"),
	computed: (context, id) => ({
		arn: arn(context.scope, "ec2", `transit-gateway-route-table/${id}`),
		defaultAssociationRouteTable: false,
		defaultPropagationRouteTable: false,
	}),
});

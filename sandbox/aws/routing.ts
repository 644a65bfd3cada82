import { crc32 } from "node:zlib";
import { formatCidr, isCanonical, parseCidr } from "../../lib/cidr";
import { isObject, isUnknown, type Value } from "../../lib/values";
import { faultsOf, type Refusal } from "../check/fault-table";
import { isSet, list, text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, Fault, Reference, TypeModel } from "../model";
import { defineAws } from "./define";
import { arn, ec2Id } from "./names";
import { ENDPOINT_IDS, FIREWALL } from "./network-firewall";
import { VPC_ATTACHMENT } from "./transit-attachment";
import { TRANSIT } from "./transit-gateway";

const TABLE = "aws:ec2/routeTable:RouteTable";
const ROUTE = "aws:ec2/route:Route";
const ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const GATEWAY = "aws:ec2/internetGateway:InternetGateway";
const SUBNET = "aws:ec2/subnet:Subnet";
const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";

const TARGETS = [
	"carrierGatewayId",
	"coreNetworkArn",
	"egressOnlyGatewayId",
	"gatewayId",
	"localGatewayId",
	"natGatewayId",
	"networkInterfaceId",
	"odbNetworkArn",
	"transitGatewayId",
	"vpcEndpointId",
	"vpcPeeringConnectionId",
];

/** Targets of a route; EC2 lets them go while routes point at them (the route turns to `blackhole`). */
function targetReferences(prefix: string): Reference[] {
	return [
		{ path: `${prefix}gatewayId`, to: [GATEWAY], by: "id", only: /^igw-/, holds: false },
		{ path: `${prefix}natGatewayId`, to: ["aws:ec2/natGateway:NatGateway"], by: "id", holds: false },
		{ path: `${prefix}transitGatewayId`, to: [TRANSIT], by: "id", holds: false },
		{ path: `${prefix}vpcEndpointId`, to: ["aws:ec2/vpcEndpoint:VpcEndpoint"], by: "id", holds: false },
	];
}

/** A route table, with the routes that are written in it. */
export const routeTable: TypeModel = defineAws({
	type: TABLE,
	references: [{ path: "vpcId", to: ["aws:ec2/vpc:Vpc"], by: "id" }, ...targetReferences("routes[].")],
	check: ({ inputs }) =>
		list(inputs, "routes").flatMap((route, i) =>
			routeFaults(route, ["cidrBlock", "ipv6CidrBlock", "destinationPrefixListId"], `routes[${i}].`),
		),
	defaults: { propagatingVgws: [], routes: [] },
	id: (context) => ec2Id(context, "rtb"),
	computed: (context, id) => ({
		arn: arn(context.scope, "ec2", `route-table/${id}`),
		ownerId: context.scope.account,
	}),
});

const DESTINATIONS = ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"];

/** One route: one destination, one target, no twin in its table; its internet gateway sits in the table's VPC. */
export const route: TypeModel = defineAws({
	type: ROUTE,
	references: [{ path: "routeTableId", to: [TABLE], by: "id", holds: false }, ...targetReferences("")],
	check: (context) => [
		...routeFaults(context.inputs, DESTINATIONS, ""),
		...faultsOf([twinRoute(context), foreignGateway(context), detachedTransit(context), foreignEndpoint(context)]),
	],
	defaults: { instanceId: "", instanceOwnerId: "", networkInterfaceId: "", origin: "CreateRoute", state: "active" },
	id: ({ inputs }) => {
		const destination = DESTINATIONS.map((path) => text(inputs, path)).find((value) => value !== undefined) ?? "";
		return `r-${text(inputs, "routeTableId")}${crc32(destination)}`;
	},
});

function routeFaults(route: Value, destinations: readonly string[], at: string): Fault[] {
	if (!isObject(route)) {
		return [];
	}
	const given = destinations.filter((path) => isSet(route, path));
	const targets = TARGETS.filter((path) => isSet(route, path));
	const blocks = given.flatMap((path) => destinationFaults(text(route, path), `${at}${path}`));
	return [
		...blocks,
		...faultsOf([
			{
				when: given.length !== 1,
				property: `${at}${destinations[0]}`,
				reason: `a route needs exactly one of ${destinations.join(", ")}, but ${given.length} were given`,
			},
			{
				when: targets.length !== 1,
				property: `${at}gatewayId`,
				reason: `a route needs exactly one target (${TARGETS.join(", ")}), but ${targets.length} were given`,
			},
		]),
	];
}

function destinationFaults(value: string | undefined, property: string): Fault[] {
	if (value === undefined || property.endsWith("destinationPrefixListId")) {
		return [];
	}
	const block = parseCidr(value);
	const family = /ipv6/i.test(property) ? 6 : 4;
	if (block?.family !== family) {
		return [{ property, reason: `must be an IPv${family} block, but ${JSON.stringify(value)} was given` }];
	}
	const reason = `must be a network address, but ${value} has host bits set; write ${formatCidr(block)}`;
	return isCanonical(block) ? [] : [{ property, reason }];
}

function twinRoute(context: CheckContext): Refusal {
	const table = text(context.inputs, "routeTableId");
	const path = DESTINATIONS.find((candidate) => text(context.inputs, candidate) !== undefined);
	const destination = path === undefined ? undefined : text(context.inputs, path);
	const routes = table === undefined ? [] : context.world.find([ROUTE], "routeTableId", table);
	const twin = routes.find((other) => !isSelf(other, context) && path && text(other.outputs, path) === destination);
	return {
		when: destination !== undefined && twin !== undefined,
		property: path ?? "",
		reason: `the route table ${table} has a route to ${destination} already; change that one`,
	};
}

function foreignGateway({ inputs, world }: CheckContext): Refusal {
	const [table] = world.find([TABLE], "id", text(inputs, "routeTableId") ?? "");
	const [gateway] = world.find([GATEWAY], "id", text(inputs, "gatewayId") ?? "");
	const [own, theirs] = [text(table?.outputs, "vpcId"), text(gateway?.outputs, "vpcId")];
	return {
		when: own !== undefined && theirs !== undefined && own !== theirs,
		property: "gatewayId",
		reason: `the gateway belongs to ${theirs || "no VPC"}, the route table to ${own}; use a gateway of the same VPC`,
	};
}

/** A VPC knows only the transit gateways that it is attached to. */
function detachedTransit({ inputs, scope, world }: CheckContext): Refusal {
	const [table] = world.find([TABLE], "id", text(inputs, "routeTableId") ?? "");
	const vpcId = text(table?.outputs, "vpcId");
	const gateway = text(inputs, "transitGatewayId");
	const attachments = world.list(VPC_ATTACHMENT, scope);
	const unknown = attachments.some(({ outputs }) => isUnknown(outputs.vpcId) || isUnknown(outputs.transitGatewayId));
	const attached = attachments.some(
		({ outputs }) => text(outputs, "vpcId") === vpcId && text(outputs, "transitGatewayId") === gateway,
	);
	return {
		when: gateway !== undefined && vpcId !== undefined && !unknown && !attached,
		property: "transitGatewayId",
		reason: `InvalidTransitGatewayID.NotFound: ${vpcId} is not attached to ${gateway}; attach it first, and depend on that`,
	};
}

/** A route leads to endpoints of its own VPC: a firewall's, or those made for balancers of gateways. */
function foreignEndpoint({ inputs, world }: CheckContext): Refusal {
	const [table] = world.find([TABLE], "id", text(inputs, "routeTableId") ?? "");
	const id = text(inputs, "vpcEndpointId") ?? "";
	const [holder] = [...world.find([FIREWALL], ENDPOINT_IDS, id), ...world.find([ENDPOINT], "id", id)];
	const [own, theirs] = [text(table?.outputs, "vpcId"), text(holder?.outputs, "vpcId")];
	return {
		when: own !== undefined && theirs !== undefined && own !== theirs,
		property: "vpcEndpointId",
		reason: `the endpoint is in ${theirs}, the route table in ${own}; use an endpoint of the same VPC`,
	};
}

/** Ties a subnet or a gateway to a route table; a subnet takes one table, of its own VPC. */
export const routeTableAssociation: TypeModel = defineAws({
	type: ASSOCIATION,
	references: [
		{ path: "routeTableId", to: [TABLE], by: "id" },
		{ path: "subnetId", to: [SUBNET], by: "id", holds: false },
		{ path: "gatewayId", to: [GATEWAY], by: "id", only: /^igw-/, holds: false },
	],
	check: (context) => {
		const { inputs, world } = context;
		const given = ["subnetId", "gatewayId"].filter((path) => isSet(inputs, path));
		const subnetId = text(inputs, "subnetId");
		const taken = subnetId === undefined ? [] : world.find([ASSOCIATION], "subnetId", subnetId);
		const other = taken.find((association) => !isSelf(association, context));
		const [table] = world.find([TABLE], "id", text(inputs, "routeTableId") ?? "");
		const [subnet] = world.find([SUBNET], "id", subnetId ?? "");
		const [own, theirs] = [text(table?.outputs, "vpcId"), text(subnet?.outputs, "vpcId")];
		return faultsOf([
			{
				when: given.length !== 1,
				property: "subnetId",
				reason: `exactly one of subnetId and gatewayId is needed, but ${given.length} were given`,
			},
			{
				when: other !== undefined,
				property: "subnetId",
				reason: `${subnetId} is associated by ${other?.id || other?.urn} already; a subnet takes one route table`,
			},
			{
				when: own !== undefined && theirs !== undefined && own !== theirs,
				property: "routeTableId",
				reason: `the route table belongs to ${own}, the subnet to ${theirs}; use a table of the same VPC`,
			},
		]);
	},
	id: (context) => ec2Id(context, "rtbassoc"),
});

import { formatCidr, isCanonical, parseCidr } from "../../lib/cidr";
import type { Properties } from "../../lib/values";
import { faultsOf, type Refusal } from "../check/fault-table";
import { flag, isSet, text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, Reference, SandboxObject, TypeModel, World } from "../model";
import { defineAws } from "./define";
import { ACCEPTER, PEERING, VPC_ATTACHMENT } from "./transit-attachment";

const TABLE = "aws:ec2transitgateway/routeTable:RouteTable";
const ASSOCIATION = "aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation";
const PROPAGATION = "aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation";
const ROUTE = "aws:ec2transitgateway/route:Route";
const VPN = "aws:ec2/vpnConnection:VpnConnection";

/** An attachment goes with its associations and routes; a table with associations stays. A peering has one id in both regions. */
const attachment: Reference = {
	path: "transitGatewayAttachmentId",
	to: [VPC_ATTACHMENT, PEERING],
	by: "id",
	anyRegion: true,
	holds: false,
};

/** The one table that an attachment's traffic is routed by. */
export const transitAssociation: TypeModel = defineAws({
	type: ASSOCIATION,
	references: [{ path: "transitGatewayRouteTableId", to: [TABLE], by: "id" }, attachment],
	check: (context) => {
		const id = text(context.inputs, "transitGatewayAttachmentId");
		const others = id === undefined ? [] : context.world.find([ASSOCIATION], "transitGatewayAttachmentId", id);
		const twin = others.find((other) => !isSelf(other, context) && other.region === context.scope.region);
		return faultsOf([
			...attachmentRows(context),
			{
				when: twin !== undefined,
				property: "transitGatewayAttachmentId",
				reason: `Resource.AlreadyAssociated: ${id} is associated with ${text(twin?.outputs, "transitGatewayRouteTableId")} already`,
			},
		]);
	},
	defaults: { replaceExistingAssociation: false },
	id: tableAndAttachment,
	computed: ({ inputs, world }) => attachedResource(inputs, world),
});

/** Puts an attachment's addresses into a table; a peering has none to put there. */
export const transitPropagation: TypeModel = defineAws({
	type: PROPAGATION,
	references: [{ path: "transitGatewayRouteTableId", to: [TABLE], by: "id" }, attachment],
	check: (context) => {
		const id = text(context.inputs, "transitGatewayAttachmentId") ?? "";
		return faultsOf([
			...attachmentRows(context),
			{
				when: context.world.find([PEERING], "id", id).length > 0,
				property: "transitGatewayAttachmentId",
				reason: `the peering ${id} cannot propagate; write static routes to it`,
			},
		]);
	},
	id: tableAndAttachment,
	computed: ({ inputs, world }) => attachedResource(inputs, world),
});

/** A static route of a transit gateway, to an attachment or into nothing. */
export const transitRoute: TypeModel = defineAws({
	type: ROUTE,
	references: [{ path: "transitGatewayRouteTableId", to: [TABLE], by: "id", holds: false }, attachment],
	check: (context) => faultsOf([...attachmentRows(context), ...routeRows(context)]),
	defaults: { blackhole: false },
	id: ({ inputs }) => `${text(inputs, "transitGatewayRouteTableId")}_${text(inputs, "destinationCidrBlock")}`,
});

function routeRows(context: CheckContext): Refusal[] {
	const { inputs, world } = context;
	const destination = text(inputs, "destinationCidrBlock");
	const block = destination === undefined ? undefined : parseCidr(destination);
	const table = text(inputs, "transitGatewayRouteTableId");
	const routes = table === undefined ? [] : world.find([ROUTE], "transitGatewayRouteTableId", table);
	const twin = routes.some(
		(other) => !isSelf(other, context) && text(other.outputs, "destinationCidrBlock") === destination,
	);
	return [
		{
			when: destination !== undefined && block === undefined,
			property: "destinationCidrBlock",
			reason: `must be a range of addresses, but ${JSON.stringify(destination)} was given`,
		},
		{
			when: block !== undefined && !isCanonical(block),
			property: "destinationCidrBlock",
			reason: `must be a network address, but ${destination} has host bits set; write ${block && formatCidr(block)}`,
		},
		{
			when: destination !== undefined && twin,
			property: "destinationCidrBlock",
			reason: `RouteAlreadyExists: ${table} has a route to ${destination} already; change that one`,
		},
		{
			when: (flag(inputs, "blackhole") === true) === isSet(inputs, "transitGatewayAttachmentId"),
			property: "transitGatewayAttachmentId",
			reason: "a route needs an attachment or blackhole: true, exactly one of them",
		},
	];
}

/** The attachment is at the table's own gateway, and a peering is accepted. */
function attachmentRows({ inputs, world }: CheckContext): Refusal[] {
	const [table] = world.find([TABLE], "id", text(inputs, "transitGatewayRouteTableId") ?? "");
	const id = text(inputs, "transitGatewayAttachmentId") ?? "";
	const own = text(table?.outputs, "transitGatewayId");
	const at = gatewaysOf(id, world);
	const waits = world.find([PEERING], "id", id).length > 0 && acceptersOf(id, world).length === 0;
	return [
		{
			when: own !== undefined && at.length > 0 && !at.includes(own),
			property: "transitGatewayAttachmentId",
			reason: `${id} is at ${at.join(" and ")}, the table at ${own}; use an attachment of the same transit gateway`,
		},
		{
			when: waits,
			property: "transitGatewayAttachmentId",
			reason: `IncorrectState: ${id} waits to be accepted; accept it first, and depend on that`,
		},
	];
}

function acceptersOf(id: string, world: World): SandboxObject[] {
	return world.find([ACCEPTER], "transitGatewayAttachmentId", id);
}

/** The transit gateways that an attachment is at: both of a peering. */
function gatewaysOf(id: string, world: World): string[] {
	const found = [...world.find([VPC_ATTACHMENT, PEERING], "id", id), ...vpnOf(id, world)];
	return found.flatMap(({ outputs }) =>
		["transitGatewayId", "peerTransitGatewayId"].flatMap((path) => text(outputs, path) ?? []),
	);
}

function vpnOf(id: string, world: World): SandboxObject[] {
	return id === "" ? [] : world.find([VPN], "transitGatewayAttachmentId", id);
}

function tableAndAttachment({ inputs }: CheckContext): string {
	return `${text(inputs, "transitGatewayRouteTableId")}_${text(inputs, "transitGatewayAttachmentId")}`;
}

/** What stands behind an attachment, as AWS names it. */
function attachedResource(inputs: Properties, world: World): Properties {
	const id = text(inputs, "transitGatewayAttachmentId") ?? "";
	const [vpc] = world.find([VPC_ATTACHMENT], "id", id);
	const [peering] = world.find([PEERING], "id", id);
	const [vpn] = vpnOf(id, world);
	if (vpc) {
		return { resourceId: text(vpc.outputs, "vpcId") ?? "", resourceType: "vpc" };
	}
	return peering
		? { resourceId: text(peering.outputs, "peerTransitGatewayId") ?? "", resourceType: "peering" }
		: { resourceId: vpn?.id ?? "", resourceType: "vpn" };
}

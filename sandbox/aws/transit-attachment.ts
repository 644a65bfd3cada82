import { faultsOf } from "../check/fault-table";
import { list, text, texts } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, Fault, SandboxObject, TypeModel } from "../model";
import { defineAws } from "./define";
import { arn, ec2Id } from "./names";
import { TRANSIT } from "./transit-gateway";

/** Types of attachments. */
export const VPC_ATTACHMENT = "aws:ec2transitgateway/vpcAttachment:VpcAttachment";
export const PEERING = "aws:ec2transitgateway/peeringAttachment:PeeringAttachment";
export const ACCEPTER = "aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter";

const SUBNET = "aws:ec2/subnet:Subnet";
const SWITCH = ["enable", "disable"];

/** A VPC's place at a transit gateway: an interface in one subnet of each zone, which keeps VPC and subnets. */
export const vpcAttachment: TypeModel = defineAws({
	type: VPC_ATTACHMENT,
	references: [
		{ path: "transitGatewayId", to: [TRANSIT], by: "id" },
		{ path: "vpcId", to: ["aws:ec2/vpc:Vpc"], by: "id" },
		{ path: "subnetIds[]", to: [SUBNET], by: "id" },
	],
	values: {
		applianceModeSupport: SWITCH,
		dnsSupport: SWITCH,
		ipv6Support: SWITCH,
		securityGroupReferencingSupport: SWITCH,
	},
	check: (context) => [...subnetFaults(context), ...faultsOf([twinRow(context)])],
	defaults: {
		applianceModeSupport: "disable",
		dnsSupport: "enable",
		ipv6Support: "disable",
		securityGroupReferencingSupport: "disable",
		transitGatewayDefaultRouteTableAssociation: true,
		transitGatewayDefaultRouteTablePropagation: true,
	},
	id: (context) => ec2Id(context, "tgw-attach"),
	computed: (context, id) => ({
		arn: arn(context.scope, "ec2", `transit-gateway-attachment/${id}`),
		vpcOwnerId: context.scope.account,
	}),
});

function subnetFaults({ inputs, world }: CheckContext): Fault[] {
	const subnets = texts(inputs, "subnetIds").flatMap((id) => world.find([SUBNET], "id", id));
	const vpcId = text(inputs, "vpcId");
	const foreign = subnets.find(({ outputs }) => vpcId !== undefined && text(outputs, "vpcId") !== vpcId);
	const zones = subnets.map(({ outputs }) => text(outputs, "availabilityZone"));
	const twice = zones.find((zone, i) => zone !== undefined && zones.indexOf(zone) < i);
	return faultsOf([
		{
			when: Array.isArray(inputs.subnetIds) && list(inputs, "subnetIds").length === 0,
			property: "subnetIds",
			reason: "must name at least one subnet",
		},
		{
			when: foreign !== undefined,
			property: "subnetIds",
			reason: `${foreign?.id} is not in the VPC ${vpcId}; give subnets of that VPC`,
		},
		{
			when: twice !== undefined,
			property: "subnetIds",
			reason: `DuplicateSubnetsInSameZone: two subnets are in ${twice}; give one of each zone`,
		},
	]);
}

function twinRow(context: CheckContext) {
	const { inputs, world } = context;
	const [gateway, vpcId] = [text(inputs, "transitGatewayId"), text(inputs, "vpcId")];
	const others = vpcId === undefined ? [] : world.find([VPC_ATTACHMENT], "vpcId", vpcId);
	const twin = others.find((other) => !isSelf(other, context) && text(other.outputs, "transitGatewayId") === gateway);
	return {
		when: gateway !== undefined && twin !== undefined,
		property: "vpcId",
		reason: `DuplicateTransitGatewayAttachment: ${vpcId} is attached to ${gateway} by ${twin?.id || twin?.urn} already`,
	};
}

/** Asks another transit gateway, mostly of another region, to be joined; nothing passes until it is accepted there. */
export const peeringAttachment: TypeModel = defineAws({
	type: PEERING,
	references: [
		{ path: "transitGatewayId", to: [TRANSIT], by: "id" },
		{ path: "peerTransitGatewayId", to: [TRANSIT], by: "id", anyRegion: true },
	],
	values: { "options.dynamicRouting": SWITCH },
	check: (context) => {
		const { inputs, world } = context;
		const [own, peer] = ["transitGatewayId", "peerTransitGatewayId"].map((path) => text(inputs, path));
		const [gateway] = peer === undefined ? [] : world.find([TRANSIT], "id", peer);
		const region = text(inputs, "peerRegion");
		const between = (object: SandboxObject): string =>
			["transitGatewayId", "peerTransitGatewayId"]
				.map((path) => text(object.outputs, path))
				.sort()
				.join();
		const twin = world
			.list(PEERING, context.scope)
			.find((other) => !isSelf(other, context) && own && peer && between(other) === [own, peer].sort().join());
		return faultsOf([
			{
				when: own !== undefined && own === peer,
				property: "peerTransitGatewayId",
				reason: "must be another transit gateway than transitGatewayId",
			},
			{
				when: gateway !== undefined && region !== undefined && gateway.region !== region,
				property: "peerRegion",
				reason: `must be the region of ${peer}, ${gateway?.region}, but ${region} was given`,
			},
			{
				when: twin !== undefined,
				property: "peerTransitGatewayId",
				reason: `the two gateways are joined by ${twin?.id || twin?.urn} already`,
			},
		]);
	},
	id: (context) => ec2Id(context, "tgw-attach"),
	computed: (context, id) => ({
		arn: arn(context.scope, "ec2", `transit-gateway-attachment/${id}`),
		peerAccountId: text(context.inputs, "peerAccountId") ?? context.scope.account,
		state: "pendingAcceptance",
	}),
});

/** Accepts a peering in the region of the gateway that was asked; it has the attachment's id. */
export const peeringAccepter: TypeModel = defineAws({
	type: ACCEPTER,
	references: [{ path: "transitGatewayAttachmentId", to: [PEERING], by: "id", anyRegion: true }],
	check: (context) => {
		const { inputs, scope, world } = context;
		const id = text(inputs, "transitGatewayAttachmentId");
		const [attachment] = id === undefined ? [] : world.find([PEERING], "id", id);
		const region = text(attachment?.outputs, "peerRegion");
		const others = id === undefined ? [] : world.find([ACCEPTER], "transitGatewayAttachmentId", id);
		return faultsOf([
			{
				when: region !== undefined && region !== scope.region,
				property: "transitGatewayAttachmentId",
				reason: `must be accepted in ${region}, the region of the gateway that was asked, but this provider is in ${scope.region}; use a provider of ${region}`,
			},
			{
				when: others.some((other) => !isSelf(other, context)),
				property: "transitGatewayAttachmentId",
				reason: `IncorrectState: ${id} is accepted already`,
			},
		]);
	},
	id: ({ inputs }) => text(inputs, "transitGatewayAttachmentId") ?? "",
	computed: ({ inputs, scope, world }) => {
		const [attachment] = world.find([PEERING], "id", text(inputs, "transitGatewayAttachmentId") ?? "");
		return {
			peerAccountId: scope.account,
			peerRegion: attachment?.region ?? "",
			peerTransitGatewayId: text(attachment?.outputs, "transitGatewayId") ?? "",
			transitGatewayId: text(attachment?.outputs, "peerTransitGatewayId") ?? "",
		};
	},
});

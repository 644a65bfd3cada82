import assert from "node:assert/strict";
import type { Properties } from "../../../lib/values";
import { type Estate, estate } from "./estate";
import { SPOKE } from "./estate-transit";
import { assertFault, modelOf, type Refused, refuses } from "./stage";

const T = "aws:ec2transitgateway/";
const GATEWAY = `${T}transitGateway:TransitGateway`;
const VPC_ATTACHMENT = `${T}vpcAttachment:VpcAttachment`;
const PEERING = `${T}peeringAttachment:PeeringAttachment`;
const ACCEPTER = `${T}peeringAttachmentAccepter:PeeringAttachmentAccepter`;
const ASSOCIATION = `${T}routeTableAssociation:RouteTableAssociation`;
const PROPAGATION = `${T}routeTablePropagation:RouteTablePropagation`;
const ROUTE = `${T}route:Route`;

let at: Estate;
const set = () => {
	at = estate();
	return at.stage;
};
const id = (name: string): string => at.of(name).id;
const good = (name: string): Properties => at.of(name).inputs;

describe("transit gateways", () => {
	refuses((): Refused[] => {
		const row = (because: string, inputs: Properties, property: string, reason: RegExp): Refused => ({
			because,
			type: GATEWAY,
			inputs,
			property,
			reason,
		});
		return [
			row("a public autonomous system number", { amazonSideAsn: 16_509 }, "amazonSideAsn", /64512 to 65534/),
			row("a switch that is none", { dnsSupport: "on" }, "dnsSupport", /"enable" or "disable"/),
		];
	}, set);

	it("stop at the quota of 5 a region", () => {
		set();
		for (let i = 0; i < 4; i += 1) {
			at.stage.make(GATEWAY, {});
		}
		assertFault(at.stage.faults(GATEWAY, {}), "", /"Transit gateways per account".*allows 5/);
	});
});

describe("attachments of VPCs", () => {
	refuses((): Refused[] => {
		const other = at.stage.make("aws:ec2/vpc:Vpc", { cidrBlock: "10.9.0.0/16" });
		const subnet = (cidrBlock: string) =>
			at.stage.make("aws:ec2/subnet:Subnet", { vpcId: other.id, cidrBlock, availabilityZone: "us-east-1a" }).id;
		const [one, two] = [subnet("10.9.0.0/28"), subnet("10.9.0.16/28")];
		const inputs = { transitGatewayId: id("hub"), vpcId: other.id, subnetIds: [one] };
		const row = (because: string, changes: Properties, property: string, reason: RegExp): Refused => ({
			because,
			type: VPC_ATTACHMENT,
			inputs: { ...inputs, ...changes },
			property,
			reason,
		});
		return [
			row("a gateway of another region", { transitGatewayId: id("spoke") }, "transitGatewayId", /is in .*us-west-2/),
			row("no subnet", { subnetIds: [] }, "subnetIds", /at least one/),
			row("a subnet of another VPC", { subnetIds: [id("subnetA")] }, "subnetIds", /not in the VPC/),
			row("two subnets of a zone", { subnetIds: [one, two] }, "subnetIds", /DuplicateSubnetsInSameZone/),
			row("a second one of a VPC", good("vpcAttachment"), "vpcId", /DuplicateTransitGatewayAttachment/),
		];
	}, set);

	it("come before the VPC's routes to the gateway", () => {
		set();
		const vpcId = at.stage.make("aws:ec2/vpc:Vpc", { cidrBlock: "10.9.0.0/16" }).id;
		const table = at.stage.make("aws:ec2/routeTable:RouteTable", { vpcId });
		const route = { routeTableId: table.id, destinationCidrBlock: "10.0.0.0/8", transitGatewayId: id("hub") };
		assertFault(at.stage.faults("aws:ec2/route:Route", route), "transitGatewayId", /not attached to/);
	});

	it("keep their VPC, subnets and gateway from deletion", () => {
		const references = modelOf(VPC_ATTACHMENT).references ?? [];
		assert.deepEqual(
			references.filter(({ holds }) => holds !== false).map(({ path }) => path),
			["transitGatewayId", "vpcId", "subnetIds[]"],
		);
	});
});

describe("peerings of transit gateways", () => {
	refuses((): Refused[] => {
		const third = at.stage.make(GATEWAY, { amazonSideAsn: 64_603 });
		const inputs = { transitGatewayId: third.id, peerTransitGatewayId: id("spoke"), peerRegion: "us-west-2" };
		const asked = at.stage.make(PEERING, inputs);
		const place = { transitGatewayRouteTableId: id("spokeTable"), transitGatewayAttachmentId: asked.id };
		const accept = { transitGatewayAttachmentId: asked.id };
		return [
			{
				because: "a region that is not the peer's",
				type: PEERING,
				inputs: { ...inputs, transitGatewayId: id("hub"), peerRegion: "eu-west-1" },
				property: "peerRegion",
				reason: /must be the region of .*, us-west-2/,
			},
			{
				because: "a gateway with itself",
				type: PEERING,
				inputs: { transitGatewayId: third.id, peerTransitGatewayId: third.id, peerRegion: "us-east-1" },
				property: "peerTransitGatewayId",
				reason: /another transit gateway/,
			},
			{ because: "a second one", type: PEERING, inputs, property: "peerTransitGatewayId", reason: /joined by/ },
			{
				because: "acceptance in the region that asked",
				type: ACCEPTER,
				inputs: accept,
				property: "transitGatewayAttachmentId",
				reason: /must be accepted in us-west-2/,
			},
			{
				because: "acceptance of what is accepted",
				type: ACCEPTER,
				inputs: good("accepter"),
				property: "transitGatewayAttachmentId",
				reason: /accepted already/,
			},
			{
				because: "an association before it is accepted",
				type: ASSOCIATION,
				inputs: place,
				scope: SPOKE,
				property: "transitGatewayAttachmentId",
				reason: /IncorrectState.*waits to be accepted/,
			},
			{
				because: "a route before it is accepted",
				type: ROUTE,
				inputs: { ...place, destinationCidrBlock: "10.7.0.0/16" },
				scope: SPOKE,
				property: "transitGatewayAttachmentId",
				reason: /IncorrectState/,
			},
		];
	}, set);
});

describe("routes of transit gateways", () => {
	refuses((): Refused[] => {
		const route = good("hubRoute");
		const row = (because: string, changes: Properties, property: string, reason: RegExp): Refused => ({
			because,
			type: ROUTE,
			inputs: { ...route, destinationCidrBlock: "10.3.0.0/16", ...changes },
			property,
			reason,
		});
		return [
			row("text that is no range", { destinationCidrBlock: "ten" }, "destinationCidrBlock", /range of addresses/),
			row("host bits", { destinationCidrBlock: "10.3.1.0/16" }, "destinationCidrBlock", /write 10\.3\.0\.0\/16/),
			row("a second route", { destinationCidrBlock: "10.1.0.0/16" }, "destinationCidrBlock", /RouteAlreadyExists/),
			row("a target and none", { blackhole: true }, "transitGatewayAttachmentId", /exactly one/),
			{
				because: "an attachment of another gateway",
				type: ROUTE,
				inputs: {
					...good("spokeRoute"),
					transitGatewayAttachmentId: id("vpcAttachment"),
					destinationCidrBlock: "10.4.0.0/16",
				},
				scope: SPOKE,
				property: "transitGatewayAttachmentId",
				reason: /use an attachment of the same transit gateway/,
			},
			{
				because: "a second association",
				type: ASSOCIATION,
				inputs: good("vpcAssociation"),
				property: "transitGatewayAttachmentId",
				reason: /AlreadyAssociated/,
			},
			{
				because: "a peering that propagates",
				type: PROPAGATION,
				inputs: { transitGatewayRouteTableId: id("hubTable"), transitGatewayAttachmentId: id("peering") },
				property: "transitGatewayAttachmentId",
				reason: /cannot propagate/,
			},
		];
	}, set);

	it("lead to the attachment that a VPN brought along, in both ways", () => {
		set();
		assert.equal(at.of("vpnAssociation").outputs.resourceType, "vpn");
		assert.deepEqual(at.stage.faults(PROPAGATION, good("vpnAssociation")), []);
	});
});

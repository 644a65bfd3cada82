import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { AwsTransit } from "./aws-transit";

export interface AwsPeeringArgs {
	readonly hub: AwsTransit;
	readonly hubRegion: string;
	readonly spoke: AwsTransit;
	/** Addresses of everything on the backbone: what the spoke sends to the hub. */
	readonly supernet: string;
	/** The spoke region's addresses: what the hub sends to it. */
	readonly addresses: string;
}

/**
 * Joins a region's transit gateway to the hub's. Peerings cannot propagate, so both sides have static routes; until the
 * peering is accepted AWS refuses associations and routes. The attachment has one id in both regions.
 * Source: Amazon VPC Transit Gateways guide, "Transit gateway peering attachments", read 2026-11-28.
 */
export class AwsPeering extends pulumi.ComponentResource {
	constructor(name: string, args: AwsPeeringArgs, opts: pulumi.ComponentResourceOptions) {
		super("meridian:backbone:AwsPeering", name, {}, opts);
		const { hub, spoke } = args;
		const attachment = new aws.ec2transitgateway.PeeringAttachment(
			`${name}-attachment`,
			{ transitGatewayId: spoke.id, peerTransitGatewayId: hub.id, peerRegion: args.hubRegion },
			{ parent: this, provider: spoke.provider },
		);
		const accepted = new aws.ec2transitgateway.PeeringAttachmentAccepter(
			`${name}-accepter`,
			{ transitGatewayAttachmentId: attachment.id },
			{ parent: this, provider: hub.provider },
		);
		// The accepter's id is the attachment's, known only once it is accepted.
		const attachmentId = accepted.transitGatewayAttachmentId;
		this.route(`${name}-hub`, hub, { attachmentId, destination: args.addresses, accepted });
		this.route(`${name}-spoke`, spoke, { attachmentId, destination: args.supernet, accepted });
		this.registerOutputs({});
	}

	private route(name: string, side: AwsTransit, { attachmentId, destination, accepted }: PeeringSide): void {
		const opts = { parent: this, provider: side.provider, dependsOn: [accepted] };
		const place = { transitGatewayRouteTableId: side.routeTableId, transitGatewayAttachmentId: attachmentId };
		new aws.ec2transitgateway.RouteTableAssociation(name, place, opts);
		new aws.ec2transitgateway.Route(name, { ...place, destinationCidrBlock: destination }, opts);
	}
}

/** One side's part of a peering. */
interface PeeringSide {
	readonly attachmentId: pulumi.Output<string>;
	readonly destination: string;
	readonly accepted: pulumi.Resource;
}

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type CellContext, physicalName } from "../cell-context";
import type { Keys } from "../keys/keys";
import { retentionDays } from "../logs-retention";
import { addressIn } from "../network/address-plan";
import type { AwsTransit } from "./aws-transit";
import { tunnelOptions } from "./aws-tunnel-options";
import { insideCidrs, type LinkedCloud } from "./inside-cidrs";
import type { LinkEnd, LinkPeer, LinkTunnel } from "./link";

export interface AwsLinkArgs {
	readonly context: CellContext;
	readonly keys: Keys;
	/** The cloud at the far end. */
	readonly key: LinkedCloud;
	readonly peer: LinkPeer;
	readonly hub: AwsTransit;
}

/** The peer's two addresses, by what tunnels to them are called. */
const sides = [
	["a", 0],
	["b", 1],
] as const;

/**
 * AWS's half of a link to another cloud: a VPN connection of two tunnels to each of the peer's addresses, on the hub.
 * Routes come and go by BGP: the hub learns the other cloud's, and tells what its route table has, peered regions
 * included. Keys of tunnels are AWS's own.
 */
export class AwsLink extends pulumi.ComponentResource {
	readonly end: LinkEnd;

	constructor(
		private readonly name: string,
		private readonly args: AwsLinkArgs,
		opts: pulumi.ComponentResourceOptions,
	) {
		super("meridian:backbone:AwsLink", name, {}, opts);
		const log = this.createLog();
		const tunnels = sides.flatMap(([side, index]) =>
			this.tunnelsOf(side, index, this.createConnection(side, index, log)),
		);
		this.end = { asn: args.hub.asn, tunnels };
		this.registerOutputs({});
	}

	private createLog(): aws.cloudwatch.LogGroup {
		const { context, hub, key, keys } = this.args;
		return new aws.cloudwatch.LogGroup(
			`${this.name}-log`,
			{
				// AWS lets its log delivery write to groups of this prefix.
				name: `/aws/vendedlogs/meridian/${context.spec.environment}/${context.cell}/vpn-${key}`,
				retentionInDays: retentionDays(context),
				kmsKeyId: keys.keyFor("audit"),
			},
			{ parent: this, provider: hub.provider },
		);
	}

	private createConnection(side: "a" | "b", index: 0 | 1, log: aws.cloudwatch.LogGroup): aws.ec2.VpnConnection {
		const { context, hub, key, peer } = this.args;
		const opts = { parent: this, provider: hub.provider };
		const tags = { Name: physicalName(context, `${key}-${side}`, 255) };
		const gateway = new aws.ec2.CustomerGateway(
			`${this.name}-${side}`,
			{ type: "ipsec.1", ipAddress: peer.addresses[index], bgpAsn: String(peer.asn), tags },
			opts,
		);
		const inside = insideCidrs[key];
		const connection = new aws.ec2.VpnConnection(
			`${this.name}-${side}`,
			{
				type: "ipsec.1",
				customerGatewayId: gateway.id,
				transitGatewayId: hub.id,
				staticRoutesOnly: false,
				tunnelInsideIpVersion: "ipv4",
				...tunnelOptions([inside[`${side}1`], inside[`${side}2`]], log.arn),
				tags,
			},
			opts,
		);
		const place = {
			transitGatewayRouteTableId: hub.routeTableId,
			transitGatewayAttachmentId: connection.transitGatewayAttachmentId,
		};
		new aws.ec2transitgateway.RouteTableAssociation(`${this.name}-${side}`, place, opts);
		new aws.ec2transitgateway.RouteTablePropagation(`${this.name}-${side}`, place, opts);
		return connection;
	}

	private tunnelsOf(side: "a" | "b", index: 0 | 1, connection: aws.ec2.VpnConnection): LinkTunnel[] {
		const inside = insideCidrs[this.args.key];
		const made = [
			{ key: `${side}1`, outside: connection.tunnel1Address, presharedKey: connection.tunnel1PresharedKey },
			{ key: `${side}2`, outside: connection.tunnel2Address, presharedKey: connection.tunnel2PresharedKey },
		] as const;
		return made.map(({ key, outside, presharedKey }) => ({
			key,
			interface: index,
			outside,
			// The provider says so only once it is made; a preview must know it too.
			presharedKey: pulumi.secret(presharedKey),
			insideCidr: inside[key],
			awsInside: addressIn(inside[key], 1),
			peerInside: addressIn(inside[key], 2),
		}));
	}
}

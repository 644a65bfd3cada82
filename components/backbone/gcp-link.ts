import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { type CellContext, physicalName } from "../cell-context";
import type { LinkEnd, LinkTunnel } from "./link";

export interface GcpLinkArgs {
	readonly context: CellContext;
	/** AWS's side of the link. */
	readonly end: LinkEnd;
	readonly gateway: gcp.compute.HaVpnGateway;
	/** Of the gateway's network, with the sessions to AWS. */
	readonly router: gcp.compute.Router;
	readonly hubId: pulumi.Output<string>;
}

/** Google Cloud's half of a link: four tunnels to AWS, each with a BGP session, together one spoke of the hub. */
export class GcpLink extends pulumi.ComponentResource {
	constructor(
		private readonly name: string,
		private readonly args: GcpLinkArgs,
		opts: pulumi.ComponentResourceOptions,
	) {
		super("meridian:backbone:GcpLink", name, {}, opts);
		const { end } = args;
		const far = this.farGateway();
		const tunnels = end.tunnels.map((tunnel, place) => this.createTunnel(tunnel, place, far));
		const sessions = end.tunnels.map((tunnel, place) => this.createSession(tunnel, tunnels[place]));
		this.joinHub(tunnels, sessions);
		this.registerOutputs({});
	}

	/** AWS's four public addresses, in the order of its tunnels. */
	private farGateway(): gcp.compute.ExternalVpnGateway {
		const { context, end } = this.args;
		return new gcp.compute.ExternalVpnGateway(
			`${this.name}-aws`,
			{
				name: physicalName(context, "aws", 63),
				redundancyType: "FOUR_IPS_REDUNDANCY",
				interfaces: end.tunnels.map(({ outside }, id) => ({ id, ipAddress: outside })),
			},
			{ parent: this },
		);
	}

	private createTunnel(tunnel: LinkTunnel, place: number, far: gcp.compute.ExternalVpnGateway): gcp.compute.VPNTunnel {
		const { context, gateway, router } = this.args;
		return new gcp.compute.VPNTunnel(
			`${this.name}-tunnel-${tunnel.key}`,
			{
				name: physicalName(context, `aws-${tunnel.key}`, 63),
				region: context.region,
				vpnGateway: gateway.id,
				vpnGatewayInterface: tunnel.interface,
				peerExternalGateway: far.id,
				peerExternalGatewayInterface: place,
				router: router.id,
				ikeVersion: 2,
				sharedSecret: tunnel.presharedKey,
			},
			{ parent: this },
		);
	}

	private createSession(
		{ awsInside, key, peerInside }: LinkTunnel,
		tunnel: gcp.compute.VPNTunnel | undefined,
	): gcp.compute.RouterPeer {
		const { context, end, router } = this.args;
		const place = { region: context.region, router: router.name };
		const inside = new gcp.compute.RouterInterface(
			`${this.name}-interface-${key}`,
			{
				...place,
				name: physicalName(context, `aws-${key}`, 63),
				ipRange: `${peerInside}/30`,
				...(tunnel ? { vpnTunnel: tunnel.name } : {}),
			},
			{ parent: this },
		);
		return new gcp.compute.RouterPeer(
			`${this.name}-session-${key}`,
			{
				...place,
				name: physicalName(context, `aws-${key}`, 63),
				interface: inside.name,
				peerIpAddress: awsInside,
				peerAsn: end.asn,
			},
			{ parent: this },
		);
	}

	/**
	 * The tunnels as a spoke, so that the regions learn what AWS tells and can be reached from there. All of them lead to
	 * one place, AWS: nothing is carried from one to another, which is what site-to-site data transfer would be for.
	 */
	private joinHub(tunnels: readonly gcp.compute.VPNTunnel[], sessions: readonly pulumi.Resource[]): void {
		const { context, hubId } = this.args;
		new gcp.networkconnectivity.Spoke(
			`${this.name}-spoke`,
			{
				name: physicalName(context, "aws", 63),
				hub: hubId,
				location: context.region,
				linkedVpnTunnels: {
					uris: tunnels.map(({ selfLink }) => selfLink),
					siteToSiteDataTransfer: false,
					includeImportRanges: ["ALL_IPV4_RANGES"],
				},
			},
			{ parent: this, dependsOn: [...sessions] },
		);
	}
}

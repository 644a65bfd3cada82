import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { enabledRegions } from "../../spec/cells";
import { type CellContext, physicalName } from "../cell-context";
import { planAddresses, rangeFor } from "../network/address-plan";
import { refuseEgress } from "../network/gcp-refuse-egress";
import { refuseIngress } from "../network/gcp-refuse-ingress";
import { GcpLink } from "./gcp-link";
import type { LinkEnd, LinkPeer } from "./link";

export interface GcpBackboneArgs {
	readonly context: CellContext;
	/** The project's services, without which nothing can be made. */
	readonly servicesReady: readonly pulumi.Resource[];
}

/** Google Cloud's number in the backbone's routing: private (RFC 6996), another than those of AWS and Azure. */
const asn = 64_900;

/**
 * Google Cloud's part of the backbone: a hub that every region's network joins, and a routing network whose HA VPN
 * gateway ends the tunnels from AWS. What the tunnels learn reaches all regions through the hub. Source: Network
 * Connectivity Center, "Route exchange with VPC spokes", read 2026-11-28.
 */
export class GcpBackbone extends pulumi.ComponentResource {
	readonly hubId: pulumi.Output<string>;
	/** What the other side needs to know of the gateway. */
	readonly peer: LinkPeer;
	private readonly gateway: gcp.compute.HaVpnGateway;
	private readonly router: gcp.compute.Router;

	constructor(
		private readonly name: string,
		private readonly args: GcpBackboneArgs,
		opts: pulumi.ComponentResourceOptions,
	) {
		super("meridian:backbone:GcpBackbone", name, {}, opts);
		const { context, servicesReady } = args;
		const hub = new gcp.networkconnectivity.Hub(
			`${name}-hub`,
			{ name: physicalName(context, "hub", 63), policyMode: "PRESET", presetTopology: "MESH", exportPsc: false },
			{ parent: this, protect: !context.spec.protection.relaxed, dependsOn: [...servicesReady] },
		);
		const vpc = this.createNetwork();
		this.gateway = new gcp.compute.HaVpnGateway(
			`${name}-gateway`,
			{ name: physicalName(context, "gateway", 63), network: vpc.id, region: context.region },
			{ parent: this, protect: !context.spec.protection.relaxed },
		);
		this.router = this.createRouter(vpc);
		this.hubId = hub.id;
		this.peer = { asn, addresses: [this.publicAddress(0), this.publicAddress(1)] };
		this.registerOutputs({ hubId: this.hubId });
	}

	/** Makes this side's half of a link, and joins its tunnels to the hub. */
	connect(end: LinkEnd): void {
		const { context } = this.args;
		const { gateway, hubId, router } = this;
		new GcpLink(`${this.name}-link`, { context, end, gateway, router, hubId }, { parent: this });
	}

	private publicAddress(place: 0 | 1): pulumi.Output<string> {
		return this.gateway.vpnInterfaces.apply((interfaces) => interfaces[place]?.ipAddress ?? "");
	}

	/** Its routes reach every region; the one small subnet is for what people may put there to look at the links. */
	private createNetwork(): gcp.compute.Network {
		const { context, servicesReady } = this.args;
		const plan = planAddresses(context.spec.network.hubAddresses, [{ purpose: "compute", key: "", prefix: 24 }]);
		const vpc = new gcp.compute.Network(
			`${this.name}-vpc`,
			{ name: physicalName(context, "routing-vpc", 63), autoCreateSubnetworks: false, routingMode: "GLOBAL" },
			{ parent: this, dependsOn: [...servicesReady] },
		);
		new gcp.compute.Subnetwork(
			`${this.name}-routing`,
			{
				name: physicalName(context, "routing", 63),
				network: vpc.id,
				region: context.region,
				ipCidrRange: rangeFor(plan, "compute"),
				privateIpGoogleAccess: true,
				logConfig: { aggregationInterval: "INTERVAL_1_MIN", flowSampling: 1, metadata: "INCLUDE_ALL_METADATA" },
			},
			{ parent: this },
		);
		refuseIngress(
			this.name,
			{ physical: physicalName(context, "routing-refuse-ingress", 63), networkId: vpc.id },
			{ parent: this },
		);
		refuseEgress(this.name, { context, key: "routing", networkId: vpc.id, inside: [] }, { parent: this });
		return vpc;
	}

	/** The router tells the other side where the regions of Google Cloud are: their networks are not its own. */
	private createRouter(vpc: gcp.compute.Network): gcp.compute.Router {
		const { context } = this.args;
		const regions = enabledRegions(context.spec).filter(({ cloud }) => cloud === "gcp");
		return new gcp.compute.Router(
			`${this.name}-router`,
			{
				name: physicalName(context, "routing-router", 63),
				network: vpc.id,
				region: context.region,
				bgp: {
					asn,
					advertiseMode: "CUSTOM",
					advertisedGroups: ["ALL_SUBNETS"],
					advertisedIpRanges: regions.map(({ addresses, region }) => ({ range: addresses, description: region })),
				},
			},
			{ parent: this },
		);
	}
}

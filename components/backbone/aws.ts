import * as pulumi from "@pulumi/pulumi";
import type { CellContext } from "../cell-context";
import { regionsOn, type TransitGatewayOutputs } from "../cell-outputs";
import type { Keys } from "../keys/keys";
import { AwsLink } from "./aws-link";
import { AwsPeering } from "./aws-peering";
import { AwsTransit } from "./aws-transit";
import type { LinkedCloud } from "./inside-cidrs";
import type { LinkEnd, LinkPeer } from "./link";

export interface AwsBackboneArgs {
	/** Of the global cell, whose region is the hub. */
	readonly context: CellContext;
	/** Has the key of the links' logs. */
	readonly keys: Keys;
}

/** A transit gateway in each region, joined at the hub: as many peerings as there are further regions. */
export class AwsBackbone extends pulumi.ComponentResource {
	readonly transitGateways: { readonly [region: string]: TransitGatewayOutputs };
	private readonly hub: AwsTransit;

	constructor(
		private readonly name: string,
		private readonly args: AwsBackboneArgs,
		opts: pulumi.ComponentResourceOptions,
	) {
		super("meridian:backbone:AwsBackbone", name, {}, opts);
		const { context } = args;
		const hubRegion = context.spec.global.region;
		const others = regionsOn(context.spec, "aws").filter((region) => region !== hubRegion);
		this.hub = this.createTransit(hubRegion);
		const spokes = others.map((region) => [region, this.createTransit(region)] as const);
		for (const [region, spoke] of spokes) {
			this.join(region, spoke);
		}
		const outputs = [[hubRegion, this.hub] as const, ...spokes].map(
			([region, { id, routeTableId }]) => [region, { id, routeTableId }] as const,
		);
		this.transitGateways = Object.fromEntries(outputs);
		this.registerOutputs({ transitGateways: this.transitGateways });
	}

	/** Makes AWS's half of the link to another cloud: four tunnels from the hub to the peer's two addresses. */
	link(key: LinkedCloud, peer: LinkPeer): LinkEnd {
		const { context, keys } = this.args;
		const made = new AwsLink(`${this.name}-${key}`, { context, keys, key, peer, hub: this.hub }, { parent: this });
		return made.end;
	}

	private createTransit(region: string): AwsTransit {
		return new AwsTransit(`${this.name}-${region}`, { ...this.args.context, region }, { parent: this });
	}

	private join(region: string, spoke: AwsTransit): void {
		const { spec } = this.args.context;
		const addresses = spec.regions.find((each) => each.cloud === "aws" && each.region === region)?.addresses;
		if (addresses === undefined) {
			throw new Error(`the specification has no region ${region} on aws`);
		}
		const { supernet } = spec.network;
		const ends = { hub: this.hub, hubRegion: spec.global.region, spoke, supernet, addresses };
		new AwsPeering(`${this.name}-peering-${region}`, ends, { parent: this });
	}
}

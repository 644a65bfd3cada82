import * as azure from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import type { HubRange } from "../../spec/hub-ranges";
import { type AzurePlace, knownName, reference } from "../azure-place";
import { physicalName } from "../cell-context";
import { azureInsideAddress } from "./azure-inside";
import { AzureLink, machines } from "./azure-link";
import type { LinkEnd, LinkPeer } from "./link";

export interface AzureBackboneArgs extends AzurePlace {
	/** A hub each; one of them is in the region of `context`, where the links to other clouds end. */
	readonly hubs: readonly HubRange[];
}

/** ASN of every gateway in a hub, fixed by Azure. Source: Microsoft Learn, "Virtual WAN FAQ", read 2026-11-28. */
const gatewayAsn = 65515;

/** Scale units of the gateway, 500 Mbit/s each: as much as AWS's four tunnels carry, 5 Gbit/s. Source: as above. */
const scaleUnits = 10;

/** A hub takes half an hour to make, its gateway as long. */
const patience = { create: "2h", update: "2h", delete: "2h" };

/** Azure's part of the backbone: a virtual WAN, a hub in each region, and the gateway at which links to other clouds end. */
export class AzureBackbone extends pulumi.ComponentResource {
	/** Ids of the hubs, by region. A hub takes one change at a time, so that the gateway's comes after its gateway. */
	readonly hubIds: { readonly [region: string]: pulumi.Output<string> };
	readonly peer: LinkPeer;
	private readonly wan: azure.network.VirtualWan;
	private readonly gateway: azure.network.VpnGateway;

	constructor(
		private readonly name: string,
		private readonly args: AzureBackboneArgs,
		opts: pulumi.ComponentResourceOptions,
	) {
		super("meridian:backbone:AzureBackbone", name, {}, opts);
		const { region } = args.context;
		this.wan = this.createWan();
		const hubs = args.hubs.map((hub) => [hub.region, this.createHub(hub)] as const);
		const home = hubs.find(([each]) => each === region)?.[1];
		if (home === undefined) {
			throw new Error(`the backbone has no hub in ${region}, where its gateway stands`);
		}
		this.gateway = this.createGateway(home);
		this.peer = { asn: gatewayAsn, addresses: [this.publicAddress(0), this.publicAddress(1)] };
		this.hubIds = Object.fromEntries(
			hubs.map(([each, hub]) => [each, hub === home ? idAfter(hub, this.gateway) : hub.id]),
		);
		this.registerOutputs({ hubIds: this.hubIds });
	}

	/** Joins AWS's end of the link to the gateway. */
	connect(end: LinkEnd): void {
		const { context, group } = this.args;
		const { gateway, wan } = this;
		const gatewayName = knownName(gateway, this.gatewayName);
		new AzureLink(`${this.name}-aws`, { context, group, wan, gateway, gatewayName, end }, { parent: this });
	}

	private get gatewayName(): string {
		return physicalName(this.args.context, "vpn", 80);
	}

	private createWan(): azure.network.VirtualWan {
		const { context, group } = this.args;
		return new azure.network.VirtualWan(
			`${this.name}-wan`,
			{
				resourceGroupName: group.name,
				virtualWANName: physicalName(context, "wan", 80),
				location: context.region,
				// Basic ones do not join hubs to each other.
				type: "Standard",
				allowBranchToBranchTraffic: true,
				disableVpnEncryption: false,
			},
			{ parent: this },
		);
	}

	private createHub({ region, range }: HubRange): azure.network.VirtualHub {
		const { context, group } = this.args;
		return new azure.network.VirtualHub(
			`${this.name}-hub-${region}`,
			{
				resourceGroupName: group.name,
				virtualHubName: physicalName(context, `hub-${region}`, 80),
				location: region,
				addressPrefix: range,
				sku: "Standard",
				virtualWan: reference(this.wan),
				// Of two ways to a cloud the shorter is taken, whatever it goes over.
				hubRoutingPreference: "ASPath",
				allowBranchToBranchTraffic: true,
			},
			{
				parent: this,
				customTimeouts: patience,
				protect: !context.spec.protection.relaxed,
				replaceOnChanges: ["addressPrefix", "virtualWan"],
			},
		);
	}

	private createGateway(hub: azure.network.VirtualHub): azure.network.VpnGateway {
		const { context, group } = this.args;
		const inside = [
			[azureInsideAddress("a1"), azureInsideAddress("a2")],
			[azureInsideAddress("b1"), azureInsideAddress("b2")],
		];
		return new azure.network.VpnGateway(
			`${this.name}-vpn`,
			{
				resourceGroupName: group.name,
				gatewayName: this.gatewayName,
				location: context.region,
				virtualHub: reference(hub),
				vpnGatewayScaleUnit: scaleUnits,
				bgpSettings: {
					asn: gatewayAsn,
					peerWeight: 0,
					bgpPeeringAddresses: machines.map((ipconfigurationId, i) => ({
						ipconfigurationId,
						customBgpIpAddresses: inside[i] ?? [],
					})),
				},
			},
			{ parent: this, customTimeouts: patience, replaceOnChanges: ["virtualHub"] },
		);
	}

	/** The public address of one of the gateway's machines. */
	private publicAddress(machine: 0 | 1): pulumi.Output<string> {
		return this.gateway.ipConfigurations.apply(
			(all) => all.find(({ id }) => id?.endsWith(machines[machine]))?.publicIpAddress ?? "",
		);
	}
}

function idAfter(hub: azure.network.VirtualHub, gateway: azure.network.VpnGateway): pulumi.Output<string> {
	return pulumi.all([hub.id, gateway.id]).apply(([id]) => id);
}

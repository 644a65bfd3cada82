import type * as azure from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import type { AzureRegionSpec } from "../../spec/schema/azure-region";
import { type AzurePlace, reference } from "../azure-place";
import { type AddressPlan, rangeFor, type SubnetPurpose } from "./address-plan";
import { planAzureAddresses } from "./azure-address-plan";
import { AzureEgress } from "./azure-egress";
import { natGateway } from "./azure-nat";
import { AzurePrivateServices } from "./azure-private-services";
import { type AzureSubnetArgs, closedSubnet, virtualNetwork } from "./azure-virtual-network";
import type { Network } from "./network";

export interface AzureNetworkArgs extends AzurePlace {
	readonly region: AzureRegionSpec;
}

/** A virtual network: a subnet for nodes with a way out, one for private endpoints, a security group on each. */
export class AzureNetwork extends pulumi.ComponentResource implements Network {
	readonly cell: string;
	readonly addressPlan: AddressPlan;
	readonly networkId: pulumi.Output<string>;
	readonly endpointsReady: readonly pulumi.Resource[];
	readonly privateServices: readonly string[];
	readonly virtualNetwork: azure.network.VirtualNetwork;
	readonly services: AzurePrivateServices;
	readonly wayOut: WayOut;
	/** What changes of the network that come later wait for. */
	readonly settled: readonly pulumi.Resource[];
	private readonly nodes: azure.network.Subnet;

	constructor(
		private readonly name: string,
		private readonly args: AzureNetworkArgs,
		opts: pulumi.ComponentResourceOptions,
	) {
		super("meridian:network:AzureNetwork", name, {}, opts);
		const { context, group, region } = args;
		this.cell = context.cell;
		this.addressPlan = planAzureAddresses(region.addresses);
		const child = { parent: this };
		const place = { context, group };
		const network = virtualNetwork(name, { ...place, range: this.addressPlan.network }, child);
		this.virtualNetwork = network;
		this.networkId = this.virtualNetwork.id;
		this.wayOut = this.createWayOut();
		this.nodes = closedSubnet(
			name,
			{
				...place,
				network,
				key: "nodes",
				range: rangeFor(this.addressPlan, "compute"),
				settings: this.wayOut.settings,
			},
			child,
		);
		const endpoints = closedSubnet(
			name,
			{
				...place,
				network,
				key: "endpoints",
				range: rangeFor(this.addressPlan, "endpoints"),
				settings: { privateEndpointNetworkPolicies: "Enabled" },
			},
			// Azure refuses one of two changes to a network's subnets that run at once, so they come one after another.
			{ ...child, dependsOn: [this.nodes] },
		);
		this.privateServices = [rangeFor(this.addressPlan, "endpoints")];
		this.services = new AzurePrivateServices(
			`${name}-services`,
			{ ...place, network, subnet: endpoints, kinds: ["vault", "blob"] },
			child,
		);
		this.endpointsReady = [this.nodes];
		this.settled = [this.nodes, endpoints];
		this.registerOutputs({ networkId: this.networkId });
	}

	/** The one regional subnet: balancers stand in it too, and the control plane is Azure's. */
	subnetsFor(purpose: SubnetPurpose): pulumi.Output<string>[] {
		return purpose === "compute" ? [this.nodes.id] : [];
	}

	/** By listed domains through a firewall, or to all of the internet through a NAT gateway. */
	private createWayOut(): WayOut {
		const { context, group, region } = this.args;
		if (context.spec.network.egress.control === "open") {
			const nat = natGateway(this.name, { context, group, zones: region.zones }, { parent: this });
			const address = nat.address.ipAddress.apply((text) => text ?? "");
			return { settings: { natGateway: reference(nat.gateway) }, addresses: [address], firewall: undefined };
		}
		const { routeTable, addresses, firewall } = new AzureEgress(
			`${this.name}-egress`,
			{
				context,
				group,
				network: this.virtualNetwork,
				range: rangeFor(this.addressPlan, "firewall"),
				nodes: rangeFor(this.addressPlan, "compute"),
				zones: region.zones,
			},
			{ parent: this },
		);
		return { settings: { routeTable: reference(routeTable) }, addresses, firewall };
	}
}

/** How nodes reach the internet. */
interface WayOut {
	readonly settings: AzureSubnetArgs["settings"];
	/** The public addresses that they come from. */
	readonly addresses: readonly pulumi.Output<string>[];
	/** What they go through where domains are listed. */
	readonly firewall: azure.network.AzureFirewall | undefined;
}

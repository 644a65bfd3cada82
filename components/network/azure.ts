import * as azure from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import type { AzureRegionSpec } from "../../spec/schema/azure-region";
import { type AzurePlace, reference } from "../azure-place";
import { physicalName } from "../cell-context";
import { type AddressPlan, rangeFor, type SubnetPurpose } from "./address-plan";
import { planAzureAddresses } from "./azure-address-plan";
import { AzurePrivateServices } from "./azure-private-services";
import { closedSubnet, virtualNetwork } from "./azure-virtual-network";
import type { Network } from "./network";

export interface AzureNetworkArgs extends AzurePlace {
	readonly region: AzureRegionSpec;
}

/** A virtual network: a subnet for nodes with NAT, one for private endpoints, a security group on each. */
export class AzureNetwork extends pulumi.ComponentResource implements Network {
	readonly cell: string;
	readonly addressPlan: AddressPlan;
	readonly networkId: pulumi.Output<string>;
	readonly endpointsReady: readonly pulumi.Resource[];
	readonly privateServices: readonly string[];
	readonly virtualNetwork: azure.network.VirtualNetwork;
	readonly services: AzurePrivateServices;
	/** The public address by which nodes reach the internet. */
	readonly natAddress: pulumi.Output<string>;
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
		const nat = this.createNat();
		this.natAddress = nat.address.ipAddress.apply((address) => address ?? "");
		this.nodes = closedSubnet(
			name,
			{
				...place,
				network,
				key: "nodes",
				range: rangeFor(this.addressPlan, "compute"),
				settings: { natGateway: reference(nat.gateway) },
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
		this.registerOutputs({ networkId: this.networkId });
	}

	/** The one regional subnet: balancers stand in it too, and the control plane is Azure's. */
	subnetsFor(purpose: SubnetPurpose): pulumi.Output<string>[] {
		return purpose === "compute" ? [this.nodes.id] : [];
	}

	/** A Standard gateway stands in one zone; the first is as good as any for a region's way out. */
	private createNat(): { gateway: azure.network.NatGateway; address: azure.network.PublicIPAddress } {
		const { context, group, region } = this.args;
		const zones = region.zones.slice(0, 1);
		const address = new azure.network.PublicIPAddress(
			`${this.name}-nat`,
			{
				resourceGroupName: group.name,
				publicIpAddressName: physicalName(context, "nat", 80),
				sku: { name: "Standard", tier: "Regional" },
				publicIPAllocationMethod: "Static",
				publicIPAddressVersion: "IPv4",
				zones,
			},
			{ parent: this },
		);
		const gateway = new azure.network.NatGateway(
			`${this.name}-nat`,
			{
				resourceGroupName: group.name,
				natGatewayName: physicalName(context, "nat", 80),
				sku: { name: "Standard" },
				publicIpAddresses: [reference(address)],
				idleTimeoutInMinutes: 10,
				zones,
			},
			{ parent: this },
		);
		return { gateway, address };
	}
}

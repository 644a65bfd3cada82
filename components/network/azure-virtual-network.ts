import * as azure from "@pulumi/azure-native";
import type * as pulumi from "@pulumi/pulumi";
import { type AzurePlace, knownName, reference } from "../azure-place";
import { physicalName } from "../cell-context";

type SubnetSettings = Pick<azure.network.SubnetArgs, "natGateway" | "privateEndpointNetworkPolicies" | "routeTable">;

export interface AzureSubnetArgs extends AzurePlace {
	readonly network: azure.network.VirtualNetwork;
	/** Its name within the network. */
	readonly key: string;
	/** As `10.18.0.0/20`. */
	readonly range: string;
	readonly settings: SubnetSettings;
}

/** A virtual network over a range. */
export function virtualNetwork(
	name: string,
	{ context, group, range }: AzurePlace & { readonly range: string },
	opts: pulumi.CustomResourceOptions,
): azure.network.VirtualNetwork {
	return new azure.network.VirtualNetwork(
		`${name}-vnet`,
		{
			resourceGroupName: group.name,
			virtualNetworkName: networkName(context),
			addressSpace: { addressPrefixes: [range] },
		},
		opts,
	);
}

function networkName(context: AzurePlace["context"]): string {
	return physicalName(context, "vnet", 64);
}

/** A subnet with a security group of its own, and no way out but the one in its settings. */
export function closedSubnet(
	name: string,
	args: AzureSubnetArgs,
	opts: pulumi.CustomResourceOptions,
): azure.network.Subnet {
	const { group, key, network, range, settings } = args;
	return new azure.network.Subnet(
		`${name}-${key}`,
		{
			resourceGroupName: group.name,
			virtualNetworkName: knownName(network, networkName(args.context)),
			subnetName: key,
			addressPrefix: range,
			// Without a gateway there is no way out that nobody asked for.
			defaultOutboundAccess: false,
			networkSecurityGroup: reference(securityGroup(name, args, { ...opts, dependsOn: [] })),
			...settings,
		},
		opts,
	);
}

/** The subnet of a firewall, by the name that Azure knows it by. Azure guards it itself, and refuses a security group on it. */
export function firewallSubnet(
	name: string,
	{ context, group, network, range }: Omit<AzureSubnetArgs, "key" | "settings">,
	opts: pulumi.CustomResourceOptions,
): azure.network.Subnet {
	return new azure.network.Subnet(
		`${name}-firewall`,
		{
			resourceGroupName: group.name,
			virtualNetworkName: knownName(network, networkName(context)),
			subnetName: "AzureFirewallSubnet",
			addressPrefix: range,
		},
		opts,
	);
}

/** The network talks within itself and to balancers' probes; the internet gets in nowhere. */
function securityGroup(
	name: string,
	{ context, group, key }: AzureSubnetArgs,
	opts: pulumi.CustomResourceOptions,
): azure.network.NetworkSecurityGroup {
	return new azure.network.NetworkSecurityGroup(
		`${name}-${key}`,
		{
			resourceGroupName: group.name,
			networkSecurityGroupName: physicalName(context, key, 80),
			securityRules: [
				{
					name: "refuse-internet",
					direction: "Inbound",
					access: "Deny",
					priority: 4000,
					protocol: "*",
					sourceAddressPrefix: "Internet",
					sourcePortRange: "*",
					destinationAddressPrefix: "*",
					destinationPortRange: "*",
				},
			],
		},
		opts,
	);
}

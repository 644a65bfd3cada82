import * as azure from "@pulumi/azure-native";
import type * as pulumi from "@pulumi/pulumi";
import { type AzurePlace, reference } from "../azure-place";
import { physicalName } from "../cell-context";

/** A NAT gateway with its public address. */
export interface AzureNat {
	readonly gateway: azure.network.NatGateway;
	readonly address: azure.network.PublicIPAddress;
}

/** Makes a NAT gateway. A Standard one stands in one zone; the first is as good as any for a region's way out. */
export function natGateway(
	name: string,
	args: AzurePlace & { readonly zones: readonly string[] },
	opts: pulumi.CustomResourceOptions,
): AzureNat {
	const { context, group } = args;
	const zones = args.zones.slice(0, 1);
	const address = new azure.network.PublicIPAddress(
		`${name}-nat`,
		{
			resourceGroupName: group.name,
			publicIpAddressName: physicalName(context, "nat", 80),
			sku: { name: "Standard", tier: "Regional" },
			publicIPAllocationMethod: "Static",
			publicIPAddressVersion: "IPv4",
			zones,
		},
		opts,
	);
	const gateway = new azure.network.NatGateway(
		`${name}-nat`,
		{
			resourceGroupName: group.name,
			natGatewayName: physicalName(context, "nat", 80),
			sku: { name: "Standard" },
			publicIpAddresses: [reference(address)],
			idleTimeoutInMinutes: 10,
			zones,
		},
		opts,
	);
	return { gateway, address };
}

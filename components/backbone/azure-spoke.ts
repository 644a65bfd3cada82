import * as azure from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import { type AzurePlace, knownName, reference } from "../azure-place";

export interface AzureSpokeArgs extends AzurePlace {
	readonly network: azure.network.VirtualNetwork;
	/** Resource id of the region's hub. */
	readonly hubId: pulumi.Output<string>;
	/** Changes of the network that come before: Azure refuses one of two that run at once. */
	readonly after: readonly pulumi.Resource[];
}

/** Joins a cell's network to its region's hub, and gives it a private zone of names. */
export class AzureSpoke extends pulumi.ComponentResource {
	constructor(name: string, args: AzureSpokeArgs, opts: pulumi.ComponentResourceOptions) {
		super("meridian:backbone:AzureSpoke", name, {}, opts);
		const { after, context, hubId, network } = args;
		new azure.network.HubVirtualNetworkConnection(
			`${name}-connection`,
			{
				resourceGroupName: partOf(hubId, "resourceGroups"),
				virtualHubName: partOf(hubId, "virtualHubs"),
				connectionName: context.cell,
				remoteVirtualNetwork: reference(network),
				// The cell has a way out of its own: the hub tells it of no route to the internet.
				enableInternetSecurity: false,
			},
			{ parent: this, dependsOn: [...after], replaceOnChanges: ["remoteVirtualNetwork"] },
		);
		this.createNames(name, args);
		this.registerOutputs({});
	}

	private createNames(name: string, { context, group, network }: AzureSpokeArgs): void {
		const zoneName = `${context.cell}.internal.${context.spec.global.dnsZone}`;
		const zone = new azure.privatedns.PrivateZone(
			`${name}-names`,
			{ resourceGroupName: group.name, privateZoneName: zoneName, location: "global" },
			{ parent: this },
		);
		new azure.privatedns.VirtualNetworkLink(
			`${name}-names`,
			{
				resourceGroupName: group.name,
				privateZoneName: knownName(zone, zoneName),
				virtualNetworkLinkName: "cell",
				location: "global",
				registrationEnabled: false,
				virtualNetwork: reference(network),
			},
			{ parent: this },
		);
	}
}

/** The name that follows a kind in a resource id. */
function partOf(id: pulumi.Output<string>, kind: string): pulumi.Output<string> {
	return id.apply((text) => {
		const parts = text.split("/");
		return parts[parts.indexOf(kind) + 1] ?? "";
	});
}

import * as azure from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import { type AzurePlace, knownName, reference } from "../azure-place";
import { physicalName } from "../cell-context";

/** What a private endpoint leads to, as Azure names it. Source: Microsoft Learn, "Private endpoint DNS", 2026-11-21. */
const services = {
	vault: { group: "vault", zone: "privatelink.vaultcore.azure.net" },
	blob: { group: "blob", zone: "privatelink.blob.core.windows.net" },
} as const;

export type PrivateService = keyof typeof services;

export interface AzurePrivateServicesArgs extends AzurePlace {
	readonly network: azure.network.VirtualNetwork;
	/** The subnet of the endpoints. */
	readonly subnet: azure.network.Subnet;
	/** Kinds of service that the network reaches. */
	readonly kinds: readonly PrivateService[];
}

/** Private endpoints of a network, and the private DNS that leads to them: a zone for each kind of service. */
export class AzurePrivateServices extends pulumi.ComponentResource {
	/** The last one made: Azure refuses one of two endpoints of a subnet that are made at once. */
	private last: pulumi.Resource[] = [];
	private readonly zones = new Map<PrivateService, azure.privatedns.PrivateZone>();

	constructor(
		private readonly name: string,
		private readonly args: AzurePrivateServicesArgs,
		opts: pulumi.ComponentResourceOptions,
	) {
		super("meridian:network:AzurePrivateServices", name, {}, opts);
		for (const kind of args.kinds) {
			this.createZone(kind);
		}
		this.registerOutputs({});
	}

	/** Makes a service reachable from within the network; gives what those who call it wait for. */
	connect(
		key: string,
		service: PrivateService,
		{ target, after = [] }: { readonly target: pulumi.CustomResource; readonly after?: readonly pulumi.Resource[] },
	): pulumi.Resource {
		const { context, group, subnet } = this.args;
		const zone = this.zones.get(service);
		if (zone === undefined) {
			throw new Error(`the network has no zone for ${service}`);
		}
		const name = physicalName(context, `${key}-endpoint`, 64);
		const endpoint = new azure.network.PrivateEndpoint(
			`${this.name}-${key}`,
			{
				resourceGroupName: group.name,
				privateEndpointName: name,
				subnet: reference(subnet),
				customNetworkInterfaceName: `${name}-nic`,
				privateLinkServiceConnections: [
					{ name: key, privateLinkServiceId: target.id, groupIds: [services[service].group] },
				],
			},
			{ parent: this, dependsOn: [...this.last, ...after] },
		);
		const names = new azure.network.PrivateDnsZoneGroup(
			`${this.name}-${key}-names`,
			{
				resourceGroupName: group.name,
				privateEndpointName: knownName(endpoint, name),
				privateDnsZoneGroupName: "default",
				privateDnsZoneConfigs: [{ name: service, privateDnsZoneId: zone.id }],
			},
			{ parent: this },
		);
		this.last = [names];
		return names;
	}

	private createZone(service: PrivateService): void {
		const { group, network } = this.args;
		const zone = new azure.privatedns.PrivateZone(
			`${this.name}-${service}-zone`,
			{ resourceGroupName: group.name, privateZoneName: services[service].zone, location: "global" },
			{ parent: this },
		);
		new azure.privatedns.VirtualNetworkLink(
			`${this.name}-${service}-link`,
			{
				resourceGroupName: group.name,
				privateZoneName: knownName(zone, services[service].zone),
				virtualNetworkLinkName: "cell",
				location: "global",
				registrationEnabled: false,
				// Names of other owners' private endpoints are asked for in public, not refused.
				resolutionPolicy: "NxDomainRedirect",
				virtualNetwork: reference(network),
			},
			{ parent: this },
		);
		this.zones.set(service, zone);
	}
}

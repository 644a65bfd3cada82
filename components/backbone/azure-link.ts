import * as azure from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import { type AzurePlace, reference } from "../azure-place";
import { physicalName } from "../cell-context";
import { azureInsideAddress, otherMachine } from "./azure-inside";
import { insideCidrs } from "./inside-cidrs";
import type { LinkEnd, LinkTunnel } from "./link";

export interface AzureLinkArgs extends AzurePlace {
	readonly wan: azure.network.VirtualWan;
	readonly gateway: azure.network.VpnGateway;
	readonly gatewayName: pulumi.Output<string>;
	/** AWS's end of the link. */
	readonly end: LinkEnd;
}

/** The names by which Azure knows a gateway's two machines. Source: Azure PowerShell, Update-AzVpnGateway, read 2026-11-28. */
export const machines = ["Instance0", "Instance1"] as const;

/**
 * What both sides offer. AWS takes AES-256-GCM, SHA-384 and group 20 (ECP384), and renews the second phase each hour;
 * sources: AWS, "Tunnel options for your Site-to-Site VPN connection", and Microsoft Learn, "Virtual WAN IPsec policies",
 * read 2026-11-28.
 */
const ipsecPolicy = {
	ikeEncryption: "AES256",
	ikeIntegrity: "SHA384",
	dhGroup: "ECP384",
	ipsecEncryption: "GCMAES256",
	ipsecIntegrity: "GCMAES256",
	pfsGroup: "ECP384",
	saLifeTimeSeconds: 3600,
	// Azure's own default, as much as 100 GB: time alone decides.
	saDataSizeKilobytes: 102400000,
} as const satisfies azure.types.input.network.IpsecPolicyArgs;

/** Mbit/s of one tunnel of AWS. Source: AWS, "Site-to-Site VPN quotas", read 2026-11-28. */
const tunnelMbps = 1250;

/** Azure's half of a link to AWS: AWS as a site with a link for each of its tunnels, and the connection to it. */
export class AzureLink extends pulumi.ComponentResource {
	constructor(name: string, args: AzureLinkArgs, opts: pulumi.ComponentResourceOptions) {
		super("meridian:backbone:AzureLink", name, {}, opts);
		checkInside(args.end);
		const { context, end, gatewayName, group } = args;
		const site = vpnSite(name, args, { parent: this });
		new azure.network.VpnConnection(
			`${name}-connection`,
			{
				resourceGroupName: group.name,
				gatewayName,
				connectionName: physicalName(context, "aws", 80),
				remoteVpnSite: reference(site),
				enableInternetSecurity: false,
				vpnLinkConnections: end.tunnels.map((tunnel) => linkConnection(tunnel, site)),
			},
			{ parent: this, dependsOn: [args.gateway] },
		);
		this.registerOutputs({});
	}
}

/** Azure's addresses are in its gateway before AWS's tunnels are made: both must have gone by the same table. */
function checkInside({ tunnels }: LinkEnd): void {
	for (const { insideCidr, key, peerInside } of tunnels) {
		if (insideCidr !== insideCidrs.azure[key] || peerInside !== azureInsideAddress(key)) {
			throw new Error(
				`the tunnel ${key} has ${insideCidr} (${peerInside}), but Azure's gateway has ${insideCidrs.azure[key]} for it`,
			);
		}
	}
}

function vpnSite(
	name: string,
	{ context, end, group, wan }: AzureLinkArgs,
	opts: pulumi.CustomResourceOptions,
): azure.network.VpnSite {
	return new azure.network.VpnSite(
		`${name}-site`,
		{
			resourceGroupName: group.name,
			vpnSiteName: physicalName(context, "aws", 80),
			location: context.region,
			virtualWan: reference(wan),
			deviceProperties: { deviceVendor: "AWS", deviceModel: "TransitGateway", linkSpeedInMbps: tunnelMbps },
			vpnSiteLinks: end.tunnels.map(({ awsInside, key, outside }) => ({
				name: key,
				ipAddress: outside,
				bgpProperties: { asn: end.asn, bgpPeeringAddress: awsInside },
				linkProperties: { linkProviderName: "AWS", linkSpeedInMbps: tunnelMbps },
			})),
		},
		opts,
	);
}

/**
 * Each link must name an address of both machines, though its tunnel ends at one: AWS answers only the one whose address
 * its gateway has, and the other's is that of its own tunnel.
 */
function linkConnection(
	{ interface: machine, key, presharedKey }: LinkTunnel,
	site: azure.network.VpnSite,
): azure.types.input.network.VpnSiteLinkConnectionArgs {
	return {
		name: key,
		vpnSiteLink: { id: pulumi.interpolate`${site.id}/vpnSiteLinks/${key}` },
		sharedKey: pulumi.secret(presharedKey),
		vpnConnectionProtocolType: "IKEv2",
		vpnLinkConnectionMode: "Default",
		connectionBandwidth: tunnelMbps,
		dpdTimeoutSeconds: 45,
		enableBgp: true,
		ipsecPolicies: [ipsecPolicy],
		usePolicyBasedTrafficSelectors: false,
		vpnGatewayCustomBgpAddresses: machines.map((ipConfigurationId, i) => ({
			ipConfigurationId,
			customBgpIpAddress: azureInsideAddress(i === machine ? key : otherMachine[key]),
		})),
	};
}

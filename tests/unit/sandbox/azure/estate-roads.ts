import type { Properties } from "../../../../lib/values";
import { TYPE } from "../../../../sandbox/azure/types";
import type { SandboxObject } from "../../../../sandbox/model";

/** Adds an object to an estate. */
export type Add = (name: string, type: string, inputs: Properties) => void;
/** An object of an estate by its name. */
export type Of = (name: string) => SandboxObject;

const GROUP = { resourceGroupName: "research" };
const LOCATION = "swedencentral";
const MACHINES = ["Instance0", "Instance1"] as const;

/** A virtual WAN with a hub that the estate's network is joined to, and a link to a site at its gateway. */
export function backbone(add: Add, of: Of): void {
	add("wan", TYPE.virtualWan, { ...GROUP, virtualWANName: "world", location: LOCATION, type: "Standard" });
	add("hub", TYPE.virtualHub, {
		...GROUP,
		virtualHubName: "north",
		location: LOCATION,
		addressPrefix: "10.254.64.0/24",
		sku: "Standard",
		virtualWan: { id: of("wan").id },
	});
	add("gateway", TYPE.vpnGateway, {
		...GROUP,
		gatewayName: "north",
		location: LOCATION,
		virtualHub: { id: of("hub").id },
		vpnGatewayScaleUnit: 1,
		bgpSettings: {
			asn: 65515,
			peerWeight: 0,
			bgpPeeringAddresses: MACHINES.map((ipconfigurationId, i) => ({
				ipconfigurationId,
				customBgpIpAddresses: [`169.254.2${i + 1}.2`],
			})),
		},
	});
	add("spoke", TYPE.hubConnection, {
		...GROUP,
		virtualHubName: "north",
		connectionName: "main",
		remoteVirtualNetwork: { id: of("network").id },
	});
	add("site", TYPE.vpnSite, {
		...GROUP,
		vpnSiteName: "aws",
		location: LOCATION,
		virtualWan: { id: of("wan").id },
		vpnSiteLinks: [
			{ name: "a1", ipAddress: "198.51.100.7", bgpProperties: { asn: 64512, bgpPeeringAddress: "169.254.21.1" } },
		],
	});
	add("tunnel", TYPE.vpnConnection, {
		...GROUP,
		gatewayName: "north",
		connectionName: "aws",
		remoteVpnSite: { id: of("site").id },
		vpnLinkConnections: [linkConnection(of("site").id)],
	});
}

function linkConnection(site: string): Properties {
	return {
		name: "a1",
		vpnSiteLink: { id: `${site}/vpnSiteLinks/a1` },
		sharedKey: "not-a-real-key",
		enableBgp: true,
		connectionBandwidth: 1000,
		vpnConnectionProtocolType: "IKEv2",
		ipsecPolicies: [
			{
				ikeEncryption: "AES256",
				ikeIntegrity: "SHA384",
				dhGroup: "ECP384",
				ipsecEncryption: "GCMAES256",
				ipsecIntegrity: "GCMAES256",
				pfsGroup: "ECP384",
				saLifeTimeSeconds: 3600,
				saDataSizeKilobytes: 102400000,
			},
		],
		vpnGatewayCustomBgpAddresses: MACHINES.map((ipConfigurationId, i) => ({
			ipConfigurationId,
			customBgpIpAddress: `169.254.2${i + 1}.2`,
		})),
	};
}

/** Software that Azure keeps in the estate's cluster. */
export function extensions(add: Add): void {
	add("extension", TYPE.clusterExtension, {
		...GROUP,
		clusterRp: "Microsoft.ContainerService",
		clusterResourceName: "managedClusters",
		clusterName: "research",
		extensionName: "acstor",
		extensionType: "microsoft.azurecontainerstoragev2",
		autoUpgradeMinorVersion: true,
		releaseTrain: "Stable",
		scope: { cluster: { releaseNamespace: "kube-system" } },
	});
}

/** A firewall with its policy, and a table of routes that leads to it. */
export function guardedEgress(add: Add, of: Of): void {
	add("firewallSubnet", TYPE.subnet, {
		...GROUP,
		virtualNetworkName: "main",
		subnetName: "AzureFirewallSubnet",
		addressPrefix: "10.64.18.0/26",
	});
	add("firewallAddress", TYPE.publicIp, {
		...GROUP,
		publicIpAddressName: "firewall",
		publicIPAllocationMethod: "Static",
		sku: { name: "Standard" },
	});
	add("policy", TYPE.firewallPolicy, { ...GROUP, firewallPolicyName: "egress", sku: { tier: "Standard" } });
	add("rules", TYPE.firewallRules, {
		...GROUP,
		firewallPolicyName: "egress",
		ruleCollectionGroupName: "egress",
		priority: 200,
		ruleCollections: [
			{
				name: "domains",
				priority: 200,
				ruleCollectionType: "FirewallPolicyFilterRuleCollection",
				action: { type: "Allow" },
				rules: [
					applicationRule(),
					{ ...applicationRule(), name: "aks", targetFqdns: [], fqdnTags: ["AzureKubernetesService"] },
				],
			},
		],
	});
	add("firewall", TYPE.firewall, {
		...GROUP,
		azureFirewallName: "egress",
		sku: { name: "AZFW_VNet", tier: "Standard" },
		zones: ["1", "2", "3"],
		firewallPolicy: { id: of("policy").id },
		ipConfigurations: [
			{ name: "a", subnet: { id: of("firewallSubnet").id }, publicIPAddress: { id: of("firewallAddress").id } },
		],
	});
	add("table", TYPE.routeTable, {
		...GROUP,
		routeTableName: "egress",
		routes: [
			{
				name: "internet",
				addressPrefix: "0.0.0.0/0",
				nextHopType: "VirtualAppliance",
				nextHopIpAddress: "10.64.18.4",
			},
		],
	});
	add("routed", TYPE.subnet, {
		...GROUP,
		virtualNetworkName: "main",
		subnetName: "routed",
		addressPrefix: "10.64.19.0/24",
		routeTable: { id: of("table").id },
	});
}

/** A rule that lets one domain through. */
export function applicationRule(): Properties {
	return {
		name: "example",
		ruleType: "ApplicationRule",
		sourceAddresses: ["10.64.0.0/20"],
		protocols: [{ protocolType: "Https", port: 443 }],
		targetFqdns: ["*.example.com"],
	};
}

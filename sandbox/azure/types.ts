/** Tokens of the types that the emulated Azure knows, by a short name. */
export const TYPE = {
	resourceGroup: "azure-native:resources:ResourceGroup",
	virtualNetwork: "azure-native:network:VirtualNetwork",
	subnet: "azure-native:network:Subnet",
	networkSecurityGroup: "azure-native:network:NetworkSecurityGroup",
	securityRule: "azure-native:network:SecurityRule",
	publicIp: "azure-native:network:PublicIPAddress",
	natGateway: "azure-native:network:NatGateway",
	privateEndpoint: "azure-native:network:PrivateEndpoint",
	privateDnsZoneGroup: "azure-native:network:PrivateDnsZoneGroup",
	privateZone: "azure-native:privatedns:PrivateZone",
	virtualNetworkLink: "azure-native:privatedns:VirtualNetworkLink",
	flowLog: "azure-native:network:FlowLog",
	workspace: "azure-native:operationalinsights:Workspace",
	vault: "azure-native:keyvault:Vault",
	key: "azure-native:keyvault:Key",
	roleAssignment: "azure-native:authorization:RoleAssignment",
	identity: "azure-native:managedidentity:UserAssignedIdentity",
	federatedCredential: "azure-native:managedidentity:FederatedIdentityCredential",
	diskEncryptionSet: "azure-native:compute:DiskEncryptionSet",
	reservationGroup: "azure-native:compute:CapacityReservationGroup",
	reservation: "azure-native:compute:CapacityReservation",
	cluster: "azure-native:containerservice:ManagedCluster",
	agentPool: "azure-native:containerservice:AgentPool",
	maintenance: "azure-native:containerservice:MaintenanceConfiguration",
	storageAccount: "azure-native:storage:StorageAccount",
	blobService: "azure-native:storage:BlobServiceProperties",
	container: "azure-native:storage:BlobContainer",
	immutabilityPolicy: "azure-native:storage:BlobContainerImmutabilityPolicy",
	managementPolicy: "azure-native:storage:ManagementPolicy",
	diagnosticSetting: "azure-native:monitor:DiagnosticSetting",
	feature: "azure-native:features:SubscriptionFeatureRegistration",
	dataCollectionRule: "azure-native:monitor:DataCollectionRule",
	dataCollectionRuleAssociation: "azure-native:monitor:DataCollectionRuleAssociation",
	registry: "azure-native:containerregistry:Registry",
	clusterExtension: "azure-native:kubernetesconfiguration:Extension",
	virtualWan: "azure-native:network:VirtualWan",
	virtualHub: "azure-native:network:VirtualHub",
	hubConnection: "azure-native:network:HubVirtualNetworkConnection",
	vpnGateway: "azure-native:network:VpnGateway",
	vpnSite: "azure-native:network:VpnSite",
	vpnConnection: "azure-native:network:VpnConnection",
	firewall: "azure-native:network:AzureFirewall",
	firewallPolicy: "azure-native:network:FirewallPolicy",
	firewallRules: "azure-native:network:FirewallPolicyRuleCollectionGroup",
	routeTable: "azure-native:network:RouteTable",
} as const;

/** Every token, in the order of the table. */
export const ALL_TYPES: readonly string[] = Object.values(TYPE);

/** A type whose objects live inside one of another type. */
export interface Containment {
	readonly child: string;
	readonly parent: string;
	/** Inputs of the child that name the parent; the parent carries inputs of the same names. */
	readonly by: readonly string[];
}

/** What lives inside what, the resource group aside. */
export const CONTAINMENT: readonly Containment[] = [
	{ child: TYPE.subnet, parent: TYPE.virtualNetwork, by: ["virtualNetworkName"] },
	{ child: TYPE.securityRule, parent: TYPE.networkSecurityGroup, by: ["networkSecurityGroupName"] },
	{ child: TYPE.privateDnsZoneGroup, parent: TYPE.privateEndpoint, by: ["privateEndpointName"] },
	{ child: TYPE.virtualNetworkLink, parent: TYPE.privateZone, by: ["privateZoneName"] },
	{ child: TYPE.key, parent: TYPE.vault, by: ["vaultName"] },
	{ child: TYPE.federatedCredential, parent: TYPE.identity, by: ["resourceName"] },
	{ child: TYPE.reservation, parent: TYPE.reservationGroup, by: ["capacityReservationGroupName"] },
	{ child: TYPE.agentPool, parent: TYPE.cluster, by: ["resourceName"] },
	{ child: TYPE.maintenance, parent: TYPE.cluster, by: ["resourceName"] },
	{ child: TYPE.blobService, parent: TYPE.storageAccount, by: ["accountName"] },
	{ child: TYPE.container, parent: TYPE.storageAccount, by: ["accountName"] },
	{ child: TYPE.immutabilityPolicy, parent: TYPE.container, by: ["accountName", "containerName"] },
	{ child: TYPE.managementPolicy, parent: TYPE.storageAccount, by: ["accountName"] },
	{ child: TYPE.hubConnection, parent: TYPE.virtualHub, by: ["virtualHubName"] },
	{ child: TYPE.vpnConnection, parent: TYPE.vpnGateway, by: ["gatewayName"] },
	{ child: TYPE.firewallRules, parent: TYPE.firewallPolicy, by: ["firewallPolicyName"] },
];

import { TYPE } from "../../../../sandbox/azure/types";
import type { SandboxObject } from "../../../../sandbox/model";
import { Stage, SUBSCRIPTION } from "../stage";
import { type Add, backbone, extensions, guardedEgress, type Of } from "./estate-roads";

/** Good objects of every Azure type, by a short name; made in an order in which references hold. */
export interface Estate {
	readonly stage: Stage;
	readonly made: { readonly [name: string]: SandboxObject };
	/** The object of a name; throws where the estate has none. */
	readonly of: (name: string) => SandboxObject;
}

/** The resource group of the estate. */
export const GROUP = { resourceGroupName: "research" };

/** The region of the estate. */
export const REGION = "swedencentral";

/** The tenant of the estate's vaults. */
const TENANT = "11112222-3333-4444-5555-666677778888";

/** The id of a built-in role's definition in the estate's subscription. */
export function role(id: string): string {
	return `/subscriptions/${SUBSCRIPTION.account}/providers/Microsoft.Authorization/roleDefinitions/${id}`;
}

/** Role ids, as Azure has them everywhere. */
export const ROLE = {
	crypto: "e147488a-f6f5-4113-8e2d-b22465e65bf6",
	network: "4d97b98b-1d4f-4787-a291-c67834d212e7",
	operator: "f1a07417-d97a-45cb-824c-7a7467783830",
	dns: "b12aa53e-6015-4669-85d0-8515ebb3ae7f",
	contributor: "b24988ac-6180-42a0-ab88-20f7382dd24c",
	blobs: "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
};

const FEATURES = [
	["hostEncryption", "Microsoft.Compute", "EncryptionAtHost"],
	["infiniband", "Microsoft.ContainerService", "AKSInfinibandSupport"],
] as const;

/** A small, complete Azure estate in one region: every type of the registry once or more. */
export function estate(): Estate {
	const stage = new Stage();
	const made: { [name: string]: SandboxObject } = {};
	const of = (name: string): SandboxObject => {
		const object = made[name];
		if (!object) {
			throw new Error(`the estate has no ${name}`);
		}
		return object;
	};
	const add: Add = (name, type, inputs) => {
		made[name] = stage.make(type, inputs);
	};
	add("group", TYPE.resourceGroup, { ...GROUP, location: "Sweden Central" });
	network(add, of);
	keys(add, of);
	storage(add, of);
	privateAccess(add, of);
	clusters(add, of);
	logs(add, of);
	backbone(add, of);
	guardedEgress(add, of);
	extensions(add);
	return { stage, made, of };
}

function network(add: Add, of: Of): void {
	const virtualNetworkName = "main";
	add("network", TYPE.virtualNetwork, {
		...GROUP,
		virtualNetworkName,
		addressSpace: { addressPrefixes: ["10.64.0.0/16"] },
	});
	add("address", TYPE.publicIp, {
		...GROUP,
		publicIpAddressName: "egress",
		publicIPAllocationMethod: "Static",
		sku: { name: "Standard" },
	});
	add("nat", TYPE.natGateway, {
		...GROUP,
		natGatewayName: "egress",
		sku: { name: "Standard" },
		publicIpAddresses: [{ id: of("address").id }],
	});
	add("nsg", TYPE.networkSecurityGroup, { ...GROUP, networkSecurityGroupName: "nodes" });
	add("rule", TYPE.securityRule, {
		...GROUP,
		networkSecurityGroupName: "nodes",
		securityRuleName: "deny-internet",
		access: "Deny",
		direction: "Inbound",
		priority: 4000,
		protocol: "*",
		sourceAddressPrefix: "Internet",
		sourcePortRange: "*",
		destinationAddressPrefix: "*",
		destinationPortRange: "*",
	});
	add("nodes", TYPE.subnet, {
		...GROUP,
		virtualNetworkName,
		subnetName: "nodes",
		addressPrefix: "10.64.0.0/20",
		networkSecurityGroup: { id: of("nsg").id },
		natGateway: { id: of("nat").id },
		defaultOutboundAccess: false,
	});
	add("endpoints", TYPE.subnet, {
		...GROUP,
		virtualNetworkName,
		subnetName: "endpoints",
		addressPrefix: "10.64.16.0/24",
		networkSecurityGroup: { id: of("nsg").id },
	});
	add("control", TYPE.subnet, {
		...GROUP,
		virtualNetworkName,
		subnetName: "control",
		addressPrefix: "10.64.17.0/28",
		delegations: [{ name: "aks", serviceName: "Microsoft.ContainerService/managedClusters" }],
	});
}

function keys(add: Add, of: Of): void {
	add("vault", TYPE.vault, {
		...GROUP,
		vaultName: "meridian-keys",
		properties: {
			tenantId: TENANT,
			sku: { family: "A", name: "premium" },
			enableRbacAuthorization: true,
			enablePurgeProtection: true,
			softDeleteRetentionInDays: 30,
			publicNetworkAccess: "Disabled",
			networkAcls: { bypass: "AzureServices", defaultAction: "Deny" },
		},
	});
	for (const keyName of ["disks", "data"]) {
		add(keyName, TYPE.key, {
			...GROUP,
			vaultName: "meridian-keys",
			keyName,
			properties: {
				kty: "RSA-HSM",
				keySize: 4096,
				rotationPolicy: {
					attributes: { expiryTime: "P2Y" },
					lifetimeActions: [{ action: { type: "rotate" }, trigger: { timeAfterCreate: "P1Y" } }],
				},
			},
		});
	}
	for (const name of ["clusterIdentity", "kubelet", "diskIdentity", "dataIdentity"]) {
		add(name, TYPE.identity, { ...GROUP, resourceName: name });
	}
	grant(add, of, { to: "diskIdentity", role: ROLE.crypto, at: "disks" });
	grant(add, of, { to: "dataIdentity", role: ROLE.crypto, at: "vault" });
	grant(add, of, { to: "clusterIdentity", role: ROLE.network, at: "network" });
	grant(add, of, { to: "clusterIdentity", role: ROLE.operator, at: "kubelet" });
	add("diskSet", TYPE.diskEncryptionSet, {
		...GROUP,
		diskEncryptionSetName: "disks",
		encryptionType: "EncryptionAtRestWithCustomerKey",
		identity: { type: "UserAssigned", userAssignedIdentities: [of("diskIdentity").id] },
		activeKey: { keyUrl: String(of("disks").outputs.keyUriWithVersion), sourceVault: { id: of("vault").id } },
	});
}

function grant(add: Add, of: Of, what: { to: string; role: string; at: string }): void {
	add(`${what.to}-${what.at}`, TYPE.roleAssignment, {
		scope: of(what.at).id,
		principalId: String(of(what.to).outputs.principalId),
		principalType: "ServicePrincipal",
		roleDefinitionId: role(what.role),
	});
}

function storage(add: Add, of: Of): void {
	const accountName = "meridiandata1";
	add("account", TYPE.storageAccount, {
		...GROUP,
		accountName,
		kind: "StorageV2",
		sku: { name: "Standard_ZRS" },
		minimumTlsVersion: "TLS1_2",
		enableHttpsTrafficOnly: true,
		allowSharedKeyAccess: false,
		allowBlobPublicAccess: false,
		publicNetworkAccess: "Disabled",
		networkRuleSet: { defaultAction: "Deny", bypass: "AzureServices, Logging" },
		identity: { type: "UserAssigned", userAssignedIdentities: [of("dataIdentity").id] },
		encryption: {
			keySource: "Microsoft.Keyvault",
			requireInfrastructureEncryption: true,
			keyVaultProperties: { keyName: "data", keyVaultUri: "https://meridian-keys.vault.azure.net/" },
			encryptionIdentity: { encryptionUserAssignedIdentity: of("dataIdentity").id },
		},
	});
	add("blobService", TYPE.blobService, {
		...GROUP,
		accountName,
		blobServicesName: "default",
		isVersioningEnabled: true,
		deleteRetentionPolicy: { enabled: true, days: 30 },
		containerDeleteRetentionPolicy: { enabled: true, days: 30 },
	});
	add("container", TYPE.container, { ...GROUP, accountName, containerName: "audit-logs" });
	add("immutability", TYPE.immutabilityPolicy, {
		...GROUP,
		accountName,
		containerName: "audit-logs",
		immutabilityPolicyName: "default",
		immutabilityPeriodSinceCreationInDays: 365,
		allowProtectedAppendWritesAll: true,
	});
	add("lifecycle", TYPE.managementPolicy, {
		...GROUP,
		accountName,
		managementPolicyName: "default",
		policy: {
			rules: [
				{
					name: "old",
					type: "Lifecycle",
					definition: {
						filters: { blobTypes: ["blockBlob"] },
						actions: {
							baseBlob: {
								tierToCool: { daysAfterModificationGreaterThan: 30 },
								delete: { daysAfterModificationGreaterThan: 400 },
							},
						},
					},
				},
			],
		},
	});
	add("registry", TYPE.registry, {
		...GROUP,
		registryName: "meridianimages",
		sku: { name: "Premium" },
		publicNetworkAccess: "Disabled",
		identity: { type: "UserAssigned", userAssignedIdentities: { [of("dataIdentity").id]: {} } },
		encryption: {
			status: "enabled",
			keyVaultProperties: {
				identity: String(of("dataIdentity").outputs.clientId),
				keyIdentifier: String(of("data").outputs.keyUri),
			},
		},
	});
}

function privateAccess(add: Add, of: Of): void {
	add("zone", TYPE.privateZone, { ...GROUP, privateZoneName: "privatelink.vaultcore.azure.net", location: "global" });
	add("link", TYPE.virtualNetworkLink, {
		...GROUP,
		privateZoneName: "privatelink.vaultcore.azure.net",
		virtualNetworkLinkName: "main",
		location: "global",
		registrationEnabled: false,
		virtualNetwork: { id: of("network").id },
	});
	add("endpoint", TYPE.privateEndpoint, {
		...GROUP,
		privateEndpointName: "vault",
		subnet: { id: of("endpoints").id },
		privateLinkServiceConnections: [{ name: "vault", privateLinkServiceId: of("vault").id, groupIds: ["vault"] }],
	});
	add("zoneGroup", TYPE.privateDnsZoneGroup, {
		...GROUP,
		privateEndpointName: "vault",
		privateDnsZoneGroupName: "default",
		privateDnsZoneConfigs: [{ name: "vault", privateDnsZoneId: of("zone").id }],
	});
}

function clusters(add: Add, of: Of): void {
	const subnet = of("nodes").id;
	const kubelet = of("kubelet");
	add("workspace", TYPE.workspace, {
		...GROUP,
		workspaceName: "logs",
		retentionInDays: 90,
		sku: { name: "PerGB2018" },
	});
	for (const [name, providerNamespace, featureName] of FEATURES) {
		add(name, TYPE.feature, { providerNamespace, featureName, properties: {} });
	}
	add("cluster", TYPE.cluster, {
		...GROUP,
		resourceName: "research",
		dnsPrefix: "research",
		kubernetesVersion: "1.34",
		sku: { name: "Base", tier: "Standard" },
		identity: { type: "UserAssigned", userAssignedIdentities: [of("clusterIdentity").id] },
		identityProfile: {
			kubeletidentity: {
				resourceId: kubelet.id,
				clientId: String(kubelet.outputs.clientId),
				objectId: String(kubelet.outputs.principalId),
			},
		},
		aadProfile: { managed: true, enableAzureRBAC: true },
		disableLocalAccounts: true,
		apiServerAccessProfile: {
			enablePrivateCluster: true,
			enablePrivateClusterPublicFQDN: false,
			enableVnetIntegration: true,
			subnetId: of("control").id,
			privateDNSZone: "system",
		},
		oidcIssuerProfile: { enabled: true },
		securityProfile: {
			workloadIdentity: { enabled: true },
			defender: {
				logAnalyticsWorkspaceResourceId: of("workspace").id,
				securityMonitoring: { enabled: true },
			},
		},
		networkProfile: {
			networkPlugin: "azure",
			networkPluginMode: "overlay",
			networkDataplane: "cilium",
			networkPolicy: "cilium",
			podCidr: "10.244.0.0/16",
			serviceCidr: "172.20.0.0/16",
			dnsServiceIP: "172.20.0.10",
			outboundType: "userAssignedNATGateway",
		},
		diskEncryptionSetID: of("diskSet").id,
		autoUpgradeProfile: { upgradeChannel: "patch", nodeOSUpgradeChannel: "NodeImage" },
		addonProfiles: {
			omsagent: { enabled: true, config: { logAnalyticsWorkspaceResourceID: of("workspace").id } },
		},
		agentPoolProfiles: [
			{
				name: "system",
				mode: "System",
				vmSize: "Standard_D8ds_v5",
				enableAutoScaling: true,
				minCount: 3,
				maxCount: 6,
				count: 3,
				availabilityZones: ["1", "2", "3"],
				enableEncryptionAtHost: true,
				vnetSubnetID: subnet,
				osDiskType: "Ephemeral",
			},
		],
	});
	add("reservationGroup", TYPE.reservationGroup, { ...GROUP, capacityReservationGroupName: "gpus", zones: ["1"] });
	add("reservation", TYPE.reservation, {
		...GROUP,
		capacityReservationGroupName: "gpus",
		capacityReservationName: "h100",
		sku: { name: "Standard_ND96isr_H100_v5", capacity: 2 },
		zones: ["1"],
	});
	grant(add, of, { to: "clusterIdentity", role: ROLE.contributor, at: "reservationGroup" });
	add("pool", TYPE.agentPool, {
		...GROUP,
		resourceName: "research",
		agentPoolName: "gpu",
		mode: "User",
		vmSize: "Standard_ND96isr_H100_v5",
		count: 2,
		availabilityZones: ["1"],
		gpuProfile: { driver: "None" },
		nodeTaints: ["nvidia.com/gpu=present:NoSchedule"],
		osDiskSizeGB: 512,
		vnetSubnetID: subnet,
		capacityReservationGroupID: of("reservationGroup").id,
		upgradeSettings: { maxSurge: "0", maxUnavailable: "1" },
	});
	add("maintenance", TYPE.maintenance, {
		...GROUP,
		resourceName: "research",
		configName: "aksManagedAutoUpgradeSchedule",
		maintenanceWindow: {
			durationHours: 4,
			startTime: "02:00",
			utcOffset: "+00:00",
			schedule: { weekly: { dayOfWeek: "Sunday", intervalWeeks: 1 } },
		},
	});
	add("federation", TYPE.federatedCredential, {
		...GROUP,
		resourceName: "dataIdentity",
		federatedIdentityCredentialResourceName: "loader",
		issuer: String(issuerOf(of("cluster"))),
		subject: "system:serviceaccount:serving:loader",
		audiences: ["api://AzureADTokenExchange"],
	});
}

/** The issuer of a cluster's tokens. */
export function issuerOf(cluster: SandboxObject): string {
	const profile = cluster.outputs.oidcIssuerProfile;
	const url = typeof profile === "object" && profile !== null && !Array.isArray(profile) ? profile.issuerURL : "";
	return String(url);
}

function logs(add: Add, of: Of): void {
	add("logAccount", TYPE.storageAccount, {
		...GROUP,
		accountName: "meridianlogs1",
		kind: "StorageV2",
		sku: { name: "Standard_LRS" },
		minimumTlsVersion: "TLS1_2",
		networkRuleSet: { defaultAction: "Deny", bypass: "AzureServices" },
	});
	add("flowLog", TYPE.flowLog, {
		resourceGroupName: "NetworkWatcherRG",
		networkWatcherName: `NetworkWatcher_${REGION}`,
		flowLogName: "main",
		location: REGION,
		targetResourceId: of("network").id,
		storageId: of("logAccount").id,
		format: { type: "JSON", version: 2 },
		retentionPolicy: { days: 90, enabled: true },
		flowAnalyticsConfiguration: {
			networkWatcherFlowAnalyticsConfiguration: {
				enabled: true,
				trafficAnalyticsInterval: 10,
				workspaceResourceId: of("workspace").id,
			},
		},
	});
	const streams = ["Microsoft-ContainerInsights-Group-Default"];
	add("collection", TYPE.dataCollectionRule, {
		...GROUP,
		dataCollectionRuleName: "insights",
		kind: "Linux",
		dataSources: { extensions: [{ name: "insights", extensionName: "ContainerInsights", streams }] },
		destinations: { logAnalytics: [{ name: "workspace", workspaceResourceId: of("workspace").id }] },
		dataFlows: [{ streams, destinations: ["workspace"] }],
	});
	add("collects", TYPE.dataCollectionRuleAssociation, {
		associationName: "insights",
		dataCollectionRuleId: of("collection").id,
		resourceUri: of("cluster").id,
	});
	const storageAccountId = of("logAccount").id;
	add("clusterLogs", TYPE.diagnosticSetting, {
		resourceUri: of("cluster").id,
		name: "audit",
		storageAccountId,
		logs: [{ category: "kube-audit-admin", enabled: true }],
	});
	add("blobLogs", TYPE.diagnosticSetting, {
		resourceUri: `${of("account").id}/blobServices/default`,
		name: "audit",
		storageAccountId,
		logs: [{ categoryGroup: "audit", enabled: true }],
	});
	add("activityLog", TYPE.diagnosticSetting, {
		resourceUri: `/subscriptions/${SUBSCRIPTION.account}`,
		name: "activity",
		storageAccountId,
		logs: [{ category: "Administrative", enabled: true }],
	});
}

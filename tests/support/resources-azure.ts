import type { ProviderRef, ResourceNode } from "../../lib/graph";
import { type Properties, UNKNOWN } from "../../lib/values";
import { type ResourceExtras, resource } from "./resources";

const PROVIDER: ProviderRef = {
	urn: "urn:pulumi:dev::meridian::pulumi:providers:azure-native::azure-swedencentral",
	package: "azure-native",
	region: "swedencentral",
};

/** A resource of Azure; the module and type of its token, as `storage:StorageAccount`. */
export function azure(type: string, name: string, inputs: Properties, extras: ResourceExtras = {}): ResourceNode {
	return resource(
		`azure-native:${type}`,
		name,
		{ resourceGroupName: UNKNOWN, ...inputs },
		{
			provider: PROVIDER,
			cell: "azure-swedencentral",
			...extras,
		},
	);
}

/** A vault that is private and cannot be purged; its private endpoint is a resource of its own. */
export function keyVault(name = "keys", properties: Properties = {}): ResourceNode {
	return azure("keyvault:Vault", name, {
		properties: {
			sku: { family: "A", name: "premium" },
			tenantId: UNKNOWN,
			enablePurgeProtection: true,
			enableSoftDelete: true,
			softDeleteRetentionInDays: 90,
			enableRbacAuthorization: true,
			publicNetworkAccess: "disabled",
			...properties,
		},
	});
}

/** The private endpoint of a vault. */
export function vaultEndpoint(vault: ResourceNode): ResourceNode {
	return azure(
		"network:PrivateEndpoint",
		`${vault.name}-endpoint`,
		{
			subnet: { id: UNKNOWN },
			privateLinkServiceConnections: [{ name: "vault", privateLinkServiceId: UNKNOWN, groupIds: ["vault"] }],
		},
		{ from: { privateLinkServiceConnections: [vault] } },
	);
}

/** A key that expires and rotates before it does. */
export function vaultKey(vault: ResourceNode, name = "data"): ResourceNode {
	return azure(
		"keyvault:Key",
		name,
		{
			vaultName: UNKNOWN,
			properties: {
				kty: "RSA-HSM",
				rotationPolicy: {
					attributes: { expiryTime: "P120D" },
					lifetimeActions: [{ action: { type: "rotate" }, trigger: { timeAfterCreate: "P90D" } }],
				},
			},
		},
		{ from: { vaultName: [vault] } },
	);
}

/** A private storage account that a key of the program encrypts, all ids not known yet. */
export function storageAccount(key: ResourceNode, name = "data"): ResourceNode {
	return azure(
		"storage:StorageAccount",
		name,
		{
			kind: "StorageV2",
			sku: { name: "Standard_ZRS" },
			enableHttpsTrafficOnly: true,
			minimumTlsVersion: "TLS1_2",
			allowBlobPublicAccess: false,
			publicNetworkAccess: "Disabled",
			encryption: {
				keySource: "Microsoft.Keyvault",
				keyVaultProperties: { keyName: UNKNOWN, keyVaultUri: UNKNOWN },
				requireInfrastructureEncryption: true,
			},
		},
		{ from: { encryption: [key] } },
	);
}

/** A disk encryption set with a key of the program. */
export function diskEncryptionSet(key: ResourceNode): ResourceNode {
	return azure(
		"compute:DiskEncryptionSet",
		"disks",
		{ encryptionType: "EncryptionAtRestWithPlatformAndCustomerKeys", activeKey: { keyUrl: UNKNOWN } },
		{ from: { activeKey: [key] } },
	);
}

/** A private cluster whose disks a set of the program encrypts. */
export function aksCluster(diskSet: ResourceNode): ResourceNode {
	return azure(
		"containerservice:ManagedCluster",
		"main",
		{
			apiServerAccessProfile: { enablePrivateCluster: true },
			enableRBAC: true,
			aadProfile: { managed: true, enableAzureRBAC: true },
			disableLocalAccounts: true,
			networkProfile: { networkPlugin: "azure", networkPolicy: "cilium", networkDataplane: "cilium" },
			azureMonitorProfile: { metrics: { enabled: true } },
			agentPoolProfiles: [{ name: "system", mode: "System", enableNodePublicIP: false }],
			diskEncryptionSetID: UNKNOWN,
		},
		{ from: { diskEncryptionSetID: [diskSet] } },
	);
}

/** A rule inside a network security group; it lets one private network reach PostgreSQL. */
export function securityRule(inputs: Properties = {}): Properties {
	return {
		name: "db",
		access: "Allow",
		direction: "Inbound",
		priority: 200,
		protocol: "Tcp",
		sourceAddressPrefix: "10.0.0.0/16",
		sourcePortRange: "*",
		destinationAddressPrefix: "*",
		destinationPortRange: "5432",
		...inputs,
	};
}

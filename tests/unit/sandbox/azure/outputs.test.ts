import assert from "node:assert/strict";
import { azureModels } from "../../../../sandbox/azure/registry";
import { TYPE } from "../../../../sandbox/azure/types";
import { checkFacts } from "../../../../sandbox/check/facts-check";
import { text } from "../../../../sandbox/check/inputs";
import { factsFor } from "../../../../sandbox/facts";
import { SUBSCRIPTION } from "../stage";
import { estate } from "./estate";

const GUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const IN = `/subscriptions/${SUBSCRIPTION.account}/resourceGroups/research/providers`;

/** The ARM id of each object, after the resource group. */
const IDS: { readonly [name: string]: string } = {
	network: "Microsoft.Network/virtualNetworks/main",
	nodes: "Microsoft.Network/virtualNetworks/main/subnets/nodes",
	nsg: "Microsoft.Network/networkSecurityGroups/nodes",
	rule: "Microsoft.Network/networkSecurityGroups/nodes/securityRules/deny-internet",
	address: "Microsoft.Network/publicIPAddresses/egress",
	nat: "Microsoft.Network/natGateways/egress",
	endpoint: "Microsoft.Network/privateEndpoints/vault",
	zoneGroup: "Microsoft.Network/privateEndpoints/vault/privateDnsZoneGroups/default",
	zone: "Microsoft.Network/privateDnsZones/privatelink.vaultcore.azure.net",
	link: "Microsoft.Network/privateDnsZones/privatelink.vaultcore.azure.net/virtualNetworkLinks/main",
	workspace: "Microsoft.OperationalInsights/workspaces/logs",
	vault: "Microsoft.KeyVault/vaults/meridian-keys",
	disks: "Microsoft.KeyVault/vaults/meridian-keys/keys/disks",
	kubelet: "Microsoft.ManagedIdentity/userAssignedIdentities/kubelet",
	federation: "Microsoft.ManagedIdentity/userAssignedIdentities/dataIdentity/federatedIdentityCredentials/loader",
	diskSet: "Microsoft.Compute/diskEncryptionSets/disks",
	reservationGroup: "Microsoft.Compute/capacityReservationGroups/gpus",
	reservation: "Microsoft.Compute/capacityReservationGroups/gpus/capacityReservations/h100",
	cluster: "Microsoft.ContainerService/managedClusters/research",
	pool: "Microsoft.ContainerService/managedClusters/research/agentPools/gpu",
	maintenance:
		"Microsoft.ContainerService/managedClusters/research/maintenanceConfigurations/aksManagedAutoUpgradeSchedule",
	account: "Microsoft.Storage/storageAccounts/meridiandata1",
	blobService: "Microsoft.Storage/storageAccounts/meridiandata1/blobServices/default",
	container: "Microsoft.Storage/storageAccounts/meridiandata1/blobServices/default/containers/audit-logs",
	immutability:
		"Microsoft.Storage/storageAccounts/meridiandata1/blobServices/default/containers/audit-logs/immutabilityPolicies/default",
	lifecycle: "Microsoft.Storage/storageAccounts/meridiandata1/managementPolicies/default",
	registry: "Microsoft.ContainerRegistry/registries/meridianimages",
	wan: "Microsoft.Network/virtualWans/world",
	hub: "Microsoft.Network/virtualHubs/north",
	gateway: "Microsoft.Network/vpnGateways/north",
	site: "Microsoft.Network/vpnSites/aws",
	spoke: "Microsoft.Network/virtualHubs/north/hubVirtualNetworkConnections/main",
	tunnel: "Microsoft.Network/vpnGateways/north/vpnConnections/aws",
	policy: "Microsoft.Network/firewallPolicies/egress",
	rules: "Microsoft.Network/firewallPolicies/egress/ruleCollectionGroups/egress",
	firewall: "Microsoft.Network/azureFirewalls/egress",
	table: "Microsoft.Network/routeTables/egress",
	extension:
		"Microsoft.ContainerService/managedClusters/research/providers/Microsoft.KubernetesConfiguration/extensions/acstor",
};

/** Outputs that a program may use, in the form of the real ones. */
const OUTPUTS: readonly (readonly [string, string, string])[] = [
	["group", "location", "swedencentral"],
	["group", "type", "Microsoft\\.Resources/resourceGroups"],
	["network", "location", "swedencentral"],
	["network", "name", "main"],
	["network", "type", "Microsoft\\.Network/virtualNetworks"],
	["nodes", "type", "Microsoft\\.Network/virtualNetworks/subnets"],
	["nodes", "etag", `W/"${GUID}"`],
	["address", "ipAddress", "203\\.0\\.113\\.\\d+"],
	["workspace", "customerId", GUID],
	["vault", "properties.vaultUri", "https://meridian-keys\\.vault\\.azure\\.net/"],
	["vault", "properties.publicNetworkAccess", "Disabled"],
	["disks", "keyUri", "https://meridian-keys\\.vault\\.azure\\.net/keys/disks"],
	["disks", "keyUriWithVersion", "https://meridian-keys\\.vault\\.azure\\.net/keys/disks/[0-9a-f]{32}"],
	["kubelet", "principalId", GUID],
	["kubelet", "clientId", GUID],
	["kubelet", "tenantId", GUID],
	["clusterIdentity-network", "name", GUID],
	["reservation", "reservationId", GUID],
	["cluster", "privateFQDN", `research-[0-9a-f]{8}\\.${GUID}\\.privatelink\\.swedencentral\\.azmk8s\\.io`],
	["cluster", "azurePortalFQDN", "research-[0-9a-f]{8}\\.portal\\.hcp\\.swedencentral\\.azmk8s\\.io"],
	["cluster", "nodeResourceGroup", "MC_research_research_swedencentral"],
	["cluster", "oidcIssuerProfile.issuerURL", `https://swedencentral\\.oic\\.prod-aks\\.azure\\.com/${GUID}/${GUID}/`],
	["cluster", "identityProfile.kubeletidentity.objectId", GUID],
	["cluster", "currentKubernetesVersion", "1\\.34\\.0"],
	["pool", "orchestratorVersion", "1\\.34\\.0"],
	["account", "primaryEndpoints.blob", "https://meridiandata1\\.blob\\.core\\.windows\\.net/"],
	["account", "primaryLocation", "swedencentral"],
	["registry", "loginServer", "meridianimages\\.azurecr\\.io"],
	["immutability", "state", "Unlocked"],
	["link", "virtualNetworkLinkState", "Completed"],
];

describe("Azure objects", () => {
	const { made, of } = estate();

	it("cover every type of the registry", () => {
		const types = new Set(Object.values(made).map((object) => object.type));
		assert.deepEqual(
			[...azureModels.keys()].filter((type) => !types.has(type)),
			[],
		);
	});

	for (const [name, rest] of Object.entries(IDS)) {
		it(`give ${name} its ARM id`, () => assert.equal(of(name).id, `${IN}/${rest}`));
	}

	for (const [name, path, form] of OUTPUTS) {
		it(`give ${name} the output ${path}`, () =>
			assert.match(text(of(name).outputs, path) ?? "", new RegExp(`^${form}$`)));
	}

	it("give extensions the id of what they extend", () => {
		assert.match(
			of("clusterIdentity-network").id,
			new RegExp(`^${of("network").id}/providers/Microsoft.Authorization/roleAssignments/${GUID}$`),
		);
		assert.equal(of("clusterLogs").id, `${of("cluster").id}/providers/Microsoft.Insights/diagnosticSettings/audit`);
		assert.equal(
			of("flowLog").id,
			`/subscriptions/${SUBSCRIPTION.account}/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_swedencentral/flowLogs/main`,
		);
	});

	it("leave a private cluster without a public name where the program asks so", () => {
		assert.equal(text(of("cluster").outputs, "fqdn"), undefined);
		assert.ok(!of("cluster").outputs.fqdn);
	});

	it("show assigned identities as ARM does, by id", () => {
		const identities = of("cluster").outputs.identity;
		assert.deepEqual(identities, {
			type: "UserAssigned",
			userAssignedIdentities: {
				[of("clusterIdentity").id]: {
					clientId: of("clusterIdentity").outputs.clientId,
					principalId: of("clusterIdentity").outputs.principalId,
				},
			},
		});
	});

	for (const object of Object.values(made)) {
		it(`have the types of the SDK's outputs: ${object.id.split("/providers/").at(-1)}`, () => {
			const facts = factsFor("azure-native");
			const type = facts.resources[object.type];
			assert.ok(type);
			const known = Object.fromEntries(
				Object.entries(object.outputs).filter(([key]) => Object.hasOwn(type.outputs, key)),
			);
			const asOutputs = { ...facts, resources: { [object.type]: { ...type, inputs: type.outputs, required: [] } } };
			const faults = checkFacts(asOutputs, object.type, known).filter(({ reason }) => !reason.includes("is required"));
			assert.deepEqual(faults, []);
		});
	}

	it("keep what the cloud fixed when they change", () => {
		const { stage, of: named } = estate();
		const cluster = named("cluster");
		const after = stage.updated(cluster, { ...cluster.inputs, tags: { owner: "research" } });
		assert.equal(text(after, "oidcIssuerProfile.issuerURL"), text(cluster.outputs, "oidcIssuerProfile.issuerURL"));
		assert.deepEqual(after.identityProfile, cluster.outputs.identityProfile);
		assert.equal(after.etag, undefined);
		const vault = named("vault");
		assert.equal(
			text(stage.updated(vault, vault.inputs), "properties.vaultUri"),
			text(vault.outputs, "properties.vaultUri"),
		);
	});

	it("name what the program does not as azure-native does", () => {
		const { stage } = estate();
		const group = stage.make(TYPE.resourceGroup, { location: "swedencentral" });
		assert.match(text(group.outputs, "name") ?? "", /^thing[0-9a-f]{8}$/);
		const inside = stage.make(TYPE.virtualNetwork, {
			resourceGroupName: text(group.outputs, "name") ?? "",
			addressSpace: { addressPrefixes: ["10.1.0.0/16"] },
		});
		assert.match(text(inside.outputs, "virtualNetworkName") ?? "", /^thing[0-9a-f]{8}$/);
		const subnet = stage.make(TYPE.subnet, {
			resourceGroupName: text(group.outputs, "name") ?? "",
			virtualNetworkName: text(inside.outputs, "name") ?? "",
			addressPrefix: "10.1.0.0/24",
		});
		assert.equal(text(subnet.outputs, "name"), "thing");
		assert.equal(stage.updated(inside, inside.inputs).virtualNetworkName, inside.outputs.virtualNetworkName);
	});
});

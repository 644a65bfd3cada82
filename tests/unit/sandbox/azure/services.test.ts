import type { Properties } from "../../../../lib/values";
import { TYPE } from "../../../../sandbox/azure/types";
import { assertFault, refuses } from "../stage";
import { GROUP, issuerOf, ROLE, role } from "./estate";
import { Bench, changed, rows } from "./rows";

const bench = new Bench();
const but = bench.but.bind(bench);
const of = bench.of.bind(bench);
const NEW = "new";

describe("Azure vaults and keys", () => {
	const vault = (changes = {}) => but("vault", { vaultName: "another-vault", ...changes });
	const key = (changes = {}) => but("disks", { keyName: NEW, ...changes });
	const rotation = (policy: object) => key({ "properties.rotationPolicy": policy });
	const action = (type: string, trigger: object, attributes = {}) =>
		rotation({ attributes, lifetimeActions: [{ action: { type }, trigger }] });
	refuses(
		() => [
			...rows(TYPE.vault, [
				["a name of two characters", vault({ vaultName: "ab" }), "vaultName", /3 to 24/],
				["two hyphens in a row", vault({ vaultName: "a--b" }), "vaultName", /single hyphens/],
				["a name that another customer has", vault({ vaultName: "meridian-keys" }), "vaultName", /all of Azure/],
				[
					"6 days of soft delete",
					vault({ "properties.softDeleteRetentionInDays": 6 }),
					"properties.softDeleteRetentionInDays",
					/7 to 90 days/,
				],
				[
					"soft delete off",
					vault({ "properties.enableSoftDelete": false }),
					"properties.enableSoftDelete",
					/cannot be switched off/,
				],
				[
					"purge protection false",
					vault({ "properties.enablePurgeProtection": false }),
					"properties.enablePurgeProtection",
					/takes true only/,
				],
				[
					"no access policies without RBAC",
					vault({ "properties.enableRbacAuthorization": false }),
					"properties.accessPolicies",
					/required unless/,
				],
				[
					"policies with RBAC",
					vault({ "properties.accessPolicies": [{ tenantId: "a", objectId: "b", permissions: {} }] }),
					"properties.accessPolicies",
					/no effect/,
				],
				[
					"an access that is none",
					vault({ "properties.publicNetworkAccess": "Off" }),
					"properties.publicNetworkAccess",
					/"Disabled"/,
				],
				[
					"a SKU that is none",
					vault({ "properties.sku": { family: "A", name: "Premium" } }),
					"properties.sku.name",
					/"premium"/,
				],
				["an address of its own", vault({ "properties.vaultUri": "https://a/" }), "properties.vaultUri", /remove it/],
			]),
			...rows(TYPE.key, [
				["a key of 1024 bits", key({ "properties.keySize": 1024 }), "properties.keySize", /2048, 3072 or 4096/],
				["a size for a curve", key({ "properties.kty": "EC" }), "properties.keySize", /curveName/],
				["a curve for RSA", key({ "properties.curveName": "P-256" }), "properties.curveName", /remove it/],
				["a vault that is not there", key({ vaultName: "nobody" }), "vaultName", /names no existing Vault/],
				["a kind that is none", key({ "properties.kty": "AES" }), "properties.kty", /"RSA-HSM"/],
				[
					"a life of 10 days",
					rotation({ attributes: { expiryTime: "P10D" } }),
					"properties.rotationPolicy.attributes.expiryTime",
					/28 days/,
				],
				[
					"rotation every day",
					action("rotate", { timeAfterCreate: "P1D" }),
					"properties.rotationPolicy.lifetimeActions[0].trigger",
					/7 days/,
				],
				[
					"rotation after expiry",
					action("rotate", { timeAfterCreate: "P2Y" }, { expiryTime: "P1Y" }),
					"properties.rotationPolicy.lifetimeActions[0].trigger",
					/shorter than/,
				],
				[
					"two triggers",
					action("rotate", { timeAfterCreate: "P30D", timeBeforeExpiry: "P30D" }, { expiryTime: "P1Y" }),
					"properties.rotationPolicy.lifetimeActions[0].trigger",
					/exactly one/,
				],
				[
					"a notification after creation",
					action("notify", { timeAfterCreate: "P30D" }),
					"properties.rotationPolicy.lifetimeActions[0].trigger.timeAfterCreate",
					/rotate only/,
				],
				[
					"a trigger before an expiry that never comes",
					action("rotate", { timeBeforeExpiry: "P30D" }),
					"properties.rotationPolicy.lifetimeActions[0].trigger.timeBeforeExpiry",
					/never expires/,
				],
			]),
		],
		bench.set,
	);

	it("refuses hardware keys in a vault of the SKU standard", () => {
		const stage = bench.set();
		stage.make(TYPE.vault, vault({ "properties.sku": { family: "A", name: "standard" } }));
		assertFault(
			stage.faults(TYPE.key, key({ vaultName: "another-vault" })),
			"properties.kty",
			/needs a vault of the SKU premium/,
		);
	});

	it("refuses to take purge protection and retention back", () => {
		const stage = bench.set();
		const self = of("vault");
		const faults = stage.faults(
			TYPE.vault,
			but("vault", { "properties.enablePurgeProtection": null, "properties.softDeleteRetentionInDays": 90 }),
			{ self },
		);
		assertFault(faults, "properties.enablePurgeProtection", /cannot be taken back/);
		assertFault(faults, "properties.softDeleteRetentionInDays", /30 to 90/);
	});
});

describe("Azure identities and roles", () => {
	const credential = (changes = {}) =>
		but("federation", { federatedIdentityCredentialResourceName: "another", ...changes });
	const grant = (changes = {}) => but("dataIdentity-vault", changes);
	refuses(
		() => [
			...rows(TYPE.identity, [
				["a name of two characters", { ...GROUP, resourceName: "ab" }, "resourceName", /3 to 128/],
			]),
			...rows(TYPE.federatedCredential, [
				[
					"an issuer that is no cluster's",
					credential({ issuer: issuerOf(of("cluster")).slice(0, -1) }),
					"issuer",
					/closing slash/,
				],
				["an issuer without https", credential({ issuer: "http://a.example" }), "issuer", /https URL/],
				[
					"a subject that is no service account",
					credential({ subject: "serving:loader" }),
					"subject",
					/system:serviceaccount/,
				],
				["two audiences", credential({ audiences: ["a", "b"] }), "audiences", /exactly one/],
				["a subject twice", credential(), "subject", /already/],
				["an identity that is not there", credential({ resourceName: "nobody" }), "resourceName", /names no existing/],
			]),
			...rows(TYPE.roleAssignment, [
				["a role twice", grant(), "roleDefinitionId", /RoleAssignmentExists/],
				["a scope that is not there", grant({ scope: `${of("vault").id}x` }), "scope", /names nothing/],
				[
					"a scope in another casing",
					grant({ scope: of("vault").id.replace("Microsoft.KeyVault", "microsoft.keyvault") }),
					"scope",
					/exact in its casing/,
				],
				["a role by name", grant({ roleDefinitionId: "Reader" }), "roleDefinitionId", /roleDefinitions/],
				[
					"an identity as a user",
					grant({ scope: of("disks").id, principalType: null }),
					"principalType",
					/"ServicePrincipal"/,
				],
				[
					"a client id",
					grant({ principalId: String(of("dataIdentity").outputs.clientId) }),
					"principalId",
					/client id/,
				],
				["a principal that is no GUID", grant({ principalId: "me" }), "principalId", /GUID/],
				["a name that is no GUID", grant({ roleAssignmentName: "mine" }), "roleAssignmentName", /GUID/],
				["a condition without its version", grant({ condition: "x" }), "conditionVersion", /required/],
			]),
		],
		bench.set,
	);

	it("stops at 20 credentials an identity", () => {
		const stage = bench.set();
		const next = (i: number) =>
			credential({
				federatedIdentityCredentialResourceName: `c${i}xx`,
				subject: `system:serviceaccount:serving:a${i}`,
			});
		for (let i = 1; i < 20; i += 1) {
			stage.make(TYPE.federatedCredential, next(i));
		}
		assertFault(stage.faults(TYPE.federatedCredential, next(20)), "resourceName", /takes 20/);
	});
});

describe("Azure customer-managed keys", () => {
	const set = (changes = {}) => but("diskSet", { diskEncryptionSetName: NEW, ...changes });
	const account = (changes = {}) => but("account", { accountName: "meridiandata2", ...changes });
	const uses = (identity: string) => set({ "identity.userAssignedIdentities": [of(identity).id] });
	refuses(
		() => [
			...rows(TYPE.diskEncryptionSet, [
				[
					"an identity without the role",
					uses("kubelet"),
					"activeKey.keyUrl",
					/may not call .*wrap.*assign Key Vault Crypto Service Encryption User/,
				],
				[
					"a role on another key",
					set({ "activeKey.keyUrl": String(of("data").outputs.keyUriWithVersion) }),
					"activeKey.keyUrl",
					/may not call/,
				],
				[
					"an old version",
					set({ "activeKey.keyUrl": `${of("disks").outputs.keyUri}/${"0".repeat(32)}` }),
					"activeKey.keyUrl",
					/names no version/,
				],
				[
					"a key that is not there",
					set({ "activeKey.keyUrl": "https://meridian-keys.vault.azure.net/keys/nobody" }),
					"activeKey.keyUrl",
					/names no existing key/,
				],
				["text that is no key", set({ "activeKey.keyUrl": "disks" }), "activeKey.keyUrl", /key's address/],
				["no identity", set({ identity: null }), "identity", /required/],
				[
					"a type without its identity",
					set({ "identity.userAssignedIdentities": [] }),
					"identity.userAssignedIdentities",
					/name an identity/,
				],
				[
					"another vault than the key's",
					set({ "activeKey.sourceVault.id": `${of("vault").id}x` }),
					"activeKey.sourceVault.id",
					/must be the vault of the key/,
				],
				["no key", set({ activeKey: null }), "activeKey.keyUrl", /required/],
			]),
			...rows(TYPE.storageAccount, [
				[
					"an identity without the role",
					account({
						identity: { type: "UserAssigned", userAssignedIdentities: [of("kubelet").id] },
						"encryption.encryptionIdentity.encryptionUserAssignedIdentity": of("kubelet").id,
					}),
					"encryption.keyVaultProperties.keyName",
					/may not call/,
				],
				[
					"a key without its source",
					account({ "encryption.keySource": null }),
					"encryption.keySource",
					/"Microsoft.Keyvault"/,
				],
				[
					"a source without a key",
					account({ "encryption.keyVaultProperties": null }),
					"encryption.keyVaultProperties.keyName",
					/required/,
				],
				[
					"no encryption identity",
					account({ "encryption.encryptionIdentity": null }),
					"encryption.encryptionIdentity.encryptionUserAssignedIdentity",
					/required/,
				],
				[
					"an encryption identity that is not assigned",
					account({ "encryption.encryptionIdentity.encryptionUserAssignedIdentity": of("kubelet").id }),
					"encryption.encryptionIdentity.encryptionUserAssignedIdentity",
					/add it there/,
				],
			]),
			...rows(TYPE.registry, [
				[
					"a client id of another identity",
					but("registry", {
						registryName: "another1",
						"encryption.keyVaultProperties.identity": String(of("kubelet").outputs.clientId),
					}),
					"encryption.keyVaultProperties.identity",
					/registry's identities/,
				],
			]),
		],
		bench.set,
	);

	const spoil = (changes: object, deny: RegExp) => () => {
		const stage = bench.set();
		const vaultName = "weak-vault";
		stage.make(TYPE.vault, but("vault", { vaultName, ...changes }));
		const key = stage.make(TYPE.key, but("disks", { vaultName }));
		const keyUrl = String(key.outputs.keyUriWithVersion);
		assertFault(stage.faults(TYPE.diskEncryptionSet, set({ activeKey: { keyUrl } })), "activeKey.keyUrl", deny);
	};
	it(
		"refuses a vault without purge protection",
		spoil({ "properties.enablePurgeProtection": null }, /no purge protection/),
	);
	it(
		"refuses a vault that lets no Azure service pass",
		spoil({ "properties.networkAcls.bypass": "None" }, /bypass to AzureServices/),
	);

	it("refuses a key that is disabled", () => {
		const stage = bench.set();
		const key = stage.make(TYPE.key, but("disks", { keyName: "off", "properties.attributes": { enabled: false } }));
		const faults = stage.faults(
			TYPE.diskEncryptionSet,
			set({ "activeKey.keyUrl": String(key.outputs.keyUriWithVersion) }),
		);
		assertFault(faults, "activeKey.keyUrl", /is disabled/);
	});

	it("takes a role at the resource group, and a custom role", () => {
		const stage = bench.set();
		const grant = (to: string, id: string) =>
			stage.make(
				TYPE.roleAssignment,
				but("dataIdentity-vault", {
					scope: of("group").id,
					principalId: String(of(to).outputs.principalId),
					roleDefinitionId: role(id),
				}),
			);
		grant("kubelet", ROLE.crypto);
		stage.make(TYPE.diskEncryptionSet, uses("kubelet"));
		grant("clusterIdentity", "99999999-0000-0000-0000-000000000001");
		stage.make(TYPE.diskEncryptionSet, changed(uses("clusterIdentity"), { diskEncryptionSetName: "third" }));
	});
});

describe("Azure storage", () => {
	const account = (changes = {}) => but("logAccount", { accountName: "another1", ...changes });
	const rule = (definition: Properties) =>
		but("lifecycle", { policy: { rules: [{ name: "a", type: "Lifecycle", definition }] } });
	const blobs = { filters: { blobTypes: ["blockBlob"] } };
	const older = (days: number) => ({ daysAfterModificationGreaterThan: days });
	refuses(
		() => [
			...rows(TYPE.storageAccount, [
				["hyphens", account({ accountName: "my-data" }), "accountName", /3 to 24 of lower-case/],
				["a name that another customer has", account({ accountName: "meridiandata1" }), "accountName", /all of Azure/],
				["a legacy kind", account({ kind: "Storage" }), "kind", /"StorageV2"/],
				["a Standard SKU for block blobs", account({ kind: "BlockBlobStorage" }), "sku.name", /Premium_LRS/],
				["a SKU that is none", account({ "sku.name": "Standard_XRS" }), "sku.name", /"Standard_LRS"/],
				[
					"ZRS where there are no zones",
					account({ location: "westus", "sku.name": "Standard_ZRS" }),
					"sku.name",
					/availability zones/,
				],
				[
					"a bypass that is none",
					account({ "networkRuleSet.bypass": "Everything" }),
					"networkRuleSet.bypass",
					/"AzureServices"/,
				],
				["a TLS version that is none", account({ minimumTlsVersion: "1.2" }), "minimumTlsVersion", /"TLS1_2"/],
				["SFTP without namespaces", account({ isSftpEnabled: true }), "isSftpEnabled", /isHnsEnabled/],
				[
					"a subnet that is not there",
					account({ "networkRuleSet.virtualNetworkRules": [{ virtualNetworkResourceId: `${of("nodes").id}x` }] }),
					"networkRuleSet.virtualNetworkRules[0].virtualNetworkResourceId",
					/names no existing Subnet/,
				],
			]),
			...rows(TYPE.blobService, [
				[
					"another name than default",
					but("blobService", { blobServicesName: "main" }),
					"blobServicesName",
					/"default"/,
				],
				["no name", but("blobService", { blobServicesName: null }), "blobServicesName", /logical name/],
				[
					"400 days",
					but("blobService", { "deleteRetentionPolicy.days": 400 }),
					"deleteRetentionPolicy.days",
					/1 to 365/,
				],
				[
					"a policy without days",
					but("blobService", { "deleteRetentionPolicy.days": null }),
					"deleteRetentionPolicy.days",
					/required/,
				],
				[
					"restoring without a change feed",
					but("blobService", { restorePolicy: { enabled: true, days: 7 } }),
					"changeFeed.enabled",
					/must be true/,
				],
				[
					"restoring for longer than deleted blobs live",
					but("blobService", { restorePolicy: { enabled: true, days: 30 } }),
					"restorePolicy.days",
					/fewer than/,
				],
				[
					"an account that is not there",
					but("blobService", { accountName: "nobody1" }),
					"accountName",
					/names no existing StorageAccount/,
				],
			]),
			...rows(TYPE.container, [
				["capitals", but("container", { containerName: "Logs" }), "containerName", /lower-case/],
				[
					"public access",
					but("container", { containerName: NEW, publicAccess: "Blob" }),
					"publicAccess",
					/does not allow/,
				],
			]),
			...rows(TYPE.immutabilityPolicy, [
				[
					"no days",
					but("immutability", { immutabilityPeriodSinceCreationInDays: null }),
					"immutabilityPeriodSinceCreationInDays",
					/required/,
				],
				[
					"0 days",
					but("immutability", { immutabilityPeriodSinceCreationInDays: 0 }),
					"immutabilityPeriodSinceCreationInDays",
					/1 to 146000/,
				],
				[
					"both kinds of appends",
					but("immutability", { allowProtectedAppendWrites: true }),
					"allowProtectedAppendWritesAll",
					/cannot be combined/,
				],
				[
					"a container that is not there",
					but("immutability", { containerName: "nobody" }),
					"containerName",
					/names no existing BlobContainer/,
				],
			]),
			...rows(TYPE.managementPolicy, [
				["no rules", but("lifecycle", { policy: { rules: [] } }), "policy.rules", /1 to 100/],
				[
					"a name with a dot",
					but("lifecycle", {
						policy: {
							rules: [
								{
									name: "a.b",
									type: "Lifecycle",
									definition: { ...blobs, actions: { baseBlob: { delete: older(1) } } },
								},
							],
						},
					}),
					"policy.rules[0].name",
					/letters, digits/,
				],
				[
					"no kind of blob",
					rule({ actions: { baseBlob: { delete: older(1) } } }),
					"policy.rules[0].definition.filters.blobTypes",
					/required/,
				],
				["no action", rule({ ...blobs, actions: {} }), "policy.rules[0].definition.actions", /at least one/],
				[
					"append blobs moved to a tier",
					rule({ filters: { blobTypes: ["appendBlob"] }, actions: { baseBlob: { tierToCool: older(1) } } }),
					"policy.rules[0].definition.actions.baseBlob",
					/append blobs/,
				],
				[
					"deletion before a tier",
					rule({ ...blobs, actions: { baseBlob: { tierToCool: older(90), delete: older(30) } } }),
					"policy.rules[0].definition.actions.baseBlob",
					/later than/,
				],
				[
					"the archive tier on ZRS",
					rule({ ...blobs, actions: { baseBlob: { tierToArchive: older(90) } } }),
					"policy.rules[0].definition.actions.baseBlob.tierToArchive",
					/tierToCold/,
				],
				[
					"access times that nobody tracks",
					rule({ ...blobs, actions: { baseBlob: { tierToCool: { daysAfterLastAccessTimeGreaterThan: 30 } } } }),
					"policy.rules",
					/lastAccessTimeTrackingPolicy/,
				],
			]),
			...rows(TYPE.registry, [
				["hyphens", but("registry", { registryName: "my-images" }), "registryName", /5 to 50/],
				[
					"encryption below Premium",
					but("registry", { registryName: "another1", sku: { name: "Standard" } }),
					"encryption",
					/needs the SKU Premium/,
				],
				[
					"a closed registry below Premium",
					but("registry", { registryName: "another1", sku: { name: "Basic" }, encryption: null, identity: null }),
					"publicNetworkAccess",
					/Premium/,
				],
			]),
		],
		bench.set,
	);

	it("refuses versions in a hierarchical namespace", () => {
		const stage = bench.set();
		stage.make(TYPE.storageAccount, account({ isHnsEnabled: true }));
		const faults = stage.faults(TYPE.blobService, but("blobService", { accountName: "another1" }));
		assertFault(faults, "isVersioningEnabled", /hierarchical namespace/);
	});
});

describe("Azure logs", () => {
	const setting = (changes = {}) => but("clusterLogs", { name: NEW, ...changes });
	const log = (entry: object) => setting({ logs: [{ enabled: true, ...entry }] });
	const activity = (changes = {}) => but("activityLog", { name: NEW, ...changes });
	refuses(
		() => [
			...rows(TYPE.workspace, [
				["7 days", but("workspace", { workspaceName: "another", retentionInDays: 7 }), "retentionInDays", /30 to 730/],
				[
					"a retired SKU",
					but("workspace", { workspaceName: "another", sku: { name: "Free" } }),
					"sku.name",
					/PerGB2018/,
				],
				[
					"a level that is not said",
					but("workspace", { workspaceName: "another", sku: { name: "CapacityReservation" } }),
					"sku.capacityReservationLevel",
					/required/,
				],
			]),
			...rows(TYPE.diagnosticSetting, [
				["no destination", setting({ storageAccountId: null }), "storageAccountId", /at least one destination/],
				["a category of another service", log({ category: "AuditEvent" }), "logs[0].category", /"kube-audit"/],
				["a group that is none", log({ categoryGroup: "everything" }), "logs[0].categoryGroup", /"allLogs"/],
				["a category and a group", log({ category: "guard", categoryGroup: "audit" }), "logs[0]", /exactly one/],
				[
					"categories beside groups",
					setting({
						logs: [
							{ category: "guard", enabled: true },
							{ categoryGroup: "audit", enabled: true },
						],
					}),
					"logs",
					/one kind/,
				],
				["nothing to log", setting({ logs: null }), "logs", /at least one/],
				[
					"retention",
					log({ category: "guard", retentionPolicy: { enabled: true, days: 30 } }),
					"logs[0].retentionPolicy",
					/retired/,
				],
				[
					"logs of an account rather than of its blobs",
					but("blobLogs", { resourceUri: of("account").id, name: NEW }),
					"logs[0].categoryGroup",
					/has logs/,
				],
				[
					"an account that watches itself",
					but("blobLogs", { storageAccountId: of("account").id, name: NEW }),
					"storageAccountId",
					/never end/,
				],
				[
					"blobs of no account",
					but("blobLogs", { resourceUri: `${of("account").id}x/blobServices/default` }),
					"resourceUri",
					/no existing storage account/,
				],
				[
					"metrics of a subscription",
					activity({ metrics: [{ category: "AllMetrics", enabled: true }] }),
					"metrics",
					/no metrics/,
				],
				[
					"a group of the activity log",
					activity({ logs: [{ categoryGroup: "allLogs", enabled: true }] }),
					"logs[0].categoryGroup",
					/has logs/,
				],
				[
					"a resource that is not there",
					setting({ resourceUri: `${of("cluster").id}x` }),
					"resourceUri",
					/names no existing/,
				],
			]),
			...rows(TYPE.dataCollectionRule, [
				[
					"a flow to nowhere",
					but("collection", { dataCollectionRuleName: NEW, dataFlows: [{ streams: [], destinations: ["x"] }] }),
					"dataFlows[0].destinations[0]",
					/"workspace"|workspace/,
				],
			]),
		],
		bench.set,
	);

	it("stops at 5 settings a subscription", () => {
		const stage = bench.set();
		for (let i = 1; i < 5; i += 1) {
			stage.make(TYPE.diagnosticSetting, activity({ name: `a${i}` }));
		}
		assertFault(stage.faults(TYPE.diagnosticSetting, activity()), "resourceUri", /takes 5/);
	});

	it("refuses an account in another region than what is watched", () => {
		const stage = bench.set();
		const far = stage.make(TYPE.storageAccount, but("logAccount", { accountName: "far1", location: "eastus" }));
		assertFault(
			stage.faults(TYPE.diagnosticSetting, setting({ storageAccountId: far.id })),
			"storageAccountId",
			/swedencentral/,
		);
		stage.make(TYPE.diagnosticSetting, activity({ storageAccountId: far.id }));
	});
});

import type { Properties } from "../../lib/values";
import { faultsOf, type Refusal } from "../check/fault-table";
import { flag, isAbsent, isSet, object, text, texts } from "../check/inputs";
import type { CheckContext, CreateContext, Fault, TypeModel } from "../model";
import { inGroup } from "./arm-id";
import { byId, defineAzure } from "./define";
import { keyUseFaults } from "./key-use";
import { zonesOf } from "./locations";
import { locationOf } from "./place";
import { identityOutput, identityRows } from "./resource-identity";
import { TYPE } from "./types";

const KEY = "encryption.keyVaultProperties";

/** A storage account. Its name is a host name, unique in all of Azure. */
export const storageAccount: TypeModel = defineAzure({
	type: TYPE.storageAccount,
	path: inGroup("Microsoft.Storage/storageAccounts/{accountName}"),
	naming: {
		pattern: /^[0-9a-z]{3,24}$/,
		allowed: "3 to 24 of lower-case letters and digits, without hyphens",
		everywhere: true,
	},
	references: [
		byId("identity.userAssignedIdentities[]", [TYPE.identity]),
		byId("encryption.encryptionIdentity.encryptionUserAssignedIdentity", [TYPE.identity]),
		byId("networkRuleSet.virtualNetworkRules[].virtualNetworkResourceId", [TYPE.subnet]),
	],
	openEnums: ["networkRuleSet.bypass"],
	check: (context) => [...faultsOf(kindRows(context)), ...faultsOf(encryptionRows(context)), ...keyFaults(context)],
	immutable: [
		"kind",
		"enableNfsV3",
		"dnsEndpointType",
		"encryption.requireInfrastructureEncryption",
		"immutableStorageWithVersioning.enabled",
	],
	defaults: {
		accessTier: "Hot",
		allowBlobPublicAccess: false,
		allowCrossTenantReplication: false,
		allowSharedKeyAccess: true,
		dnsEndpointType: "Standard",
		enableHttpsTrafficOnly: true,
		isHnsEnabled: false,
		minimumTlsVersion: "TLS1_0",
		publicNetworkAccess: "Enabled",
	},
	computed: (context) => ({
		creationTime: context.now,
		primaryEndpoints: endpoints(text(context.inputs, "accountName") ?? ""),
		primaryLocation: locationOf(TYPE.storageAccount, context) ?? "",
		privateEndpointConnections: [],
		statusOfPrimary: "available",
	}),
	derived: settings,
});

function endpoints(name: string): Properties {
	const services = ["blob", "dfs", "file", "queue", "table"];
	const rows = services.map((each) => [each, `https://${name}.${each}.core.windows.net/`]);
	return { ...Object.fromEntries(rows), web: `https://${name}.z1.web.core.windows.net/` };
}

function settings(context: CreateContext): Properties {
	const { inputs } = context;
	const sku = object(inputs, "sku");
	const rules = object(inputs, "networkRuleSet");
	return {
		encryption: { keySource: "Microsoft.Storage", ...object(inputs, "encryption") },
		...(isSet(inputs, "identity") ? { identity: identityOutput(context) } : {}),
		networkRuleSet: { bypass: "AzureServices", defaultAction: "Allow", ipRules: [], virtualNetworkRules: [], ...rules },
		sku: { ...sku, tier: text(sku, "name")?.startsWith("Premium") ? "Premium" : "Standard" },
	};
}

function kindRows(context: CheckContext): Refusal[] {
	const { inputs } = context;
	const [kind, sku] = [text(inputs, "kind"), text(inputs, "sku.name")];
	const premiumOnly = kind === "BlockBlobStorage" || kind === "FileStorage";
	const isPremium = sku?.startsWith("Premium_") === true;
	const location = locationOf(TYPE.storageAccount, context);
	const zonal = sku !== undefined && /_(G|RAG)?ZRS$/.test(sku);
	const bypass =
		text(inputs, "networkRuleSet.bypass")
			?.split(",")
			.map((each) => each.trim()) ?? [];
	return [
		{
			when:
				kind !== undefined &&
				sku !== undefined &&
				premiumOnly !== isPremium &&
				!(kind === "StorageV2" && sku === "Premium_LRS"),
			property: "sku.name",
			reason: `${sku} does not go with the kind ${kind}; use ${premiumOnly ? "Premium_LRS or Premium_ZRS" : "a Standard SKU"}`,
		},
		{
			when: kind === "Storage" || kind === "BlobStorage",
			property: "kind",
			reason: `must be "StorageV2": ${kind} is a legacy kind; change it`,
		},
		{
			when: zonal && location !== undefined && zonesOf(location).length === 0,
			property: "sku.name",
			reason: `${sku} needs availability zones, which ${location} does not have; use another SKU or region`,
		},
		...bypass.map((each) => ({
			when: !["None", "Logging", "Metrics", "AzureServices"].includes(each),
			property: "networkRuleSet.bypass",
			reason: `must be "None" or a list of "AzureServices", "Logging" and "Metrics", but ${JSON.stringify(each)} was given`,
		})),
		{
			when: flag(inputs, "isSftpEnabled") === true && flag(inputs, "isHnsEnabled") !== true,
			property: "isSftpEnabled",
			reason: "needs isHnsEnabled; set both or neither",
		},
		...identityRows(inputs),
	];
}

function encryptionRows({ inputs }: CheckContext): Refusal[] {
	const own = text(inputs, "encryption.keySource") === "Microsoft.Keyvault";
	const user = text(inputs, "encryption.encryptionIdentity.encryptionUserAssignedIdentity");
	const assigned = texts(inputs, "identity.userAssignedIdentities");
	return [
		...["keyName", "keyVaultUri"].map((name) => ({
			when: own && isAbsent(inputs, `${KEY}.${name}`),
			property: `${KEY}.${name}`,
			reason: "is required for the key source Microsoft.Keyvault; set it",
		})),
		{
			when:
				!own &&
				isSet(inputs, KEY) &&
				(isAbsent(inputs, "encryption.keySource") || text(inputs, "encryption.keySource") !== undefined),
			property: "encryption.keySource",
			reason: 'must be "Microsoft.Keyvault" where keyVaultProperties are given; set it',
		},
		{
			when: own && isAbsent(inputs, "encryption.encryptionIdentity.encryptionUserAssignedIdentity"),
			property: "encryption.encryptionIdentity.encryptionUserAssignedIdentity",
			reason: "is required: at its creation an account can use a key with a user-assigned identity only; set it",
		},
		{
			when: user !== undefined && assigned.length > 0 && !assigned.includes(user),
			property: "encryption.encryptionIdentity.encryptionUserAssignedIdentity",
			reason: `must be one of the account's identities, but ${user} is not in identity.userAssignedIdentities; add it there`,
		},
		{
			when: user !== undefined && isAbsent(inputs, "identity"),
			property: "identity",
			reason: "must hold the encryption identity; give type UserAssigned and its id",
		},
	];
}

function keyFaults(context: CheckContext): Fault[] {
	const { inputs } = context;
	const [uri, name, version] = ["keyVaultUri", "keyName", "keyVersion"].map((each) => text(inputs, `${KEY}.${each}`));
	const url = uri === undefined || name === undefined ? undefined : `${uri.replace(/\/$/, "")}/keys/${name}`;
	return keyUseFaults(
		{
			url: version && url ? `${url}/${version}` : url,
			property: `${KEY}.keyName`,
			identity: text(inputs, "encryption.encryptionIdentity.encryptionUserAssignedIdentity"),
			by: "a storage account",
		},
		context,
	);
}

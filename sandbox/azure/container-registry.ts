import type { Properties } from "../../lib/values";
import { faultsOf, type Refusal } from "../check/fault-table";
import { isAbsent, isSet, object, text } from "../check/inputs";
import type { CheckContext, CreateContext, Fault, TypeModel } from "../model";
import { inGroup } from "./arm-id";
import { defineAzure } from "./define";
import { identityOf } from "./grants";
import { keyUseFaults } from "./key-use";
import { zonesOf } from "./locations";
import { locationOf } from "./place";
import { TYPE } from "./types";

/** A container registry. Its name is a host name, unique in all of Azure. */
export const registry: TypeModel = defineAzure({
	type: TYPE.registry,
	path: inGroup("Microsoft.ContainerRegistry/registries/{registryName}"),
	naming: { pattern: /^[0-9A-Za-z]{5,50}$/, allowed: "5 to 50 of letters and digits", everywhere: true },
	check: (context) => [...faultsOf(skuRows(context)), ...keyFaults(context)],
	immutable: ["zoneRedundancy", "encryption.status"],
	defaults: {
		adminUserEnabled: false,
		anonymousPullEnabled: false,
		dataEndpointEnabled: false,
		networkRuleBypassOptions: "AzureServices",
		publicNetworkAccess: "Enabled",
		zoneRedundancy: "Disabled",
	},
	computed: (context) => ({
		creationDate: context.now,
		loginServer: `${(text(context.inputs, "registryName") ?? "").toLowerCase()}.azurecr.io`,
		privateEndpointConnections: [],
	}),
	derived: skuOutput,
});

function skuOutput({ inputs }: CreateContext): Properties {
	return { sku: { ...object(inputs, "sku"), tier: text(inputs, "sku.name") ?? "" } };
}

/** What the SKU Premium alone has, by the property that asks for it. */
const PREMIUM: readonly { readonly path: string; readonly value?: string }[] = [
	{ path: "encryption" },
	{ path: "networkRuleSet" },
	{ path: "publicNetworkAccess", value: "Disabled" },
	{ path: "zoneRedundancy", value: "Enabled" },
	{ path: "policies.retentionPolicy.status", value: "enabled" },
	{ path: "policies.trustPolicy.status", value: "enabled" },
];

function skuRows(context: CheckContext): Refusal[] {
	const { inputs } = context;
	const sku = text(inputs, "sku.name");
	const location = locationOf(TYPE.registry, context);
	return [
		...PREMIUM.map(({ path, value }) => ({
			when:
				sku !== undefined &&
				sku !== "Premium" &&
				(value === undefined ? isSet(inputs, path) : text(inputs, path) === value),
			property: path,
			reason: `needs the SKU Premium, but ${sku} was given; change sku.name or remove it`,
		})),
		{
			when: text(inputs, "zoneRedundancy") === "Enabled" && location !== undefined && zonesOf(location).length === 0,
			property: "zoneRedundancy",
			reason: `needs availability zones, which ${location} does not have; leave it out`,
		},
		{
			when: isSet(inputs, "encryption.keyVaultProperties") && isAbsent(inputs, "identity"),
			property: "identity",
			reason: "is required for a customer's key: the registry uses it with a user-assigned identity; set it",
		},
	];
}

function keyFaults(context: CheckContext): Fault[] {
	const { inputs, world } = context;
	const clientId = text(inputs, "encryption.keyVaultProperties.identity");
	const ids = Object.keys(object(inputs, "identity.userAssignedIdentities"));
	const [byClient] = clientId === undefined ? [] : world.find([TYPE.identity], "clientId", clientId);
	const missing = ids.find((id) => identityOf(id, context) === undefined);
	return [
		...faultsOf([
			{
				when: missing !== undefined,
				property: "identity.userAssignedIdentities",
				reason: `names no existing UserAssignedIdentity: ${JSON.stringify(missing)}; create it first`,
			},
			{
				when: clientId !== undefined && (byClient === undefined || !ids.includes(byClient.id)),
				property: "encryption.keyVaultProperties.identity",
				reason: `must be the client id of one of the registry's identities, but ${clientId} was given`,
			},
		]),
		...keyUseFaults(
			{
				url: text(inputs, "encryption.keyVaultProperties.keyIdentifier"),
				property: "encryption.keyVaultProperties.keyIdentifier",
				identity: byClient?.id,
				by: "a registry",
			},
			context,
		),
	];
}

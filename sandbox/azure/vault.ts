import { isObject, type Properties } from "../../lib/values";
import { faultsOf, outside } from "../check/fault-table";
import { flag, isAbsent, isSet, list, number, object, text } from "../check/inputs";
import type { CheckContext, CreateContext, Fault, TypeModel } from "../model";
import { inGroup } from "./arm-id";
import { byId, defineAzure } from "./define";
import { TYPE } from "./types";

/** Days for which a deleted vault stays recoverable unless said. */
const DEFAULT_RETENTION = 90;

/**
 * A key vault. Soft delete cannot be switched off (since 2025-02), so a deleted vault keeps its name until it is purged;
 * the provider never purges, and with purge protection nobody can.
 */
export const vault: TypeModel = defineAzure({
	type: TYPE.vault,
	path: inGroup("Microsoft.KeyVault/vaults/{vaultName}"),
	naming: {
		pattern: /^(?!.*--)[A-Za-z][0-9A-Za-z-]{1,22}[0-9A-Za-z]$/,
		allowed: "3 to 24 of letters, digits and single hyphens, beginning with a letter, ending with a letter or digit",
		everywhere: true,
	},
	references: [byId("properties.networkAcls.virtualNetworkRules[].id", [TYPE.subnet])],
	values: { "properties.publicNetworkAccess": ["Enabled", "Disabled", "enabled", "disabled"] },
	check: (context) => [...deletionFaults(context), ...accessFaults(context)],
	immutable: ["properties.tenantId"],
	keepsName: true,
	takes: [TYPE.key],
	derived: (context) => ({ properties: vaultProperties(context) }),
	retains: ({ inputs }) => {
		const days = number(inputs, "properties.softDeleteRetentionInDays") ?? DEFAULT_RETENTION;
		const guarded = flag(inputs, "properties.enablePurgeProtection") === true ? ", purge-protected" : "";
		return `soft-deleted for ${days} days${guarded}; its name is taken until then`;
	},
});

function vaultProperties({ inputs }: CreateContext): Properties {
	const given = object(inputs, "properties");
	const acls = isObject(given.networkAcls) ? given.networkAcls : {};
	const rules = { bypass: "AzureServices", defaultAction: "Allow", ipRules: [], virtualNetworkRules: [], ...acls };
	return {
		accessPolicies: [],
		enableRbacAuthorization: false,
		enableSoftDelete: true,
		publicNetworkAccess: "Enabled",
		softDeleteRetentionInDays: DEFAULT_RETENTION,
		...given,
		networkAcls: rules,
		provisioningState: "Succeeded",
		vaultUri: `https://${(text(inputs, "vaultName") ?? "").toLowerCase()}.vault.azure.net/`,
	};
}

function deletionFaults({ inputs, self }: CheckContext): Fault[] {
	const days = number(inputs, "properties.softDeleteRetentionInDays");
	const before = number(self?.outputs, "properties.softDeleteRetentionInDays");
	const protection = flag(inputs, "properties.enablePurgeProtection");
	const guarded = flag(self?.outputs, "properties.enablePurgeProtection") === true;
	return faultsOf([
		outside(days, "properties.softDeleteRetentionInDays", { min: 7, max: 90, unit: "days" }),
		{
			when: days !== undefined && before !== undefined && days !== before,
			property: "properties.softDeleteRetentionInDays",
			reason: `cannot change from ${before} to ${days} days: it is fixed when the vault is made`,
		},
		{
			when: flag(inputs, "properties.enableSoftDelete") === false,
			property: "properties.enableSoftDelete",
			reason: "cannot be false: soft delete cannot be switched off; remove it",
		},
		{
			when: protection === false,
			property: "properties.enablePurgeProtection",
			reason: "takes true only; leave it out where the vault shall be without purge protection",
		},
		{
			when: guarded && isAbsent(inputs, "properties.enablePurgeProtection"),
			property: "properties.enablePurgeProtection",
			reason: "cannot be taken back once it is on; set it to true",
		},
	]);
}

function accessFaults({ inputs }: CheckContext): Fault[] {
	const rbac = flag(inputs, "properties.enableRbacAuthorization");
	const policies = list(inputs, "properties.accessPolicies").length;
	const mode = text(inputs, "properties.createMode");
	const legacy = isAbsent(inputs, "properties.enableRbacAuthorization") || rbac === false;
	return faultsOf([
		{
			when: legacy && isAbsent(inputs, "properties.accessPolicies") && mode !== "recover",
			property: "properties.accessPolicies",
			reason: "is required unless enableRbacAuthorization is true; switch that on, or give the policies",
		},
		{
			when: rbac === true && policies > 0,
			property: "properties.accessPolicies",
			reason: "have no effect where enableRbacAuthorization is true; remove them and assign roles",
		},
		{
			when: policies > 1024,
			property: "properties.accessPolicies",
			reason: `must be at most 1024 policies, but ${policies} were given`,
		},
		{
			when: isSet(inputs, "properties.vaultUri"),
			property: "properties.vaultUri",
			reason: "is what Azure makes of the name; remove it",
		},
	]);
}

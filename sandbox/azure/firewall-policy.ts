import { faultsOf } from "../check/fault-table";
import { flag, isSet, list, text } from "../check/inputs";
import type { TypeModel } from "../model";
import { inGroup } from "./arm-id";
import { byId, defineAzure } from "./define";
import { NETWORK_NAME } from "./names";
import { TYPE } from "./types";

/** What only a policy of the tier Premium has. Source: Microsoft Learn, "Azure Firewall features by SKU", read 2026-11-28. */
const PREMIUM = ["intrusionDetection", "transportSecurity"] as const;

/** What firewalls let through; its rules are resources of their own, in groups. */
export const firewallPolicy: TypeModel = defineAzure({
	type: TYPE.firewallPolicy,
	path: inGroup("Microsoft.Network/firewallPolicies/{firewallPolicyName}"),
	naming: NETWORK_NAME,
	references: [
		byId("basePolicy.id", [TYPE.firewallPolicy]),
		byId("insights.logAnalyticsResources.defaultWorkspaceId.id", [TYPE.workspace], { holds: false }),
	],
	check: ({ inputs }) => {
		const tier = text(inputs, "sku.tier") ?? "Standard";
		return faultsOf([
			...PREMIUM.map((path) => ({
				when: tier !== "Premium" && isSet(inputs, path),
				property: path,
				reason: `needs the tier Premium, but the policy's is ${tier}; set sku.tier or remove it`,
			})),
			{
				when: tier === "Basic" && isSet(inputs, "dnsSettings"),
				property: "dnsSettings",
				reason: "needs the tier Standard or Premium; set sku.tier or remove it",
			},
			{
				when: list(inputs, "dnsSettings.servers").length > 0 && flag(inputs, "dnsSettings.enableProxy") === undefined,
				property: "dnsSettings.enableProxy",
				reason: "must be said where servers are given; set it",
			},
		]);
	},
	immutable: ["sku.tier"],
	defaults: { sku: { tier: "Standard" }, threatIntelMode: "Alert" },
	computed: () => ({ childPolicies: [], firewalls: [], ruleCollectionGroups: [], size: "0.1MB" }),
});

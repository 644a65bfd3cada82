import { faultsOf, outside } from "../check/fault-table";
import { number, text } from "../check/inputs";
import type { TypeModel } from "../model";
import { guid, inGroup } from "./arm-id";
import { defineAzure } from "./define";
import { TYPE } from "./types";

/** A Log Analytics workspace. Deletion is soft for 14 days; a workspace of the same name recovers the old one. */
export const workspace: TypeModel = defineAzure({
	type: TYPE.workspace,
	path: inGroup("Microsoft.OperationalInsights/workspaces/{workspaceName}"),
	naming: {
		pattern: /^[0-9A-Za-z][0-9A-Za-z-]{2,61}[0-9A-Za-z]$/,
		allowed: "4 to 63 of letters, digits and hyphens, beginning and ending with a letter or digit",
	},
	check: ({ inputs }) => {
		const retired = ["Free", "Standard", "Premium", "PerNode", "Standalone"];
		const sku = text(inputs, "sku.name");
		return faultsOf([
			outside(number(inputs, "retentionInDays"), "retentionInDays", { min: 30, max: 730, unit: "days" }),
			{
				when: sku !== undefined && retired.includes(sku),
				property: "sku.name",
				reason: `must be "PerGB2018", "CapacityReservation" or "LACluster": ${sku} is closed to new workspaces`,
			},
			{
				when: sku === "CapacityReservation" && number(inputs, "sku.capacityReservationLevel") === undefined,
				property: "sku.capacityReservationLevel",
				reason: "is required for CapacityReservation, in GB a day; set it",
			},
		]);
	},
	defaults: {
		publicNetworkAccessForIngestion: "Enabled",
		publicNetworkAccessForQuery: "Enabled",
		retentionInDays: 30,
		sku: { name: "PerGB2018" },
	},
	computed: (context) => ({ createdDate: context.now, customerId: guid(context), modifiedDate: context.now }),
	retains: () => "soft-deleted for 14 days; a workspace of the same name and resource group recovers it",
});

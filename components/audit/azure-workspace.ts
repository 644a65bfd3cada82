import * as azure from "@pulumi/azure-native";
import type * as pulumi from "@pulumi/pulumi";
import type { AzurePlace } from "../azure-place";
import { physicalName } from "../cell-context";
import { retentionDays } from "../logs-retention";

/** A Log Analytics workspace keeps records 30 to 730 days. Source: Microsoft Learn, "Log Analytics data retention". */
const retention = { least: 30, most: 730 } as const;

/** A workspace that logs of a role go to. */
export function logWorkspace(
	name: string,
	{ context, group }: AzurePlace,
	opts: pulumi.CustomResourceOptions,
): azure.operationalinsights.Workspace {
	return new azure.operationalinsights.Workspace(
		name,
		{
			resourceGroupName: group.name,
			workspaceName: physicalName(context, "logs", 63),
			sku: { name: "PerGB2018" },
			retentionInDays: Math.min(retention.most, Math.max(retention.least, retentionDays(context))),
			features: { disableLocalAuth: true, enableLogAccessUsingOnlyResourcePermissions: true },
		},
		opts,
	);
}

import * as azure from "@pulumi/azure-native";
import type * as pulumi from "@pulumi/pulumi";
import type { AzurePlace } from "../azure-place";
import { physicalName } from "../cell-context";

/** The stream of everything that Container Insights collects. */
const stream = "Microsoft-ContainerInsights-Group-Default";

export interface InsightsArgs extends AzurePlace {
	readonly cluster: azure.containerservice.ManagedCluster;
	readonly workspaceId: pulumi.Output<string>;
}

/**
 * Brings a cluster's containers into a workspace: the agent that the cluster's add-on runs sends nothing until a rule
 * is associated with the cluster. Source: Microsoft Learn, "Enable Container Insights", read 2026-11-21.
 */
export function collectInsights(name: string, args: InsightsArgs, opts: pulumi.CustomResourceOptions): void {
	const { cluster, context, group, workspaceId } = args;
	const rule = new azure.monitor.DataCollectionRule(
		`${name}-insights`,
		{
			resourceGroupName: group.name,
			dataCollectionRuleName: physicalName(context, "insights", 64),
			kind: "Linux",
			dataSources: {
				extensions: [
					{
						name: "ContainerInsightsExtension",
						extensionName: "ContainerInsights",
						streams: [stream],
						extensionSettings: {
							dataCollectionSettings: { interval: "1m", namespaceFilteringMode: "Off", enableContainerLogV2: true },
						},
					},
				],
			},
			destinations: { logAnalytics: [{ name: "workspace", workspaceResourceId: workspaceId }] },
			dataFlows: [{ streams: [stream], destinations: ["workspace"] }],
		},
		opts,
	);
	new azure.monitor.DataCollectionRuleAssociation(
		`${name}-insights`,
		{ associationName: "ContainerInsightsExtension", dataCollectionRuleId: rule.id, resourceUri: cluster.id },
		opts,
	);
}

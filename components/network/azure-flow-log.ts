import * as azure from "@pulumi/azure-native";
import type * as pulumi from "@pulumi/pulumi";
import type { AzurePlace } from "../azure-place";
import { physicalName } from "../cell-context";

export interface AzureFlowLogArgs extends AzurePlace {
	readonly network: azure.network.VirtualNetwork;
	/** Storage account of the same region. */
	readonly storageId: pulumi.Output<string>;
	/** Where what the records say together goes; it may be in another region than the records. */
	readonly analytics: FlowAnalytics;
}

/** A workspace as traffic analytics names it. */
export interface FlowAnalytics {
	readonly id: pulumi.Output<string>;
	/** Its GUID. */
	readonly customerId: pulumi.Output<string>;
	readonly region: string;
}

/**
 * Records all traffic of a virtual network. Its home is Azure's own: the region's network watcher, which Azure makes in
 * a group of its own with the first network. Source: Microsoft Learn, "Virtual network flow logs", 2026-11-21.
 */
export function azureFlowLog(
	name: string,
	args: AzureFlowLogArgs,
	opts: pulumi.CustomResourceOptions,
): azure.network.FlowLog {
	const { analytics, context, network, storageId } = args;
	return new azure.network.FlowLog(
		name,
		{
			resourceGroupName: "NetworkWatcherRG",
			networkWatcherName: `NetworkWatcher_${context.region}`,
			flowLogName: physicalName(context, "flow-log", 80),
			targetResourceId: network.id,
			storageId,
			enabled: true,
			format: { type: "JSON", version: 2 },
			// The store's own lifecycle deletes old records: with a policy here Azure would write over it.
			retentionPolicy: { enabled: false, days: 0 },
			flowAnalyticsConfiguration: {
				networkWatcherFlowAnalyticsConfiguration: {
					enabled: true,
					workspaceId: analytics.customerId,
					workspaceRegion: analytics.region,
					workspaceResourceId: analytics.id,
					trafficAnalyticsInterval: 60,
				},
			},
		},
		opts,
	);
}

import * as azure from "@pulumi/azure-native";
import type * as pulumi from "@pulumi/pulumi";
import type { AzurePlace } from "../azure-place";

/** The two schedules that AKS knows by name: of the cluster's own upgrades, and of its nodes' images. */
const schedules = ["aksManagedAutoUpgradeSchedule", "aksManagedNodeOSUpgradeSchedule"] as const;

/** Upgrades start on Saturdays from 02:00 UTC, and run for 8 hours at most. */
export function maintainOnWeekends(
	name: string,
	{ group, clusterName }: Pick<AzurePlace, "group"> & { readonly clusterName: pulumi.Output<string> },
	opts: pulumi.CustomResourceOptions,
): void {
	for (const configName of schedules) {
		new azure.containerservice.MaintenanceConfiguration(
			`${name}-${configName}`,
			{
				resourceGroupName: group.name,
				resourceName: clusterName,
				configName,
				maintenanceWindow: {
					schedule: { weekly: { dayOfWeek: "Saturday", intervalWeeks: 1 } },
					startTime: "02:00",
					utcOffset: "+00:00",
					durationHours: 8,
				},
			},
			opts,
		);
	}
}

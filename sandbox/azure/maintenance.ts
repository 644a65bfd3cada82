import { faultsOf, outside } from "../check/fault-table";
import { isAbsent, isSet, list, number, object, text } from "../check/inputs";
import type { CheckContext, Fault, TypeModel } from "../model";
import { inGroup } from "./arm-id";
import { defineAzure } from "./define";
import { TYPE } from "./types";

const WINDOW = "maintenanceWindow";

/** When AKS may upgrade a cluster; the name says what: the cluster, the nodes' OS, or all of AKS's own releases. */
export const maintenanceConfiguration: TypeModel = defineAzure({
	type: TYPE.maintenance,
	path: inGroup("Microsoft.ContainerService/managedClusters/{resourceName}/maintenanceConfigurations/{configName}"),
	naming: {
		pattern: /^(default|aksManagedAutoUpgradeSchedule|aksManagedNodeOSUpgradeSchedule)$/,
		allowed: '"default", "aksManagedAutoUpgradeSchedule" or "aksManagedNodeOSUpgradeSchedule"',
		fixed: "aksManagedAutoUpgradeSchedule",
	},
	check: windowFaults,
});

function windowFaults({ inputs }: CheckContext): Fault[] {
	const name = text(inputs, "configName");
	const schedules = Object.keys(object(inputs, `${WINDOW}.schedule`)).filter((key) =>
		isSet(inputs, `${WINDOW}.schedule.${key}`),
	);
	const start = text(inputs, `${WINDOW}.startTime`);
	const offset = text(inputs, `${WINDOW}.utcOffset`);
	const weekly = list(inputs, "timeInWeek").length > 0;
	return faultsOf([
		outside(number(inputs, `${WINDOW}.durationHours`), `${WINDOW}.durationHours`, { min: 4, max: 24, unit: "hours" }),
		{
			when: isSet(inputs, WINDOW) && schedules.length !== 1 && Object.keys(object(inputs, WINDOW)).length > 0,
			property: `${WINDOW}.schedule`,
			reason: `must be exactly one of daily, weekly, absoluteMonthly and relativeMonthly, but ${schedules.join(" and ") || "none"} was given`,
		},
		{
			when: start !== undefined && !/^([01]\d|2[0-3]):[0-5]\d$/.test(start),
			property: `${WINDOW}.startTime`,
			reason: `must be 00:00 to 23:59, but ${JSON.stringify(start)} was given`,
		},
		{
			when: offset !== undefined && !/^[+-](0\d|1[0-4]):(00|30|45)$/.test(offset),
			property: `${WINDOW}.utcOffset`,
			reason: `must be an offset such as +02:00, but ${JSON.stringify(offset)} was given`,
		},
		{
			when: name !== undefined && name !== "default" && isAbsent(inputs, WINDOW),
			property: WINDOW,
			reason: `is required for ${name}; set it`,
		},
		{
			when: weekly && name !== undefined && name !== "default",
			property: "timeInWeek",
			reason: `belongs to the configuration "default"; give maintenanceWindow for ${name}`,
		},
	]);
}

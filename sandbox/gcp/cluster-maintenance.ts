import { isObject, type Value } from "../../lib/values";
import { faultsOf } from "../check/fault-table";
import { isAbsent, isSet, list, text } from "../check/inputs";
import type { CheckContext, Fault } from "../model";

const POLICY = "maintenancePolicy";
const WINDOWS = ["dailyMaintenanceWindow", "recurringWindow", "recurringMaintenanceWindow"];
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * Scopes of an exclusion with the longest time it may last, in days. Source: GKE, Maintenance windows and exclusions:
 * 90 days without any upgrade, otherwise until the end of support; unverified.
 */
const SCOPES: { readonly [scope: string]: number | undefined } = {
	NO_UPGRADES: 90,
	NO_MINOR_UPGRADES: undefined,
	NO_MINOR_OR_NODE_UPGRADES: undefined,
};

/** At most this many exclusions, of which 3 of NO_UPGRADES. Source: as above, unverified. */
const MOST = { all: 20, noUpgrades: 3 };

/** What is wrong with the times in which GKE may, and may not, upgrade the cluster. */
export function maintenanceFaults({ inputs }: CheckContext): Fault[] {
	const windows = WINDOWS.filter((name) => isSet(inputs, `${POLICY}.${name}`));
	const exclusions = list(inputs, `${POLICY}.maintenanceExclusions`);
	const none = exclusions.filter((each) => scopeOf(each) === "NO_UPGRADES").length;
	return [
		...windowFaults(inputs),
		...exclusions.flatMap((each, i) => (isObject(each) ? exclusionFaults(inputs, each, i) : [])),
		...faultsOf([
			{
				when: windows.length > 1,
				property: `${POLICY}.${windows[1]}`,
				reason: `cannot be combined with ${windows[0]}; keep one window`,
			},
			{
				when: exclusions.length > MOST.all || none > MOST.noUpgrades,
				property: `${POLICY}.maintenanceExclusions`,
				reason: `must be at most ${MOST.all}, of which ${MOST.noUpgrades} of scope NO_UPGRADES, but ${exclusions.length} and ${none} were given`,
			},
		]),
	];
}

/** A window lasts at least 4 hours, and comes back. Source: GKE, Maintenance windows, unverified. */
function windowFaults(inputs: CheckContext["inputs"]): Fault[] {
	const at = `${POLICY}.recurringWindow`;
	const [start, end] = [text(inputs, `${at}.startTime`), text(inputs, `${at}.endTime`)];
	const length = Date.parse(end ?? "") - Date.parse(start ?? "");
	const recurrence = text(inputs, `${at}.recurrence`);
	const daily = text(inputs, `${POLICY}.dailyMaintenanceWindow.startTime`);
	return faultsOf([
		...[start, end].map((time, i) => ({
			when: time !== undefined && !TIME.test(time),
			property: `${at}.${i === 0 ? "startTime" : "endTime"}`,
			reason: `must be a time of RFC 3339 such as 2026-01-03T02:00:00Z, but ${JSON.stringify(time)} was given`,
		})),
		{
			when: start !== undefined && end !== undefined && !(length >= 4 * HOUR && length <= DAY),
			property: `${at}.endTime`,
			reason: `must be 4 to 24 hours after startTime, but ${length / HOUR} hours were given`,
		},
		{
			when: recurrence !== undefined && !/^FREQ=(DAILY|WEEKLY|MONTHLY)(;[A-Z]+=[A-Z0-9,+-]+)*$/.test(recurrence),
			property: `${at}.recurrence`,
			reason: `must be a rule of RFC 5545 such as FREQ=WEEKLY;BYDAY=SA,SU, but ${JSON.stringify(recurrence)} was given`,
		},
		{
			when: daily !== undefined && !/^([01]\d|2[0-3]):[0-5]\d$/.test(daily),
			property: `${POLICY}.dailyMaintenanceWindow.startTime`,
			reason: `must be a time of day in GMT such as 03:00, but ${JSON.stringify(daily)} was given`,
		},
	]);
}

function scopeOf(exclusion: Value): string {
	return (isObject(exclusion) ? text(exclusion, "exclusionOptions.scope") : undefined) ?? "NO_UPGRADES";
}

function exclusionFaults(inputs: CheckContext["inputs"], exclusion: Value, i: number): Fault[] {
	const at = `${POLICY}.maintenanceExclusions[${i}]`;
	const scope = scopeOf(exclusion);
	const [start, end] = [text(exclusion, "startTime"), text(exclusion, "endTime")];
	const days = (Date.parse(end ?? "") - Date.parse(start ?? "")) / DAY;
	const most = SCOPES[scope];
	const open = text(exclusion, "exclusionOptions.endTimeBehavior") === "UNTIL_END_OF_SUPPORT";
	const channel = text(inputs, "releaseChannel.channel");
	return faultsOf([
		{
			when: !Object.hasOwn(SCOPES, scope),
			property: `${at}.exclusionOptions.scope`,
			reason: `must be "NO_UPGRADES", "NO_MINOR_UPGRADES" or "NO_MINOR_OR_NODE_UPGRADES", but ${JSON.stringify(scope)} was given`,
		},
		{
			when: isAbsent(exclusion, "endTime") === !open,
			property: `${at}.endTime`,
			reason: "exactly one of endTime and endTimeBehavior UNTIL_END_OF_SUPPORT is needed",
		},
		{
			when: end !== undefined && start !== undefined && !(days > 0 && days <= (most ?? Number.POSITIVE_INFINITY)),
			property: `${at}.endTime`,
			reason: `must be after startTime${most === undefined ? "" : ` and at most ${most} days later`}, but ${days} days were given`,
		},
		{
			when: scope !== "NO_UPGRADES" && Object.hasOwn(SCOPES, scope) && channel === "UNSPECIFIED",
			property: `${at}.exclusionOptions.scope`,
			reason: `${scope} needs a release channel; set releaseChannel.channel or use NO_UPGRADES`,
		},
	]);
}

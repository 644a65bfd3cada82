import { faultsOf, type Refusal } from "../check/fault-table";
import { isAbsent, isSet, number, text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, Fault, TypeModel } from "../model";
import { defineAws } from "./define";
import { arn, uuid } from "./names";

const SCHEDULE = "aws:autoscaling/schedule:Schedule";
const SIZES = ["minSize", "desiredCapacity", "maxSize"] as const;
const TIMES = ["startTime", "endTime"] as const;

/** The value by which the provider leaves a size alone. */
const UNCHANGED = -1;

/**
 * A scheduled action of an Auto Scaling group; the group goes with its actions. Times lie ahead when they are set, and no
 * two actions of a group begin at once. Source: Amazon EC2 Auto Scaling API reference, PutScheduledUpdateGroupAction.
 */
export const schedule: TypeModel = defineAws({
	type: SCHEDULE,
	name: { path: "scheduledActionName", pattern: /^.{1,255}$/, allowed: "1 to 255 characters", unique: "none" },
	references: [
		{
			path: "autoscalingGroupName",
			to: ["aws:eks/nodeGroup:NodeGroup"],
			by: "resources[].autoscalingGroups[].name",
			holds: false,
		},
	],
	check: (context) => [...sizeFaults(context), ...timeFaults(context), ...twinFaults(context)],
	defaults: { desiredCapacity: 0, maxSize: 0, minSize: 0, recurrence: "", timeZone: "" },
	id: ({ inputs }) => text(inputs, "scheduledActionName") ?? "",
	computed: (context) => {
		const [group, name] = ["autoscalingGroupName", "scheduledActionName"].map((path) => text(context.inputs, path));
		const action = `scheduledUpdateGroupAction:${uuid(context)}:autoScalingGroupName/${group}`;
		return { arn: arn(context.scope, "autoscaling", `${action}:scheduledActionName/${name}`) };
	},
});

/** What the provider leaves out it sets to 0, so that a desired size alone would be above the largest. */
function sizeFaults({ inputs }: CheckContext): Fault[] {
	const given = (path: string): number | undefined => (isAbsent(inputs, path) ? 0 : number(inputs, path));
	const [min, desired, max] = SIZES.map(given);
	const above = (a: number | undefined, b: number | undefined): boolean =>
		a !== undefined && b !== undefined && a !== UNCHANGED && b !== UNCHANGED && a > b;
	return faultsOf([
		{
			when: above(min, max) || above(min, desired) || above(desired, max),
			property: "desiredCapacity",
			reason: `must have minSize at most desiredCapacity at most maxSize, but ${min}, ${desired}, ${max} was given (what is left out counts as 0); give -1 for a size that stays`,
		},
		...SIZES.map((path) => below(number(inputs, path), path)),
		{
			when: SIZES.every((path) => given(path) === UNCHANGED),
			property: "desiredCapacity",
			reason: "at least one of minSize, desiredCapacity and maxSize must change; give one",
		},
	]);
}

function below(size: number | undefined, property: string): Refusal {
	return {
		when: size !== undefined && size < UNCHANGED,
		property,
		reason: `must be at least 0 instances, or -1 for a size that stays, but ${size} was given`,
	};
}

function timeFaults({ inputs, self }: CheckContext): Fault[] {
	const [starts, ends] = TIMES.map((path) => text(inputs, path));
	const known = TIMES.flatMap((path) => {
		const value = text(inputs, path);
		return value === undefined ? [] : [{ path, value, set: value !== text(self?.inputs, path) }];
	});
	return faultsOf([
		{
			when: isAbsent(inputs, "startTime") && isAbsent(inputs, "recurrence"),
			property: "startTime",
			reason: "is required unless recurrence is given; set a time",
		},
		...known.map(({ path, value }) => ({
			when: !isTime(value),
			property: path,
			reason: `must be a time in UTC as 2026-12-01T11:30:00Z, but ${JSON.stringify(value)} was given`,
		})),
		...known.map(({ path, value, set }) => ({
			when: set && isTime(value) && Date.parse(value) < Date.now(),
			property: path,
			reason: `Given ${path} is in the past: ${value}; give a time that lies ahead, or remove the action`,
		})),
		{
			when: starts !== undefined && ends !== undefined && Date.parse(ends) <= Date.parse(starts),
			property: "endTime",
			reason: `must be later than startTime ${starts}, but ${ends} was given`,
		},
	]);
}

function isTime(value: string): boolean {
	return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value) && !Number.isNaN(Date.parse(value));
}

function twinFaults(context: CheckContext): Fault[] {
	const group = text(context.inputs, "autoscalingGroupName");
	const others = group === undefined ? [] : context.world.find([SCHEDULE], "autoscalingGroupName", group);
	const same = (path: string): boolean =>
		isSet(context.inputs, path) &&
		others.some(
			(other) => !isSelf(other, context) && text(other.outputs, path) === (text(context.inputs, path) ?? "unknown"),
		);
	return faultsOf([
		{
			when: same("scheduledActionName"),
			property: "scheduledActionName",
			reason: `must be unique within the Auto Scaling group ${group}; choose another`,
		},
		{
			when: same("startTime"),
			property: "startTime",
			reason: `another action of ${group} begins at the same time; choose another time`,
		},
	]);
}

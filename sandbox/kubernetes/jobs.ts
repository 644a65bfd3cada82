import { isUnknown, type Properties, type Value } from "../../lib/values";
import { faultsOf, type Refusal } from "../check/fault-table";
import { isSet, object, text } from "../check/inputs";
import type { TypeModel } from "../model";
import { defineKind } from "./define";
import { subdomain } from "./names";
import { templateRows } from "./pod-template";

/** Pods that run to their end. */
export const job: TypeModel = defineKind({
	type: "kubernetes:batch/v1:Job",
	names: subdomain(63),
	values: { "spec.completionMode": ["NonIndexed", "Indexed"] },
	check: ({ inputs }) => faultsOf(jobRows(object(inputs, "spec"), "spec")),
	derived: () => ({ status: { active: 1 } }),
});

/** Jobs at times; its name leaves room for the jobs' suffix (52 characters). */
export const cronJob: TypeModel = defineKind({
	type: "kubernetes:batch/v1:CronJob",
	names: subdomain(52),
	values: { "spec.concurrencyPolicy": ["Allow", "Forbid", "Replace"] },
	check: ({ inputs }) => {
		const schedule = text(inputs, "spec.schedule");
		const fields = schedule?.trim().split(/\s+/) ?? [];
		const named = /^@(yearly|annually|monthly|weekly|daily|midnight|hourly|every \S+)$/.test(schedule ?? "");
		return faultsOf([
			{
				when:
					schedule !== undefined &&
					!named &&
					(fields.length !== 5 || fields.some((field) => !/^[\w*/,?-]+$/.test(field))),
				property: "spec.schedule",
				reason: `must be five cron fields or a name such as @daily, but ${JSON.stringify(schedule)} was given`,
			},
			...jobRows(object(inputs, "spec.jobTemplate.spec"), "spec.jobTemplate.spec"),
		]);
	},
	derived: () => ({ status: {} }),
});

/** A job's pods end, so their restart policy must be said and cannot be Always. */
function jobRows(spec: Properties, at: string): Refusal[] {
	const pod: Value | undefined = spec.template;
	return [
		...templateRows(spec, at, ["Never", "OnFailure"]),
		{
			when: isSet(spec, "template.spec") && !isUnknown(pod) && !isSet(spec, "template.spec.restartPolicy"),
			property: `${at}.template.spec.restartPolicy`,
			reason: "is required for jobs: Never or OnFailure",
		},
	];
}

/** How many pods of a set may be away at once. */
export const podDisruptionBudget: TypeModel = defineKind({
	type: "kubernetes:policy/v1:PodDisruptionBudget",
	values: { "spec.unhealthyPodEvictionPolicy": ["IfHealthyBudget", "AlwaysAllow"] },
	check: ({ inputs }) => {
		const given = ["minAvailable", "maxUnavailable"].filter((path) => isSet(inputs, `spec.${path}`));
		const bad = given.find((path) => {
			const value = text(inputs, `spec.${path}`);
			return value !== undefined && !/^\d{1,3}%$/.test(value);
		});
		return faultsOf([
			{
				when: given.length > 1,
				property: "spec.minAvailable",
				reason: "cannot be combined with maxUnavailable; remove one of them",
			},
			{
				when: bad !== undefined,
				property: `spec.${bad}`,
				reason: "must be a number of pods or a percentage such as 50%",
			},
		]);
	},
	derived: () => ({ status: { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 } }),
});

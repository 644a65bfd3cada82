import { isUnknown, type Properties, type Value } from "../../lib/values";
import { faultsOf, type Refusal } from "../check/fault-table";
import { isSet, list, number, object, text } from "../check/inputs";
import type { CheckContext, Fault, TypeModel } from "../model";
import { defineKind } from "./define";
import { subdomain } from "./names";

const POLICIES = ["Always", "IfNotPresent", "Never"];

/** Rows that hold for every pod template: selector, container names, restart policy. */
function templateRows(spec: Properties, at: string, restart: readonly string[]): Refusal[] {
	const containers = list(spec, "template.spec.containers");
	const names = containers.map((container) => text(container, "name"));
	const twice = names.find((name, i) => name !== undefined && names.indexOf(name) !== i);
	const policy = text(spec, "template.spec.restartPolicy");
	return [
		{
			when: isSet(spec, "template.spec") && !isUnknown(spec.template) && containers.length === 0,
			property: `${at}.template.spec.containers`,
			reason: "must hold at least one container",
		},
		{
			when: twice !== undefined,
			property: `${at}.template.spec.containers`,
			reason: `the name ${JSON.stringify(twice)} occurs twice; container names are unique within a pod`,
		},
		{
			when: policy !== undefined && !restart.includes(policy),
			property: `${at}.template.spec.restartPolicy`,
			reason: `must be ${restart.join(" or ")} here, but ${policy} was given`,
		},
		...containers.map((container, i) => ({
			when: !["", ...POLICIES].includes(text(container, "imagePullPolicy") ?? ""),
			property: `${at}.template.spec.containers[${i}].imagePullPolicy`,
			reason: `must be ${POLICIES.join(", ")}, but ${text(container, "imagePullPolicy")} was given`,
		})),
	];
}

function selectorRow(spec: Properties): Refusal {
	const wanted = object(spec, "selector.matchLabels");
	const labels = object(spec, "template.metadata.labels");
	const miss = Object.entries(wanted).find(
		([key, value]) => !isUnknown(value) && !isUnknown(labels[key]) && labels[key] !== value,
	);
	return {
		when: miss !== undefined && !isUnknown(spec.template),
		property: "spec.selector.matchLabels",
		reason: `must match the template's labels, but ${miss?.[0]} is ${JSON.stringify(labels[miss?.[0] ?? ""] ?? null)} there`,
	};
}

function controller({ inputs }: CheckContext): Fault[] {
	const spec = object(inputs, "spec");
	const replicas = number(spec, "replicas");
	return faultsOf([
		selectorRow(spec),
		...templateRows(spec, "spec", ["Always"]),
		{
			when: replicas !== undefined && (replicas < 0 || !Number.isInteger(replicas)),
			property: "spec.replicas",
			reason: `must be a whole number of at least 0, but ${replicas} was given`,
		},
	]);
}

/** A controller is ready at once: the sandbox's nodes are simulated. */
function ready({ inputs }: { inputs: Properties }): Properties {
	const replicas = number(inputs, "spec.replicas") ?? 1;
	return {
		status: {
			availableReplicas: replicas,
			observedGeneration: 1,
			readyReplicas: replicas,
			replicas,
			updatedReplicas: replicas,
		},
	};
}

export const deployment: TypeModel = defineKind({
	type: "kubernetes:apps/v1:Deployment",
	values: { "spec.strategy.type": ["RollingUpdate", "Recreate"] },
	check: controller,
	derived: ready,
});

export const statefulSet: TypeModel = defineKind({
	type: "kubernetes:apps/v1:StatefulSet",
	values: {
		"spec.podManagementPolicy": ["OrderedReady", "Parallel"],
		"spec.updateStrategy.type": ["RollingUpdate", "OnDelete"],
	},
	check: controller,
	derived: ready,
});

export const daemonSet: TypeModel = defineKind({
	type: "kubernetes:apps/v1:DaemonSet",
	values: { "spec.updateStrategy.type": ["RollingUpdate", "OnDelete"] },
	check: controller,
	derived: () => ({
		status: { currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0 },
	}),
});

export const job: TypeModel = defineKind({
	type: "kubernetes:batch/v1:Job",
	names: subdomain(63),
	values: { "spec.completionMode": ["NonIndexed", "Indexed"] },
	check: ({ inputs }) => faultsOf(jobRows(object(inputs, "spec"), "spec")),
	derived: () => ({ status: { active: 1 } }),
});

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

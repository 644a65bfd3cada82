import { isUnknown, type Properties } from "../../lib/values";
import { faultsOf, type Refusal } from "../check/fault-table";
import { number, object } from "../check/inputs";
import type { CheckContext, Fault, TypeModel } from "../model";
import { defineKind } from "./define";
import { templateRows } from "./pod-template";

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

/** Replicated pods that are replaced in a rolling way. */
export const deployment: TypeModel = defineKind({
	type: "kubernetes:apps/v1:Deployment",
	values: { "spec.strategy.type": ["RollingUpdate", "Recreate"] },
	check: controller,
	derived: ready,
});

/** Replicated pods with names and volumes of their own. */
export const statefulSet: TypeModel = defineKind({
	type: "kubernetes:apps/v1:StatefulSet",
	values: {
		"spec.podManagementPolicy": ["OrderedReady", "Parallel"],
		"spec.updateStrategy.type": ["RollingUpdate", "OnDelete"],
	},
	check: controller,
	derived: ready,
});

/** One pod a node. */
export const daemonSet: TypeModel = defineKind({
	type: "kubernetes:apps/v1:DaemonSet",
	values: { "spec.updateStrategy.type": ["RollingUpdate", "OnDelete"] },
	check: controller,
	derived: () => ({
		status: { currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0 },
	}),
});

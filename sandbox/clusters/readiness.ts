import { isObject, type Properties, type Value } from "../../lib/values";
import { list, number, object, text } from "../check/inputs";

/** Says what an object waits for, or nothing where it is ready. */
type Waits = (object: Properties) => string | undefined;

/** Why an object of a kind is not ready yet, or nothing where it is; a kind that is not here is ready once it exists. */
export function waitsFor(live: Properties): string | undefined {
	return kinds[text(live, "kind") ?? ""]?.(live);
}

/** The conditions that the kubernetes provider of Pulumi waits for. Source: its documentation, "pulumi.com/skipAwait", 2026-11-21. */
const kinds: { readonly [kind: string]: Waits } = {
	Namespace: (live) => unless(text(live, "status.phase") === "Active", "it is not active yet"),
	Deployment: (live) => replicas(live, "availableReplicas"),
	StatefulSet: (live) => replicas(live, "readyReplicas"),
	DaemonSet: (live) => {
		const [ready, wanted] = [number(live, "status.numberReady") ?? 0, number(live, "status.desiredNumberScheduled")];
		return (
			observed(live) ?? unless(wanted !== undefined && ready >= wanted, `${ready} of ${wanted ?? "?"} pods are ready`)
		);
	},
	Pod: (live) => unless(hasCondition(live, "Ready") || text(live, "status.phase") === "Succeeded", podState(live)),
	Job: (live) =>
		unless(hasCondition(live, "Complete") || hasCondition(live, "SuccessCriteriaMet"), "its pods have not ended yet"),
	Service: (live) =>
		unless(
			text(live, "spec.type") !== "LoadBalancer" || list(live, "status.loadBalancer.ingress").length > 0,
			"its load balancer has no address yet",
		),
	CustomResourceDefinition: (live) => unless(hasCondition(live, "Established"), "it is not established yet"),
};

function unless(isReady: boolean, reason: string): string | undefined {
	return isReady ? undefined : reason;
}

function replicas(live: Properties, field: string): string | undefined {
	const wanted = number(live, "spec.replicas") ?? 1;
	const ready = number(live, `status.${field}`) ?? 0;
	return observed(live) ?? unless(ready >= wanted, `${ready} of ${wanted} pods are ready`);
}

/** A controller that has not seen the latest change says nothing about it. */
function observed(live: Properties): string | undefined {
	const [seen, latest] = [number(live, "status.observedGeneration") ?? 0, number(live, "metadata.generation") ?? 1];
	return unless(seen >= latest, "its controller has not seen it yet");
}

function hasCondition(live: Properties, type: string): boolean {
	return conditions(live).some((each) => text(each, "type") === type && text(each, "status") === "True");
}

function conditions(live: Properties): Value[] {
	return list(live, "status.conditions");
}

/** True for a pod that the scheduler has neither placed nor turned away yet. */
export function isUndecided(pod: Properties): boolean {
	return text(pod, "spec.nodeName") === undefined && unplaced(pod) === undefined;
}

/** The scheduler's own words where a pod finds no node, without what it says of preemption. */
export function podState(pod: Properties): string {
	return (
		text(unplaced(pod), "message")?.replace(/\.? (no new claims to deallocate|preemption:).*$/s, "") ??
		`its phase is ${text(pod, "status.phase") ?? "unknown"}`
	);
}

function unplaced(pod: Properties): Value | undefined {
	return conditions(pod).find(
		(each) => isObject(each) && text(each, "type") === "PodScheduled" && text(each, "status") === "False",
	);
}

/** True where a pod belongs to an object by its selector. */
export function isSelected(live: Properties, pod: Properties): boolean {
	const wanted = Object.entries(object(live, "spec.selector.matchLabels"));
	const labels = object(pod, "metadata.labels");
	return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
}

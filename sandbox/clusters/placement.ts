import type { Properties } from "../../lib/values";
import { object, text } from "../check/inputs";
import { type Manifest, plain } from "./manifest";
import { isReady } from "./nodes";
import { standsForAnnotation } from "./placeholders";
import { podState } from "./readiness";

/** A pod and where it runs. */
export interface PlacedPod {
	readonly namespace: string;
	readonly name: string;
	/** Nothing while it is pending. */
	readonly node?: string;
	readonly phase: string;
	/** Why it has no node, in the scheduler's words. */
	readonly why?: string;
	/** What it is a placeholder for, or what it was expanded from. */
	readonly standsFor?: string;
}

/** What runs where in a cluster. */
export interface Placement {
	readonly nodes: { readonly total: number; readonly ready: number };
	readonly pods: readonly PlacedPod[];
}

/** Reads off a cluster's nodes and pods what runs where; pods in order of namespace and name. */
export function placementOf(nodes: readonly Manifest[], pods: readonly Manifest[]): Placement {
	return {
		nodes: { total: nodes.length, ready: nodes.filter(isReady).length },
		pods: pods.map((pod) => placed(plain(pod))).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
	};
}

/** Pods without a node. */
export function pendingPods({ pods }: Placement): PlacedPod[] {
	return pods.filter(({ node }) => node === undefined);
}

/** What stands for something else, with the number of pods: `chart argo-cd: 10`. */
export function standIns({ pods }: Placement): { readonly standsFor: string; readonly pods: number }[] {
	const counts = new Map<string, number>();
	for (const { standsFor } of pods) {
		if (standsFor !== undefined) {
			counts.set(standsFor, (counts.get(standsFor) ?? 0) + 1);
		}
	}
	return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([standsFor, count]) => ({ standsFor, pods: count }));
}

function placed(pod: Properties): PlacedPod {
	const node = text(pod, "spec.nodeName");
	const standsFor = object(pod, "metadata.annotations")[standsForAnnotation];
	return {
		namespace: text(pod, "metadata.namespace") ?? "default",
		name: text(pod, "metadata.name") ?? "",
		phase: text(pod, "status.phase") ?? "Unknown",
		...(node === undefined ? { why: podState(pod) } : { node }),
		...(typeof standsFor === "string" ? { standsFor } : {}),
	};
}

function keyOf({ namespace, name }: PlacedPod): string {
	return `${namespace}/${name}`;
}

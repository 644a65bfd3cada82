import { createHash } from "node:crypto";
import { leaderWorkerSet } from "../../../catalogue/kubernetes/leader-worker-set";
import type { Manifest } from "../manifest";
import type { CustomObject, PodTemplate, Texts } from "./custom-object";

type LeaderWorkerSet = CustomObject<typeof leaderWorkerSet>;

/** Source of keys: LeaderWorkerSet 0.11, "Labels, Annotations and Environment Variables", read 2026-11-21. */
const keys = {
	name: "leaderworkerset.sigs.k8s.io/name",
	groupIndex: "leaderworkerset.sigs.k8s.io/group-index",
	groupKey: "leaderworkerset.sigs.k8s.io/group-key",
	workerIndex: "leaderworkerset.sigs.k8s.io/worker-index",
	size: "leaderworkerset.sigs.k8s.io/size",
	replicas: "leaderworkerset.sigs.k8s.io/replicas",
	leaderName: "leaderworkerset.sigs.k8s.io/leader-name",
	subdomainPolicy: "leaderworkerset.sigs.k8s.io/subdomainPolicy",
	exclusiveTopology: "leaderworkerset.sigs.k8s.io/exclusive-topology",
} as const;

/**
 * The sets of pods that the LeaderWorkerSet operator makes: one of all groups' leaders, `<name>-<group>`, and for each
 * group one of its workers, `<name>-<group>-<index>` from 1 on. A group of one pod has no workers, and a set of no groups
 * keeps its set of leaders, with none. What the operator's webhook sets pod by pod (a leader's group-index, a worker's
 * worker-index, exclusive placement, environment) is not in a template, nor here: a pod's place in its set is in
 * Kubernetes' own label `apps.kubernetes.io/pod-index`. Workers come at once, whatever the startup policy.
 */
export function expandLeaderWorkerSet(set: LeaderWorkerSet): Manifest[] {
	const { leaderWorkerTemplate: template, replicas = defaults.replicas.default } = set.spec;
	const { size = defaults.leaderWorkerTemplate.properties.size.default } = template;
	const groups = size > 1 ? replicas : 0;
	return [leaders(set, replicas, size), ...Array.from({ length: groups }, (_, group) => workers(set, group, size))];
}

const defaults = leaderWorkerSet.spec.properties;

function leaders(set: LeaderWorkerSet, replicas: number, size: number): Manifest {
	const { name } = set.metadata;
	const { leaderTemplate, workerTemplate } = set.spec.leaderWorkerTemplate;
	const selector = { [keys.name]: name, [keys.workerIndex]: "0" };
	const annotations = hasOwnSubdomains(set) ? { [keys.subdomainPolicy]: "UniquePerReplica" } : {};
	return statefulSet(set, {
		name,
		labels: { [keys.name]: name },
		annotations: { [keys.replicas]: String(replicas) },
		serviceName: name,
		replicas,
		selector,
		template: marked(leaderTemplate ?? workerTemplate, selector, { ...podAnnotations(set, size), ...annotations }),
	});
}

function workers(set: LeaderWorkerSet, group: number, size: number): Manifest {
	const leader = `${set.metadata.name}-${group}`;
	const labels = {
		[keys.name]: set.metadata.name,
		[keys.groupIndex]: String(group),
		[keys.groupKey]: groupKey(namespaceOf(set), leader),
	};
	return statefulSet(set, {
		name: leader,
		labels,
		serviceName: hasOwnSubdomains(set) ? leader : set.metadata.name,
		replicas: size - 1,
		ordinals: { start: 1 },
		selector: labels,
		template: marked(set.spec.leaderWorkerTemplate.workerTemplate, labels, {
			...podAnnotations(set, size),
			[keys.leaderName]: leader,
		}),
	});
}

interface SetOfPods {
	readonly name: string;
	readonly labels: Texts;
	readonly annotations?: Texts;
	readonly serviceName: string;
	readonly replicas: number;
	readonly ordinals?: { readonly start: number };
	readonly selector: Texts;
	readonly template: PodTemplate;
}

function statefulSet(set: LeaderWorkerSet, { name, labels, annotations, selector, ...rest }: SetOfPods): Manifest {
	const { volumeClaimTemplates, persistentVolumeClaimRetentionPolicy } = set.spec.leaderWorkerTemplate;
	return {
		apiVersion: "apps/v1",
		kind: "StatefulSet",
		metadata: { name, namespace: namespaceOf(set), labels, ...(annotations ? { annotations } : {}) },
		spec: {
			...rest,
			selector: { matchLabels: selector },
			podManagementPolicy: "Parallel",
			...(volumeClaimTemplates ? { volumeClaimTemplates } : {}),
			...(persistentVolumeClaimRetentionPolicy ? { persistentVolumeClaimRetentionPolicy } : {}),
		},
	};
}

function marked(template: PodTemplate, labels: Texts, annotations: Texts): PodTemplate {
	const { metadata } = template;
	return {
		...template,
		metadata: {
			...metadata,
			labels: { ...metadata?.labels, ...labels },
			annotations: { ...metadata?.annotations, ...annotations },
		},
	};
}

function podAnnotations({ metadata }: LeaderWorkerSet, size: number): Texts {
	const topology = metadata.annotations?.[keys.exclusiveTopology];
	return { [keys.size]: String(size), ...(topology ? { [keys.exclusiveTopology]: topology } : {}) };
}

/** As the operator computes it. */
function groupKey(namespace: string, leader: string): string {
	return createHash("sha1").update(`${namespace}/${leader}`).digest("hex");
}

function hasOwnSubdomains({ spec }: LeaderWorkerSet): boolean {
	return spec.networkConfig?.subdomainPolicy === "UniquePerReplica";
}

function namespaceOf({ metadata }: LeaderWorkerSet): string {
	return metadata.namespace ?? "default";
}

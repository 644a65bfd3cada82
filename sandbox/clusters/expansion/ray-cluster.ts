import { rayCluster } from "../../../catalogue/kubernetes/ray-cluster";
import type { SpecOf } from "../../../catalogue/kubernetes/spec-of";
import { fitName } from "../../../lib/names";
import type { Manifest } from "../manifest";
import type { CustomObject, PodTemplate, Texts } from "./custom-object";
import { autoscalerContainer } from "./ray-autoscaler";

type RayCluster = CustomObject<typeof rayCluster>;
type WorkerGroup = NonNullable<SpecOf<typeof rayCluster>["workerGroupSpecs"]>[number];

/** Characters of a pod's name before `-head` or `-worker-`. Source: KubeRay 1.6, its names of pods, read 2026-11-21. */
const nameLimit = 50;

/**
 * The pods that the KubeRay operator makes: a head, `<cluster>-head`, and for each group of workers replicas times hosts,
 * `<cluster>-<group>-worker-<replica>`, with `-<host>` behind it where a replica has several hosts. The operator draws
 * the end of a worker's name at random; here it is the place, so that the same cluster gives the same pods. None for a
 * cluster or group that is suspended, nor for one that another controller manages. What the operator adds to containers
 * (the start command, probes, the wait for the head) is left out: nothing runs in them.
 */
export function expandRayCluster(cluster: RayCluster): Manifest[] {
	const { suspend = false, managedBy = operator, workerGroupSpecs = [] } = cluster.spec;
	if (suspend || managedBy !== operator) {
		return [];
	}
	return [head(cluster), ...workerGroupSpecs.flatMap((group) => workers(cluster, group))];
}

const operator = "ray.io/kuberay-operator";

function head(cluster: RayCluster): Manifest {
	const { headGroupSpec: group, enableInTreeAutoscaling = false } = cluster.spec;
	const { template } = group;
	const containers = [
		...template.spec.containers,
		...(enableInTreeAutoscaling ? [autoscalerContainer(cluster.spec)] : []),
	];
	const role = { type: "head", group: "headgroup" } as const;
	return pod(cluster, {
		name: `${prefix(cluster.metadata.name)}-head`,
		template: { ...template, spec: { ...template.spec, containers } },
		labels: labelsOf(cluster, role, { ...template.metadata?.labels, ...group.labels }),
	});
}

function workers(cluster: RayCluster, group: WorkerGroup): Manifest[] {
	const { groupName, template, numOfHosts = defaults.numOfHosts.default } = group;
	const name = prefix(`${cluster.metadata.name}-${groupName}`);
	const labels = labelsOf(
		cluster,
		{ type: "worker", group: groupName },
		{ ...template.metadata?.labels, ...group.labels },
	);
	return Array.from({ length: replicasOf(group) * numOfHosts }, (_, index) => {
		const [replica, host] = [Math.floor(index / numOfHosts), index % numOfHosts];
		const place = numOfHosts > 1 ? `${replica}-${host}` : String(replica);
		return pod(cluster, { name: `${name}-worker-${place}`, template, labels });
	});
}

const defaults = rayCluster.spec.properties.workerGroupSpecs.items.properties;

/** Within its bounds; the least where nothing else is said. */
function replicasOf({
	suspend = false,
	minReplicas = defaults.minReplicas.default,
	maxReplicas = defaults.maxReplicas.default,
	replicas = minReplicas,
}: WorkerGroup): number {
	return suspend ? 0 : Math.min(Math.max(replicas, minReplicas), maxReplicas);
}

/** Type, group and cluster are the operator's; the others give way to labels of the same key. */
function labelsOf(
	{ metadata }: RayCluster,
	{ type, group }: { readonly type: "head" | "worker"; readonly group: string },
	given: Texts,
): Texts {
	return {
		"ray.io/is-ray-node": "yes",
		"ray.io/identifier": labelValue(`${metadata.name}-${type}`),
		"app.kubernetes.io/name": "kuberay",
		"app.kubernetes.io/created-by": "kuberay-operator",
		...given,
		"ray.io/cluster": metadata.name,
		"ray.io/node-type": type,
		"ray.io/group": labelValue(group),
	};
}

interface RayPod {
	readonly name: string;
	readonly template: PodTemplate;
	readonly labels: Texts;
}

function pod({ metadata }: RayCluster, { name, template, labels }: RayPod): Manifest {
	const namespace = metadata.namespace ?? "default";
	return {
		apiVersion: "v1",
		kind: "Pod",
		metadata: { ...template.metadata, name, namespace, labels },
		spec: template.spec,
	};
}

function prefix(name: string): string {
	return fitName(name.toLowerCase(), nameLimit);
}

/** The end of a text that is too long for a label's value, as the operator cuts it. */
function labelValue(text: string): string {
	return text.slice(-63).replace(/^[^A-Za-z0-9]/, "r");
}

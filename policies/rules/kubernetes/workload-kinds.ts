/** Kinds that carry a pod or a pod template, by API version: today's, and older ones that SDKs still offer. */
const KINDS: { readonly [version: string]: readonly string[] } = {
	"core/v1": ["Pod", "PodTemplate", "ReplicationController"],
	"apps/v1": ["DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"],
	"apps/v1beta1": ["Deployment", "StatefulSet"],
	"apps/v1beta2": ["DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"],
	"extensions/v1beta1": ["DaemonSet", "Deployment", "ReplicaSet"],
	"batch/v1": ["CronJob", "Job"],
	"batch/v1beta1": ["CronJob"],
	"batch/v2alpha1": ["CronJob"],
};

/** A Helm release, whose objects the engine does not see; it counts as a workload of its namespace. */
export const HELM_RELEASE = "kubernetes:helm.sh/v3:Release";

/** Type tokens of the objects that carry a pod template; a patch must state what it patches, so it is judged too. */
export const POD_TYPES: readonly string[] = tokens(["", "Patch"], () => true);

/** Type tokens of what runs pods in its namespace. */
export const WORKLOAD_TYPES: readonly string[] = [...tokens([""], (kind) => kind !== "PodTemplate"), HELM_RELEASE];

function tokens(suffixes: readonly string[], wanted: (kind: string) => boolean): string[] {
	return Object.entries(KINDS).flatMap(([version, kinds]) =>
		kinds.filter(wanted).flatMap((kind) => suffixes.map((suffix) => `kubernetes:${version}:${kind}${suffix}`)),
	);
}

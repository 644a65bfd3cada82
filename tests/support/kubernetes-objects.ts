import type { Properties } from "../../lib/values";
import type { Refused } from "../unit/sandbox/stage";

/** Type token of a kind, as `core/v1:Namespace`. */
export const K = (kind: string): string => `kubernetes:${kind}`;
const meta = (name: string): Properties => ({ name, namespace: "serving" });

const pod: Properties = { metadata: { labels: { app: "a" } }, spec: { containers: [{ name: "a", image: "a" }] } };
const ended: Properties = { spec: { containers: [{ name: "a", image: "a" }], restartPolicy: "Never" } };
const controller: Properties = { selector: { matchLabels: { app: "a" } }, template: pod };

/** Good inputs of each kind. */
export const GOOD: { readonly [type: string]: Properties } = {
	[K("core/v1:Namespace")]: { metadata: { name: "other" } },
	[K("core/v1:ServiceAccount")]: { metadata: meta("loader") },
	[K("core/v1:ConfigMap")]: { metadata: meta("settings"), data: { "a.yaml": "b" } },
	[K("core/v1:Secret")]: { metadata: meta("token"), data: { a: "YQ==" } },
	[K("core/v1:ResourceQuota")]: {
		metadata: meta("quota"),
		spec: { hard: { "requests.nvidia.com/gpu": "8", memory: "4Gi" } },
	},
	[K("core/v1:LimitRange")]: {
		metadata: meta("limits"),
		spec: { limits: [{ type: "Container", default: { cpu: "500m" } }] },
	},
	[K("scheduling.k8s.io/v1:PriorityClass")]: { metadata: { name: "high" }, value: 1000 },
	[K("storage.k8s.io/v1:StorageClass")]: { metadata: { name: "fast" }, provisioner: "ebs.csi.aws.com" },
	[K("apps/v1:Deployment")]: { metadata: meta("serve"), spec: { replicas: 2, ...controller } },
	[K("apps/v1:StatefulSet")]: { metadata: meta("store"), spec: { serviceName: "store", ...controller } },
	[K("apps/v1:DaemonSet")]: { metadata: meta("agent"), spec: controller },
	[K("batch/v1:Job")]: { metadata: meta("load"), spec: { template: ended } },
	[K("batch/v1:CronJob")]: {
		metadata: meta("nightly"),
		spec: { schedule: "0 3 * * *", jobTemplate: { spec: { template: ended } } },
	},
	[K("policy/v1:PodDisruptionBudget")]: { metadata: meta("serve"), spec: { minAvailable: "50%" } },
	[K("rbac.authorization.k8s.io/v1:ClusterRole")]: {
		metadata: { name: "a:reader" },
		rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }],
	},
	[K("rbac.authorization.k8s.io/v1:ClusterRoleBinding")]: {
		metadata: { name: "readers" },
		roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" },
	},
	[K("rbac.authorization.k8s.io/v1:Role")]: {
		metadata: meta("reader"),
		rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }],
	},
	[K("rbac.authorization.k8s.io/v1:RoleBinding")]: {
		metadata: meta("readers"),
		roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "reader" },
	},
	[K("networking.k8s.io/v1:NetworkPolicy")]: {
		metadata: meta("deny"),
		spec: { podSelector: {}, policyTypes: ["Ingress"] },
	},
	[K("core/v1:Service")]: { metadata: meta("serve"), spec: { type: "ClusterIP", ports: [{ port: 80 }] } },
	[K("networking.gke.io/v1:GKENetworkParamSet")]: {
		metadata: { name: "gpu-0" },
		spec: { vpc: "gpu-0-vpc", vpcSubnet: "gpu-0", deviceMode: "NetDevice" },
	},
	[K("networking.gke.io/v1:Network")]: {
		metadata: { name: "gpu-0" },
		spec: {
			type: "Device",
			parametersRef: { group: "networking.gke.io", kind: "GKENetworkParamSet", name: "gpu-0" },
		},
	},
	[K("leaderworkerset.x-k8s.io/v1:LeaderWorkerSet")]: {
		metadata: meta("llm"),
		spec: { replicas: 2, leaderWorkerTemplate: { workerTemplate: pod, size: 2 } },
	},
	[K("ray.io/v1:RayCluster")]: {
		metadata: meta("train"),
		spec: {
			headGroupSpec: { template: pod },
			workerGroupSpecs: [{ groupName: "gpu", replicas: 2, template: pod }],
		},
	},
	[K("helm.sh/v3:Release")]: {
		name: "argo-cd",
		namespace: "serving",
		chart: "argo-cd",
		version: "9.1.0",
		repositoryOpts: { repo: "https://charts.example" },
	},
};

/** Good inputs of a kind with other values at dotted paths. */
export function but(type: string, changes: { [path: string]: Properties[string] }): Properties {
	const inputs: Properties = JSON.parse(JSON.stringify(GOOD[type]));
	for (const [path, value] of Object.entries(changes)) {
		const steps = path.split(".");
		const last = steps.pop() ?? "";
		const bag = steps.reduce<Properties>((at, step) => {
			const inner = at[step];
			return typeof inner === "object" && inner !== null && !Array.isArray(inner) ? inner : {};
		}, inputs);
		bag[last] = value;
	}
	return inputs;
}

/** Inputs that a cluster refuses, with what the emulation says of each. */
export function refusedObjects(): Refused[] {
	const row = (
		kind: string,
		because: string,
		changes: { [path: string]: Properties[string] },
		property: string,
		reason: RegExp,
	): Refused => ({ because: `${kind}: ${because}`, type: K(kind), inputs: but(K(kind), changes), property, reason });
	const twice: Properties[string] = [
		{ name: "a", image: "a" },
		{ name: "a", image: "b" },
	];
	return [
		row("core/v1:Namespace", "capitals", { "metadata.name": "Serving" }, "metadata.name", /RFC 1123/),
		row(
			"core/v1:Namespace",
			"a namespace of its own",
			{ "metadata.namespace": "a" },
			"metadata.namespace",
			/belong to the cluster/,
		),
		row(
			"core/v1:ServiceAccount",
			"a namespace that is not there",
			{ "metadata.namespace": "nobody" },
			"metadata.namespace",
			/no namespace "nobody"/,
		),
		row(
			"core/v1:ServiceAccount",
			"a label with spaces",
			{ "metadata.labels": { a: "b c" } },
			"metadata.labels.a",
			/label's value/,
		),
		row(
			"core/v1:ServiceAccount",
			"a label's key with two slashes",
			{ "metadata.labels": { "a/b/c": "d" } },
			"metadata.labels.a/b/c",
			/label's key/,
		),
		row("core/v1:ServiceAccount", "a wrong API version", { apiVersion: "v2" }, "apiVersion", /must be "v1"/),
		row("core/v1:ConfigMap", "a key with a slash", { data: { "a/b": "c" } }, "data.a/b", /a key must be/),
		row("core/v1:ConfigMap", "more than 1 MiB", { data: { a: "b".repeat(1048577) } }, "data", /at most 1048576 bytes/),
		row("core/v1:Secret", "data in clear", { data: { a: "pass word!" } }, "data.a", /base64/),
		row(
			"core/v1:ResourceQuota",
			"a quantity that is none",
			{ "spec.hard": { memory: "4 GB" } },
			"spec.hard.memory",
			/quantity/,
		),
		row(
			"core/v1:LimitRange",
			"a type that is none",
			{ "spec.limits": [{ type: "Node" }] },
			"spec.limits[0].type",
			/"Container"/,
		),
		row(
			"scheduling.k8s.io/v1:PriorityClass",
			"more than a thousand million",
			{ value: 2e9 },
			"value",
			/at most 1000000000/,
		),
		row(
			"scheduling.k8s.io/v1:PriorityClass",
			"the system's names",
			{ "metadata.name": "system-high" },
			"metadata.name",
			/reserved/,
		),
		row(
			"storage.k8s.io/v1:StorageClass",
			"a binding that is none",
			{ volumeBindingMode: "Late" },
			"volumeBindingMode",
			/"WaitForFirstConsumer"/,
		),
		row(
			"apps/v1:Deployment",
			"a selector that does not match",
			{ "spec.selector": { matchLabels: { app: "b" } } },
			"spec.selector.matchLabels",
			/match the template's labels/,
		),
		row(
			"apps/v1:Deployment",
			"two containers of a name",
			{ "spec.template.spec.containers": twice },
			"spec.template.spec.containers",
			/occurs twice/,
		),
		row(
			"apps/v1:Deployment",
			"pods that end",
			{ "spec.template.spec.restartPolicy": "Never" },
			"spec.template.spec.restartPolicy",
			/must be Always/,
		),
		row("apps/v1:Deployment", "negative replicas", { "spec.replicas": -1 }, "spec.replicas", /at least 0/),
		row(
			"apps/v1:StatefulSet",
			"a policy that is none",
			{ "spec.podManagementPolicy": "Fast" },
			"spec.podManagementPolicy",
			/"Parallel"/,
		),
		row(
			"apps/v1:DaemonSet",
			"no containers",
			{ "spec.template.spec.containers": [] },
			"spec.template.spec.containers",
			/at least one container/,
		),
		row(
			"batch/v1:Job",
			"pods that go on",
			{ "spec.template.spec.restartPolicy": "Always" },
			"spec.template.spec.restartPolicy",
			/Never or OnFailure/,
		),
		row("batch/v1:CronJob", "four fields", { "spec.schedule": "0 3 * *" }, "spec.schedule", /five cron fields/),
		row("batch/v1:CronJob", "53 letters", { "metadata.name": "a".repeat(53) }, "metadata.name", /1 to 52/),
		row(
			"policy/v1:PodDisruptionBudget",
			"both limits",
			{ "spec.maxUnavailable": 1 },
			"spec.minAvailable",
			/cannot be combined/,
		),
		row(
			"policy/v1:PodDisruptionBudget",
			"a share that is none",
			{ "spec.minAvailable": "half" },
			"spec.minAvailable",
			/percentage/,
		),
		row(
			"rbac.authorization.k8s.io/v1:ClusterRole",
			"no verbs",
			{ rules: [{ apiGroups: [""], resources: ["pods"], verbs: [] }] },
			"rules[0].verbs",
			/at least one verb/,
		),
		row(
			"rbac.authorization.k8s.io/v1:Role",
			"a slash in the name",
			{ "metadata.name": "a/b" },
			"metadata.name",
			/without \/ and %/,
		),
		row(
			"rbac.authorization.k8s.io/v1:Role",
			"addresses that are no resources",
			{ rules: [{ nonResourceURLs: ["/healthz"], verbs: ["get"] }] },
			"rules[0].nonResourceURLs",
			/ClusterRole/,
		),
		row(
			"rbac.authorization.k8s.io/v1:ClusterRoleBinding",
			"a Role",
			{ "roleRef.kind": "Role" },
			"roleRef.kind",
			/"ClusterRole"/,
		),
		row(
			"rbac.authorization.k8s.io/v1:ClusterRoleBinding",
			"an account without namespace",
			{ subjects: [{ kind: "ServiceAccount", name: "a" }] },
			"subjects[0].namespace",
			/is required/,
		),
		row(
			"rbac.authorization.k8s.io/v1:RoleBinding",
			"a Role that is not there",
			{ "roleRef.name": "nobody" },
			"roleRef.name",
			/has no Role nobody/,
		),
		row(
			"networking.k8s.io/v1:NetworkPolicy",
			"a direction that is none",
			{ "spec.policyTypes": ["In"] },
			"spec.policyTypes[0]",
			/"Ingress"/,
		),
		row(
			"networking.k8s.io/v1:NetworkPolicy",
			"host bits",
			{ "spec.ingress": [{ from: [{ ipBlock: { cidr: "10.0.0.1/8" } }] }] },
			"spec.ingress[0].from[0].ipBlock",
			/network address/,
		),
		row("core/v1:Service", "a name with a dot", { "metadata.name": "a.b" }, "metadata.name", /RFC 1123/),
		row("core/v1:Service", "no ports", { "spec.ports": [] }, "spec.ports", /at least one port/),
		row("core/v1:Service", "port 70000", { "spec.ports": [{ port: 70000 }] }, "spec.ports[0].port", /1 to 65535/),
		row(
			"core/v1:Service",
			"ports without names",
			{ "spec.ports": [{ port: 1 }, { port: 2 }] },
			"spec.ports[0].name",
			/is required/,
		),
		row("helm.sh/v3:Release", "54 letters", { name: "a".repeat(54) }, "name", /1 to 53/),
		row(
			"helm.sh/v3:Release",
			"a namespace that is not there",
			{ namespace: "nobody" },
			"namespace",
			/no namespace "nobody"/,
		),
		row(
			"helm.sh/v3:Release",
			"a repository that is no address",
			{ repositoryOpts: { repo: "charts" } },
			"repositoryOpts.repo",
			/http\(s\)/,
		),
		row(
			"helm.sh/v3:Release",
			"a setting that Helm does not have",
			{ waitForJob: true },
			"waitForJob",
			/did you mean "waitForJobs"/,
		),
	];
}

import type { CustomKind } from "./kubernetes/custom-kind";
import { leaderWorkerSet } from "./kubernetes/leader-worker-set";
import { rayCluster } from "./kubernetes/ray-cluster";
import { requireLocked } from "./lock";

/** A Helm chart of the platform, pinned. */
export interface Chart {
	readonly name: string;
	readonly version: string;
	/** The publisher's chart repository. */
	readonly repository: string;
}

/** A workload that a chart makes, as far as its place on nodes is concerned. */
export interface ChartPart {
	/** Name of the workload after the release's own. */
	readonly name: string;
	readonly kind: "Deployment" | "StatefulSet" | "DaemonSet";
	/** Key of the chart's values that holds the workload's `replicas`, `resources` and `enabled`; undefined for their root. */
	readonly values: string | undefined;
	/** Key in there of the number of pods, `replicas` unless said. */
	readonly replicasKey?: string;
	/** What a pod asks for: cores as Kubernetes writes them, memory with its unit. */
	readonly requests: { readonly cpu: string; readonly memory: string };
}

interface ChartFacts {
	readonly repository: string;
	readonly parts: readonly ChartPart[];
	/** Kinds that its operator brings, as far as the catalogue has them. */
	readonly kinds?: readonly CustomKind[];
}

/**
 * Requests of Argo CD: the examples in the comments of argo-helm's `charts/argo-cd/values.yaml`, seen 2026-11-21; the
 * chart itself sets none. What a large number of applications needs is measured in the cluster.
 */
const charts: { readonly [name: string]: ChartFacts } = {
	"argo-cd": {
		repository: "https://argoproj.github.io/argo-helm",
		parts: [
			part("application-controller", "StatefulSet", "controller", "250m", "256Mi"),
			part("applicationset-controller", "Deployment", "applicationSet", "100m", "128Mi"),
			part("dex-server", "Deployment", "dex", "10m", "32Mi"),
			part("notifications-controller", "Deployment", "notifications", "100m", "128Mi"),
			part("redis", "Deployment", "redis", "100m", "64Mi"),
			part("repo-server", "Deployment", "repoServer", "10m", "64Mi"),
			part("server", "Deployment", "server", "50m", "64Mi"),
		],
	},
	/**
	 * The chart sets no requests. These are what a public guide of the autoscaler gives for clusters of up to 1,000 nodes
	 * (kubernetes/autoscaler, AWS example: 100m and 600Mi), seen 2026-11-28.
	 */
	"cluster-autoscaler": {
		repository: "https://kubernetes.github.io/autoscaler",
		parts: [
			{
				...part("aws-cluster-autoscaler", "Deployment", undefined, "100m", "600Mi"),
				replicasKey: "replicaCount",
			},
		],
	},
	// The operators themselves are small beside what they make, and are not stood in for.
	"kuberay-operator": { repository: "https://ray-project.github.io/kuberay-helm", parts: [], kinds: [rayCluster] },
	lws: { repository: "oci://registry.k8s.io/lws/charts", parts: [], kinds: [leaderWorkerSet] },
};

function part(
	name: string,
	kind: ChartPart["kind"],
	values: string | undefined,
	cpu: string,
	memory: string,
): ChartPart {
	return { name, kind, values, requests: { cpu, memory } };
}

/** A chart by name; its version is in the lock. Throws for a chart that the catalogue does not have. */
export function chart(name: string): Chart {
	const facts = charts[name];
	if (facts === undefined) {
		throw new Error(`catalogue/charts.ts has no chart ${name}`);
	}
	return { name, version: requireLocked(`chart/${name}`), repository: facts.repository };
}

/** The workloads that a chart puts onto nodes; none for charts that the catalogue does not have. */
export function chartParts(name: string): readonly ChartPart[] {
	return charts[name]?.parts ?? [];
}

/** The kinds that a chart brings into a cluster; none for charts that the catalogue does not have. */
export function chartKinds(name: string): readonly CustomKind[] {
	return charts[name]?.kinds ?? [];
}

/** The chart's values that make its pods ask for what the catalogue says. */
export function requestValues(name: string): { readonly [key: string]: object } {
	const rows = chartParts(name).map(({ values, requests }) =>
		values === undefined ? { resources: { requests } } : { [values]: { resources: { requests } } },
	);
	return Object.assign({}, ...rows);
}

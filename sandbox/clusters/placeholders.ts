import type { Manifest } from "./manifest";

/** A workload that stands on nodes without doing anything: what it asks for is real, what it runs is nothing. */
export interface Placeholder {
	readonly kind: "Deployment" | "StatefulSet" | "DaemonSet";
	readonly namespace: string;
	readonly name: string;
	/** Ignored for a DaemonSet, which has a pod on every node. */
	readonly replicas: number;
	/** What a pod asks for by resource name; nothing where it asks for nothing. */
	readonly requests: { readonly [resource: string]: string };
	/** What it stands for, in words: `chart argo-cd`. */
	readonly standsFor: string;
	/** True for pods that run wherever there is a node, whatever its taints. */
	readonly everywhere?: boolean;
	/** Keys of further taints that its pods bear. */
	readonly tolerates?: readonly string[];
	/** Label that a node must have, whatever its value. */
	readonly onlyWith?: string;
	/** Labels of the nodes that its pods are rather placed on; where there is no room, they go elsewhere. */
	readonly prefers?: { readonly [label: string]: string };
	readonly priorityClass?: string;
}

/** Label of every placeholder and of its pods. */
export const placeholderLabel = "meridian.dev/placeholder";

/** Annotation that says what a placeholder stands for. */
export const standsForAnnotation = "meridian.dev/stands-for";

/** The workload of a placeholder; its pods keep to the strictest pod security. `group` names those that belong together. */
export function placeholderManifest(placeholder: Placeholder, group: string): Manifest {
	const { kind, namespace, name, replicas, standsFor } = placeholder;
	const labels = { "app.kubernetes.io/name": name, [placeholderLabel]: group };
	const annotations = { [standsForAnnotation]: standsFor };
	return {
		apiVersion: "apps/v1",
		kind,
		metadata: { name, namespace, labels, annotations },
		spec: {
			selector: { matchLabels: { "app.kubernetes.io/name": name } },
			...(kind === "DaemonSet" ? {} : { replicas }),
			...(kind === "StatefulSet" ? { serviceName: name, podManagementPolicy: "Parallel" } : {}),
			template: { metadata: { labels, annotations }, spec: podSpec(placeholder) },
		},
	};
}

function podSpec({ requests, priorityClass, ...placement }: Placeholder): object {
	return {
		automountServiceAccountToken: false,
		...tolerations(placement),
		...affinity(placement),
		...(priorityClass ? { priorityClassName: priorityClass } : {}),
		securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
		containers: [
			{
				name: "placeholder",
				image: "meridian.invalid/placeholder",
				resources: { requests: { ...requests } },
				securityContext: {
					allowPrivilegeEscalation: false,
					readOnlyRootFilesystem: true,
					capabilities: { drop: ["ALL"] },
				},
			},
		],
	};
}

function tolerations({ everywhere, tolerates }: Pick<Placeholder, "everywhere" | "tolerates">): object {
	if (everywhere) {
		return { tolerations: [{ operator: "Exists" }] };
	}
	return tolerates ? { tolerations: tolerates.map((key) => ({ key, operator: "Exists" })) } : {};
}

function affinity({ onlyWith, prefers }: Pick<Placeholder, "onlyWith" | "prefers">): object {
	const required = onlyWith === undefined ? [] : [{ key: onlyWith, operator: "Exists" }];
	const preferred = Object.entries(prefers ?? {}).map(([key, value]) => ({ key, operator: "In", values: [value] }));
	const nodeAffinity = {
		...(required.length > 0
			? { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: required }] } }
			: {}),
		...(preferred.length > 0
			? {
					preferredDuringSchedulingIgnoredDuringExecution: [
						{ weight: 100, preference: { matchExpressions: preferred } },
					],
				}
			: {}),
	};
	return required.length + preferred.length > 0 ? { affinity: { nodeAffinity } } : {};
}

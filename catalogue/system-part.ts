/** A workload that a cloud runs in its clusters by itself, as far as its place on nodes is concerned. */
export interface SystemPart {
	readonly name: string;
	readonly kind: "Deployment" | "StatefulSet" | "DaemonSet";
	/** Number of pods; a DaemonSet has one on every node whatever this says. */
	readonly replicas: number;
	/** What a pod asks for, over all its containers: cores as Kubernetes writes them, memory with its unit. */
	readonly requests: { readonly cpu?: string; readonly memory?: string };
	/** Label that a node must have to get a pod, whatever its value. */
	readonly onlyWith?: string;
}

/** A workload with a pod on every node, or on every node that has a label. */
export function onEveryNode(name: string, requests: SystemPart["requests"], onlyWith?: string): SystemPart {
	return { name, kind: "DaemonSet", replicas: 1, requests, ...(onlyWith === undefined ? {} : { onlyWith }) };
}

/** A workload of some pods, wherever there is room. */
export function somewhere(name: string, replicas: number, requests: SystemPart["requests"]): SystemPart {
	return { name, kind: "Deployment", replicas, requests };
}

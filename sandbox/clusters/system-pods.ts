import type { SystemPart } from "../../catalogue/system-part";
import type { Placeholder } from "./placeholders";

/** Where the clouds run what is theirs. */
const NAMESPACE = "kube-system";

/** Label value of the placeholders of a cloud's own system; no release has such a name. */
export const systemGroup = "cloud.system";

/** The taint that keeps a pool for what the cloud runs. Source: Microsoft Learn, "Use system node pools in AKS", 2026-11-21. */
const CRITICAL = "CriticalAddonsOnly";

/** Whose pods they are, and which nodes they are rather placed on. */
export interface SystemOwner {
	/** In words: `EKS add-on coredns`. */
	readonly standsFor: string;
	/** Labels of the nodes that the cloud keeps for them. */
	readonly prefers?: { readonly [label: string]: string };
}

/**
 * The placeholder of a workload that the cloud runs itself. Those on every node go before all other pods and bear every
 * taint; the others bear the taint of pools that are kept for them.
 */
export function systemPlaceholder(part: SystemPart, { prefers, standsFor }: SystemOwner): Placeholder {
	const { kind, name, onlyWith, replicas, requests } = part;
	const common = { kind, namespace: NAMESPACE, name, replicas, requests: { ...requests }, standsFor };
	return kind === "DaemonSet"
		? {
				...common,
				everywhere: true,
				priorityClass: "system-node-critical",
				...(onlyWith === undefined ? {} : { onlyWith }),
			}
		: {
				...common,
				priorityClass: "system-cluster-critical",
				tolerates: [CRITICAL],
				...(prefers === undefined ? {} : { prefers }),
			};
}

/** A row of a table of parts: those that run where something is so. */
export type PartRow = readonly [isThere: boolean, ...parts: readonly SystemPart[]];

/** The parts of the rows that apply. */
export function partsOf(rows: readonly PartRow[]): SystemPart[] {
	return rows.flatMap(([isThere, ...parts]) => (isThere ? parts : []));
}

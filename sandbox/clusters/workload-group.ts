import type { ClusterClient } from "./cluster-client";
import type { Manifest } from "./manifest";
import { placeholderLabel } from "./placeholders";
import { untilGone } from "./waiting";

const kinds = ["Deployment", "StatefulSet", "DaemonSet"] as const;

/** Placeholders that belong together, in one namespace. */
export interface WorkloadGroup {
	readonly namespace: string;
	/** Value of the label that each carries. */
	readonly group: string;
	readonly fieldManager: string;
}

/** Makes a group what it should be: applies what is wanted, removes what is not any more, and waits for that. */
export async function syncGroup(
	client: ClusterClient,
	{ namespace, group, fieldManager }: WorkloadGroup,
	wanted: readonly Manifest[],
): Promise<void> {
	await Promise.all(wanted.map((manifest) => client.apply(manifest, { fieldManager })));
	const names = new Set(wanted.map(keyOf));
	const lists = await Promise.all(kinds.map((kind) => client.list("apps/v1", kind, namespace)));
	const gone = lists
		.flat()
		.filter((live) => live.metadata.labels?.[placeholderLabel] === group && !names.has(keyOf(live)));
	await Promise.all(gone.map((live) => client.remove(live)));
	await untilGone(client, gone);
}

function keyOf({ kind, metadata }: Manifest): string {
	return `${kind}/${metadata.name}`;
}

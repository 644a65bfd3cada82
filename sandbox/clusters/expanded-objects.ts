import type { ClusterClient } from "./cluster-client";
import { expansionOf } from "./expansion/expansion";
import { label, type Manifest } from "./manifest";
import { standsForAnnotation } from "./placeholders";
import { untilGone } from "./waiting";

const fieldManager = "meridian-sandbox";
const kinds = [
	["apps/v1", "StatefulSet"],
	["v1", "Pod"],
] as const;

/**
 * Does for an object of a custom kind what its operator would do: makes the workloads that it stands for, and removes
 * those that it does not any more. Gives them; none for objects that stand for nothing.
 */
export async function expand(client: ClusterClient, live: Manifest): Promise<Manifest[]> {
	const wanted = expansionOf(live).map((workload) => marked(workload, live));
	if (wanted.length === 0) {
		return [];
	}
	const lists = await Promise.all(
		kinds.map(([apiVersion, kind]) => client.list(apiVersion, kind, live.metadata.namespace)),
	);
	const owned = lists.flat().filter((each) => isOwnedBy(each, live));
	const names = new Set(wanted.map(keyOf));
	const gone = owned.filter((each) => !names.has(keyOf(each)));
	await Promise.all(gone.map((each) => client.remove(each)));
	await untilGone(client, gone);
	const there = new Set(owned.map(keyOf));
	for (const workload of wanted) {
		// A pod cannot be changed in place; its operator makes another when it goes.
		if (workload.kind !== "Pod" || !there.has(keyOf(workload))) {
			await client.apply(workload, { fieldManager });
		}
	}
	return wanted;
}

/** The workload with a note of what it was expanded from. */
function marked(workload: Manifest, { kind, ...live }: Manifest): Manifest {
	const { metadata } = workload;
	const note = { [standsForAnnotation]: `expanded from ${kind} ${label({ ...live, kind })}` };
	return { ...workload, metadata: { ...metadata, annotations: { ...metadata.annotations, ...note } } };
}

function isOwnedBy({ metadata: { ownerReferences } }: Manifest, { metadata: { uid } }: Manifest): boolean {
	return Array.isArray(ownerReferences) && ownerReferences.some((owner) => Reflect.get(Object(owner), "uid") === uid);
}

function keyOf({ kind, metadata }: Manifest): string {
	return `${kind}/${metadata.name}`;
}

import type { SandboxObject, World } from "../model";
import type { ClusterClient } from "./cluster-client";
import type { ClusterKind } from "./cluster-kind";
import { syncNodes } from "./nodes";
import { placeholderManifest } from "./placeholders";
import { systemGroup } from "./system-pods";
import { syncGroup } from "./workload-group";

const fieldManager = "meridian-sandbox";

/** A cluster of the emulated clouds and how it is run. */
export interface KnownCluster {
	readonly kind: ClusterKind;
	readonly object: SandboxObject;
}

/** Gives a cluster what its cloud gives it: the nodes of its pools, storage classes, and the pods of its own system. */
export async function keepUp(client: ClusterClient, { kind, object }: KnownCluster, world: World): Promise<void> {
	await syncNodes(client, kind.nodes(object, world));
	// Fields of a class cannot change: one that is there stays.
	for (const storageClass of kind.storageClasses(object, world)) {
		if ((await client.read(storageClass)) === undefined) {
			await client.create(storageClass, { fieldManager });
		}
	}
	const pods = kind.systemPods(object, world).map((pod) => placeholderManifest(pod, systemGroup));
	await syncGroup(client, { namespace: "kube-system", group: systemGroup, fieldManager }, pods);
}

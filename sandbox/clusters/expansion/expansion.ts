import { conforms, misfit } from "../../../catalogue/kubernetes/conforms";
import { apiVersionOf, type CustomKind } from "../../../catalogue/kubernetes/custom-kind";
import { leaderWorkerSet } from "../../../catalogue/kubernetes/leader-worker-set";
import { rayCluster } from "../../../catalogue/kubernetes/ray-cluster";
import { label, type Manifest } from "../manifest";
import type { CustomObject } from "./custom-object";
import { expandLeaderWorkerSet } from "./leader-worker-set";
import { expandRayCluster } from "./ray-cluster";

interface Expansion {
	readonly kind: CustomKind;
	readonly expand: (manifest: Manifest) => Manifest[];
}

const expansions: readonly Expansion[] = [
	expansion(leaderWorkerSet, expandLeaderWorkerSet),
	expansion(rayCluster, expandRayCluster),
];

/** Custom kinds that stand for pods. */
export const expandedKinds: readonly CustomKind[] = expansions.map(({ kind }) => kind);

/**
 * The workloads that an object's operator would make of it, each owned by the object where that has a `uid`, so that
 * Kubernetes' garbage collector removes them with it. None for a kind that does not stand for pods. Throws where the
 * spec does not have the types of the kind's schema, which the API server does not let in.
 */
export function expansionOf(manifest: Manifest): Manifest[] {
	const { apiVersion, kind } = manifest;
	const found = expansions.find((each) => apiVersionOf(each.kind) === apiVersion && each.kind.kind === kind);
	return (found?.expand(manifest) ?? []).map((workload) => ownedBy(manifest, workload));
}

function expansion<K extends CustomKind>(kind: K, expand: (object: CustomObject<K>) => Manifest[]): Expansion {
	return { kind, expand: (manifest) => expand(readAs(kind, manifest)) };
}

function readAs<K extends CustomKind>(kind: K, manifest: Manifest): CustomObject<K> {
	const { metadata, spec } = manifest;
	// Named as the kind's own type of schema: `kind.spec` alone would be read as any schema.
	const schema: K["spec"] = kind.spec;
	if (!conforms(schema, spec)) {
		throw new Error(`${kind.kind} ${label(manifest)}: ${misfit(schema, spec, "spec")} does not fit its schema`);
	}
	return { metadata, spec };
}

function ownedBy({ apiVersion, kind, metadata: { name, uid } }: Manifest, workload: Manifest): Manifest {
	if (typeof uid !== "string") {
		return workload;
	}
	const owner = { apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true };
	return { ...workload, metadata: { ...workload.metadata, ownerReferences: [owner] } };
}

import type { CustomKind } from "../../catalogue/kubernetes/custom-kind";
import { gkeKinds } from "../../catalogue/kubernetes/gke-networks";
import { leaderWorkerSet } from "../../catalogue/kubernetes/leader-worker-set";
import { rayCluster } from "../../catalogue/kubernetes/ray-cluster";
import type { ResourceFacts } from "../facts";
import { type ObjectsByName, objectFactsOf, resourceFactsOf, tokenOf } from "./custom-facts";

/** Custom kinds that the sandbox has models of; each needs one in sandbox/kubernetes/registry.ts. */
const modelled: readonly CustomKind[] = [...gkeKinds, leaderWorkerSet, rayCluster];

/** Facts of the custom kinds in use, by token. */
export const CUSTOM_KINDS: { readonly [token: string]: ResourceFacts } = Object.fromEntries(
	modelled.map((kind) => [tokenOf(kind), resourceFactsOf(kind)]),
);

/** Nested types of the custom kinds. */
export const CUSTOM_OBJECTS: ObjectsByName = Object.assign({}, ...modelled.map(objectFactsOf));

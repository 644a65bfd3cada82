import type { TypeModel } from "../model";
import { defineKind } from "./define";

/** Groups of pods that work as one replica. */
export const leaderWorkerSetModel: TypeModel = defineKind({
	type: "kubernetes:leaderworkerset.x-k8s.io/v1:LeaderWorkerSet",
});

/** A head and its workers. */
export const rayClusterModel: TypeModel = defineKind({ type: "kubernetes:ray.io/v1:RayCluster" });

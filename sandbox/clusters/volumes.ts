import type { Properties } from "../../lib/values";
import { list, object, text } from "../check/inputs";
import type { Manifest } from "./manifest";

/** Claims that no volume is made for yet and that need not wait for a pod any longer. */
export function claimsToServe(claims: readonly Properties[], classes: readonly Properties[]): Properties[] {
	return claims.filter((claim) => {
		const storageClass = classes.find((each) => text(each, "metadata.name") === text(claim, "spec.storageClassName"));
		const waitsForPod = text(storageClass, "volumeBindingMode") === "WaitForFirstConsumer";
		const chosen = object(claim, "metadata.annotations")[selectedNode] !== undefined;
		const served = text(claim, "spec.volumeName") !== undefined || text(claim, "status.phase") === "Bound";
		return storageClass !== undefined && !served && (!waitsForPod || chosen);
	});
}

/** Annotation by which the scheduler says on which node a claim's pod will run. */
const selectedNode = "volume.kubernetes.io/selected-node";

/** The volume that a cloud's disk driver makes for a claim. */
export function volumeFor(claim: Properties, storageClass: Properties): Manifest {
	const [namespace, name] = [text(claim, "metadata.namespace") ?? "default", text(claim, "metadata.name") ?? ""];
	const uid = text(claim, "metadata.uid") ?? "";
	return {
		apiVersion: "v1",
		kind: "PersistentVolume",
		metadata: {
			name: `pvc-${uid}`,
			annotations: { "pv.kubernetes.io/provisioned-by": text(storageClass, "provisioner") ?? "" },
		},
		spec: {
			accessModes: list(claim, "spec.accessModes"),
			capacity: { storage: text(claim, "spec.resources.requests.storage") ?? "1Gi" },
			claimRef: { apiVersion: "v1", kind: "PersistentVolumeClaim", namespace, name, uid },
			persistentVolumeReclaimPolicy: text(storageClass, "reclaimPolicy") ?? "Delete",
			storageClassName: text(storageClass, "metadata.name") ?? "",
			csi: { driver: text(storageClass, "provisioner") ?? "", volumeHandle: `sandbox-${uid}` },
		},
	};
}

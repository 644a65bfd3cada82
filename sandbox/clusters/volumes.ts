import type { Properties } from "../../lib/values";
import { isSet, list, object, text, texts } from "../check/inputs";
import type { Manifest, ObjectName } from "./manifest";
import { driverOf } from "./volume-driver";
import { SELECTED_NODE, ZONE_LABEL } from "./volume-zone";

/** Annotation that names the driver which made a volume, and which is to delete it. */
const PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";

/** What volumes are called that the sandbox makes; others are left alone. */
const HANDLE = "sandbox-";

/** The class of volumes that people make by hand. */
const BY_HAND = "kubernetes.io/no-provisioner";

/** The class that a claim names; nothing where it names none or there is none of the name. */
export function classOf(claim: Properties, classes: readonly Properties[]): Properties | undefined {
	const name = text(claim, "spec.storageClassName");
	return classes.find((each) => text(each, "metadata.name") === name);
}

/** Claims that no volume is made for yet and that need not wait for a pod any longer. */
export function claimsToServe(
	claims: readonly Properties[],
	classes: readonly Properties[],
	volumes: readonly Properties[],
): Properties[] {
	const made = new Set(volumes.map((volume) => text(volume, "metadata.name")));
	return claims.filter((claim) => {
		const storageClass = classOf(claim, classes);
		const byHand = storageClass === undefined || text(storageClass, "provisioner") === BY_HAND;
		const waitsForPod = text(storageClass, "volumeBindingMode") === "WaitForFirstConsumer";
		const isChosen = object(claim, "metadata.annotations")[SELECTED_NODE] !== undefined;
		return !byHand && !isServed(claim) && !made.has(volumeName(claim)) && (!waitsForPod || isChosen);
	});
}

/** A claim that names its volume waits for that one; one that goes needs none any more. */
function isServed(claim: Properties): boolean {
	return isSet(claim, "spec.volumeName") || isSet(claim, "metadata.deletionTimestamp");
}

function volumeName(claim: Properties): string {
	return `pvc-${text(claim, "metadata.uid") ?? ""}`;
}

/** The volume that a cloud's disk driver makes for a claim; pods that use it run in `zone` only, where one is given. */
export function volumeFor(claim: Properties, storageClass: Properties, zone: string | undefined): Manifest {
	const [namespace, name] = [text(claim, "metadata.namespace") ?? "default", text(claim, "metadata.name") ?? ""];
	const [uid, driver] = [text(claim, "metadata.uid") ?? "", driverOf(storageClass)];
	const attributesClass = text(claim, "spec.volumeAttributesClassName");
	return {
		apiVersion: "v1",
		kind: "PersistentVolume",
		metadata: { name: volumeName(claim), annotations: { [PROVISIONED_BY]: driver } },
		spec: {
			accessModes: list(claim, "spec.accessModes"),
			capacity: { storage: text(claim, "spec.resources.requests.storage") ?? "1Gi" },
			claimRef: { apiVersion: "v1", kind: "PersistentVolumeClaim", namespace, name, uid },
			csi: { driver, volumeHandle: `${HANDLE}${uid}` },
			mountOptions: texts(storageClass, "mountOptions"),
			persistentVolumeReclaimPolicy: text(storageClass, "reclaimPolicy") ?? "Delete",
			storageClassName: text(storageClass, "metadata.name") ?? "",
			volumeMode: text(claim, "spec.volumeMode") ?? "Filesystem",
			...(attributesClass === undefined ? {} : { volumeAttributesClassName: attributesClass }),
			...(zone === undefined ? {} : { nodeAffinity: onlyIn(zone) }),
		},
	};
}

function onlyIn(zone: string): object {
	const inZone = { key: ZONE_LABEL, operator: "In", values: [zone] };
	return { required: { nodeSelectorTerms: [{ matchExpressions: [inZone] }] } };
}

/** Volumes whose claim is gone and that go with it, as far as the sandbox made them. */
export function releasedVolumes(volumes: readonly Properties[]): ObjectName[] {
	const goes = (volume: Properties): boolean =>
		text(volume, "status.phase") === "Released" &&
		text(volume, "spec.persistentVolumeReclaimPolicy") === "Delete" &&
		text(volume, "spec.csi.volumeHandle")?.startsWith(HANDLE) === true &&
		!isSet(volume, "metadata.deletionTimestamp");
	return volumes.filter(goes).map((volume) => ({
		apiVersion: "v1",
		kind: "PersistentVolume",
		metadata: { name: text(volume, "metadata.name") ?? "" },
	}));
}

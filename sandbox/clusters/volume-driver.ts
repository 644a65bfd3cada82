import type { Properties } from "../../lib/values";
import { text } from "../check/inputs";

/**
 * Drivers to which Kubernetes hands the claims of the clouds' former own plugins. Source: k8s.io/csi-translation-lib,
 * `plugins/`, read 2026-11-21.
 */
const successors: { readonly [provisioner: string]: string } = {
	"kubernetes.io/aws-ebs": "ebs.csi.aws.com",
	"kubernetes.io/azure-disk": "disk.csi.azure.com",
	"kubernetes.io/azure-file": "file.csi.azure.com",
	"kubernetes.io/gce-pd": "pd.csi.storage.gke.io",
};

/** The driver that serves a class. */
export function driverOf(storageClass: Properties): string {
	const provisioner = text(storageClass, "provisioner") ?? "";
	return successors[provisioner] ?? provisioner;
}

import { flag } from "../check/inputs";
import type { Manifest } from "../clusters/manifest";
import { type StorageClassSettings, storageClassManifest } from "../clusters/storage-class";
import type { SandboxObject } from "../model";

/**
 * Storage classes of a GKE cluster from birth; two of them come with the driver of persistent disks, without which
 * `standard` is the default one (unverified). Source: `kubectl get storageclass` in public listings of GKE 1.30 to 1.35
 * and their types of disks in public copies, read 2026-11-21.
 */
export function gkeStorageClasses({ outputs }: SandboxObject): Manifest[] {
	const hasDriver = flag(outputs, "addonsConfig.gcePersistentDiskCsiDriverConfig.enabled") !== false;
	const standard: StorageClassSettings = {
		name: "standard",
		provisioner: "kubernetes.io/gce-pd",
		isDefault: !hasDriver,
		binding: "Immediate",
		expansion: true,
		parameters: { type: "pd-standard" },
	};
	return [standard, ...(hasDriver ? ofDriver : [])].map(storageClassManifest);
}

const fromDriver = {
	provisioner: "pd.csi.storage.gke.io",
	binding: "WaitForFirstConsumer",
	expansion: true,
} as const;

const ofDriver: readonly StorageClassSettings[] = [
	{ ...fromDriver, name: "standard-rwo", isDefault: true, parameters: { type: "pd-balanced" } },
	{ ...fromDriver, name: "premium-rwo", parameters: { type: "pd-ssd" } },
];

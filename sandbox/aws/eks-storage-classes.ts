import { flag, text } from "../check/inputs";
import type { Manifest } from "../clusters/manifest";
import { type StorageClassSettings, storageClassManifest } from "../clusters/storage-class";
import type { SandboxObject, World } from "../model";
import { addonSettings } from "./eks-addons";

/** The first minor version of Kubernetes for which EKS marks no class as the default one. */
const NO_DEFAULT_SINCE = 30;

/**
 * Storage classes of an EKS cluster: `gp2` from birth, which is no default since Kubernetes 1.30, and the default class
 * of the EBS driver's add-on where its settings ask for it. Sources: EKS user guide, release notes of 1.30; the chart of
 * aws-ebs-csi-driver, `templates/ebs-csi-default-sc.yaml`; both read 2026-11-21.
 */
export function eksStorageClasses(cluster: SandboxObject, world: World): Manifest[] {
	const settings = addonSettings(cluster, world, "aws-ebs-csi-driver");
	const asked = flag(settings, "defaultStorageClass.enabled") === true;
	return [gp2(cluster), ...(asked ? [driverDefault] : [])].map(storageClassManifest);
}

function gp2({ outputs }: SandboxObject): StorageClassSettings {
	const minor = Number(/^1\.(\d+)/.exec(text(outputs, "version") ?? "")?.[1] ?? NO_DEFAULT_SINCE);
	return {
		name: "gp2",
		provisioner: "kubernetes.io/aws-ebs",
		isDefault: minor < NO_DEFAULT_SINCE,
		binding: "WaitForFirstConsumer",
		expansion: false,
		parameters: { fsType: "ext4", type: "gp2" },
	};
}

const driverDefault: StorageClassSettings = {
	name: "ebs-csi-default-sc",
	provisioner: "ebs.csi.aws.com",
	isDefault: true,
	binding: "WaitForFirstConsumer",
	expansion: true,
};

import type { Manifest } from "./manifest";

/** What a cloud decides of a class of volumes. */
export interface StorageClassSettings {
	readonly name: string;
	/** Driver that makes the volumes, or a former plugin whose claims the driver takes over. */
	readonly provisioner: string;
	/** True for the class of claims that name none. */
	readonly isDefault?: boolean;
	/** When a volume is made: with its claim, or once a pod is placed that uses it. */
	readonly binding: "Immediate" | "WaitForFirstConsumer";
	/** True where a claim may grow. */
	readonly expansion: boolean;
	readonly parameters?: { readonly [name: string]: string };
	readonly mountOptions?: readonly string[];
}

/** The class as the API server takes it. What it says of volumes cannot be changed later: it is to be made once. */
export function storageClassManifest(settings: StorageClassSettings): Manifest {
	const { binding, expansion, isDefault, mountOptions, name, parameters, provisioner } = settings;
	const annotations = { "storageclass.kubernetes.io/is-default-class": "true" };
	return {
		apiVersion: "storage.k8s.io/v1",
		kind: "StorageClass",
		metadata: { name, ...(isDefault ? { annotations } : {}) },
		provisioner,
		volumeBindingMode: binding,
		// Every class that a cloud makes by itself deletes its volumes with their claims.
		reclaimPolicy: "Delete",
		...(expansion ? { allowVolumeExpansion: true } : {}),
		...(parameters ? { parameters: { ...parameters } } : {}),
		...(mountOptions ? { mountOptions: [...mountOptions] } : {}),
	};
}

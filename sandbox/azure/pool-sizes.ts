import { vmSize } from "../../catalogue/azure/vm-sizes";

/**
 * Temporary disk of a VM size, GiB; an ephemeral OS disk must fit on it. Source: Microsoft Learn, size series Ddsv5 and
 * Edsv5; those of the ND series are unverified.
 */
const TEMPORARY_DISK: { readonly [size: string]: number } = {
	Standard_D4ds_v5: 150,
	Standard_D8ds_v5: 300,
	Standard_D16ds_v5: 600,
	Standard_E8ds_v5: 300,
	Standard_ND96isr_H100_v5: 1000,
	Standard_ND96isr_H200_v5: 1000,
	Standard_ND96amsr_A100_v4: 2900,
};

/** Size of the OS disk where the program gives none, GiB, by vCPUs. Source: Microsoft Learn, "AKS node disk sizing". */
const DEFAULT_OS_DISKS: readonly { readonly fewerThan: number; readonly gib: number }[] = [
	{ fewerThan: 8, gib: 128 },
	{ fewerThan: 16, gib: 256 },
	{ fewerThan: 64, gib: 512 },
	{ fewerThan: Number.POSITIVE_INFINITY, gib: 1024 },
];

/** Room for an ephemeral OS disk, GiB; 0 where the name says that there is none; undefined where it is not known. */
export function ephemeralRoom(size: string): number | undefined {
	const known = Object.hasOwn(TEMPORARY_DISK, size) ? TEMPORARY_DISK[size] : undefined;
	const [, features = ""] = /^Standard_[DE]\d+(?:-\d+)?([a-z]*)_v[5-9]$/.exec(size) ?? [];
	return known ?? (features !== "" && !features.includes("d") ? 0 : undefined);
}

/** The OS disk that AKS makes for a size unless told otherwise, GiB; undefined for sizes that the catalogue lacks. */
export function defaultOsDisk(size: string): number | undefined {
	const machine = vmSize(size);
	return machine && DEFAULT_OS_DISKS.find(({ fewerThan }) => machine.vcpus < fewerThan)?.gib;
}

/** True for sizes with GPUs; all of them are in the N family. */
export function hasGpus(size: string): boolean {
	const machine = vmSize(size);
	return machine ? machine.gpus !== undefined : /^Standard_N[CDGV]/.test(size);
}

/** The version that a new cluster gets where the program names none; the sandbox's choice, not AKS's of today. */
export const DEFAULT_VERSION = "1.33";

/** 34 of `1.34` or `1.34.2`; undefined for other text. */
export function minorOf(version: string | undefined): number | undefined {
	const [, minor] = /^1\.(\d+)(?:\.\d+)?$/.exec(version ?? "") ?? [];
	return minor === undefined ? undefined : Number(minor);
}

/** A full version: AKS chooses a patch of a minor version, the sandbox always the same. */
export function fullVersion(version: string): string {
	return /^\d+\.\d+$/.test(version) ? `${version}.0` : version;
}

/** The Pulumi CLI that is built or downloaded; one on PATH must be of this version or later, major 3. */
export const pulumiVersion = "3.259.0";

/** The Go that can build the CLI: the module's own `go` line, checked on 2026-11-21. */
export const goVersion = "1.25";

/** The Go that can build a control plane: the `go` lines of its modules, checked on 2026-11-21. */
export const controlPlaneGoVersion = "1.26";

/** The Node versions that the pinned packages declare, checked on 2026-11-21. */
export const nodeVersion = "20.19.0";

/** Compares dotted versions by number: negative where `a` is older, 0 where equal. A leading `v` and suffixes are ignored. */
export function compareVersions(a: string, b: string): number {
	const left = parts(a);
	const right = parts(b);
	for (let i = 0; i < 3; i++) {
		const difference = (left[i] ?? 0) - (right[i] ?? 0);
		if (difference !== 0) {
			return difference;
		}
	}
	return 0;
}

function parts(version: string): number[] {
	return (/(\d+)\.(\d+)(?:\.(\d+))?/.exec(version) ?? []).slice(1).map((part) => Number(part ?? 0));
}

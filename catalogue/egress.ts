/** Domains that belong together, with why a cluster calls them. */
export interface EgressGroup {
	/** As `example.com`, or `.example.com` for every name under it. */
	readonly domains: readonly string[];
	readonly why: string;
	readonly source: string;
	/** ISO date of reading. */
	readonly date: string;
	/** False where it rests on general knowledge. */
	readonly verified: boolean;
}

/** Where the platform's own images are kept: the account and region of the global cell's registry. */
export interface ImagePlace {
	readonly account: string;
	readonly region: string;
}

/** Every domain of the groups and of the specification, once each, sorted. */
export function allDomains(groups: readonly EgressGroup[], further: readonly string[]): string[] {
	return [...new Set([...groups.flatMap(({ domains }) => domains), ...further])].sort();
}

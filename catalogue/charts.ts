import { requireLocked } from "./lock";

/** A Helm chart of the platform, pinned. */
export interface Chart {
	readonly name: string;
	readonly version: string;
	/** The publisher's chart repository. */
	readonly repository: string;
}

const repositories: { readonly [name: string]: string } = {
	"argo-cd": "https://argoproj.github.io/argo-helm",
};

/** A chart by name; its version is in the lock. Throws for a chart that the catalogue does not have. */
export function chart(name: string): Chart {
	const repository = repositories[name];
	if (repository === undefined) {
		throw new Error(`catalogue/charts.ts has no chart ${name}`);
	}
	return { name, version: requireLocked(`chart/${name}`), repository };
}

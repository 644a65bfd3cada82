import type { Output } from "@pulumi/pulumi";

/** The platform's image repositories. */
export interface Registry {
	/** Address to pull from, by repository. */
	readonly urls: { readonly [repository: string]: Output<string> };
	/** What permissions name, by repository: ARNs or resource ids. */
	readonly ids: { readonly [repository: string]: Output<string> };
}

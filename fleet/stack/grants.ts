import { sandboxFolder } from "../../sandbox/files";
import type { Grants } from "../../sandbox/quotas/grants";
import { mergeGrants } from "../../sandbox/quotas/grants-file";
import type { Spec } from "../../spec/schema";

/** Tells the emulated clouds what a specification says was granted to its accounts; with target cloud it does nothing. */
export function tellGrants(spec: Spec, environment: NodeJS.ProcessEnv = process.env): void {
	if (spec.target === "sandbox") {
		mergeGrants(sandboxFolder(environment), grantsOf(spec));
	}
}

/** What the accounts of a specification were granted; an account without quotas is there too, and limits nothing. */
export function grantsOf({ accounts: { aws, azure, gcp } }: Pick<Spec, "accounts">): Grants {
	return {
		...(aws ? { [aws.id]: aws.quotas } : {}),
		...(gcp ? { [gcp.project]: gcp.quotas } : {}),
		...(azure ? { [azure.subscription]: azure.quotas } : {}),
	};
}

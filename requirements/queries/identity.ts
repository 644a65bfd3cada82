import type { ResourceGraph } from "../../lib/graph";
import { awsIdentities } from "../readers/identity/aws";
import { azureIdentities } from "../readers/identity/azure";
import { gcpIdentities } from "../readers/identity/gcp";
import type { IdentityReader } from "../readers/identity/identity";
import type { ItemAnswer, QueryRegistry } from "../row";
import { everyThing } from "./answers";

const READERS: readonly IdentityReader[] = [awsIdentities, gcpIdentities, azureIdentities];

/** Least privilege of each workload identity: SV-SEC-1 and AG-AUD-1. */
export const identityQueries: QueryRegistry = {
	"SV-SEC-1/least-privilege": leastPrivilege,
	"AG-AUD-1/least-privilege": leastPrivilege,
};

function leastPrivilege(graph: ResourceGraph): ItemAnswer {
	return everyThing(
		READERS.flatMap((read) => read(graph)),
		({ isNarrow }) => isNarrow,
		"service accounts with an identity of their own and known, narrow permissions",
	);
}

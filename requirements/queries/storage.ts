import type { ResourceGraph } from "../../lib/graph";
import { awsStorage } from "../readers/storage/aws";
import { azureStorage } from "../readers/storage/azure";
import { gcpStorage } from "../readers/storage/gcp";
import type { StoredBucket } from "../readers/storage/storage";
import type { ItemAnswer, QueryRegistry } from "../row";
import { everyThing, together } from "./answers";

const READERS = [awsStorage, gcpStorage, azureStorage];

/** FR-DATA-3's rules of each bucket and AG-AUD-1's automated retention. */
export const storageQueries: QueryRegistry = {
	"FR-DATA-3/lifecycle": lifecycle,
	"FR-DATA-3/replication": (graph) =>
		everyThing(bucketsOf(graph), ({ isReplicated }) => isReplicated, "buckets replicated"),
	"AG-AUD-1/lifecycle": (graph) => {
		const logs = READERS.flatMap((reader) => reader.logs(graph));
		const kept = everyThing(logs, ({ keepsForDays }) => keepsForDays, "log stores with a retention");
		return together([lifecycle(graph), kept]);
	},
};

function bucketsOf(graph: ResourceGraph): StoredBucket[] {
	return READERS.flatMap((reader) => reader.buckets(graph));
}

function lifecycle(graph: ResourceGraph): ItemAnswer {
	return everyThing(bucketsOf(graph), ({ hasLifecycle }) => hasLifecycle, "buckets with lifecycle rules");
}

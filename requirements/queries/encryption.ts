import type { ResourceGraph, ResourceNode } from "../../lib/graph";
import { awsStores } from "../readers/encryption/aws";
import { azureStores } from "../readers/encryption/azure";
import { gcpStores } from "../readers/encryption/gcp";
import type { QueryRegistry } from "../row";
import { everyOne } from "./answers";

const READERS = [awsStores, gcpStores, azureStores];

/** FR-SEC-1's encryption at rest: every store names a key of the customer, under which its data is AES-256. */
export const encryptionQueries: QueryRegistry = {
	"FR-SEC-1/encryption": (graph) => {
		const stores = graph.ofType(...READERS.flatMap(({ types }) => types));
		return everyOne(stores, (store) => isEncrypted(graph, store), "stores under a customer key (AES-256)");
	},
};

function isEncrypted(graph: ResourceGraph, store: ResourceNode): boolean {
	return READERS.some((reader) => reader.types.includes(store.type) && reader.isEncrypted(graph, store));
}

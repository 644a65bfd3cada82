import type { ResourceGraph, ResourceNode } from "../../../lib/graph";

/** An object store of any cloud: S3 and Cloud Storage call it a bucket, Azure a storage account. */
export interface StoredBucket {
	readonly node: ResourceNode;
	/** True with a lifecycle rule or more that is in force. */
	readonly hasLifecycle: boolean;
	/** True where its objects are also kept in another region. */
	readonly isReplicated: boolean;
}

/** Where logs are searched, and whether they are kept for days rather than for ever. */
export interface LogStore {
	readonly node: ResourceNode;
	readonly keepsForDays: boolean;
}

/** Reads the object stores and log stores of one cloud. Pure. */
export interface StorageReader {
	readonly buckets: (graph: ResourceGraph) => StoredBucket[];
	readonly logs: (graph: ResourceGraph) => LogStore[];
}

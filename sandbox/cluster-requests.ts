/** Tokens by which the command line asks a running sandbox for its clusters, on the kubernetes port. */
export const clusterRequests = {
	/** Lists the clusters. */
	list: "meridian:sandbox:listClusters",
	/** Starts a cluster where it does not run. Argument `key`; gives `folder` and the API server's `port`. */
	open: "meridian:sandbox:openCluster",
} as const;

/** A cluster of the emulated clouds, as the sandbox tells of it. */
export interface ClusterSummary {
	/** What tells it apart within the sandbox. */
	readonly key: string;
	/** Name under which people know it. */
	readonly name: string;
	/** The resource of the program that it stands for. */
	readonly urn: string;
	/** Folder of its control plane; nothing where it is emulated only. */
	readonly folder?: string;
	readonly runs: boolean;
}

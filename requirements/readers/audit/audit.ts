import type { ResourceGraph, ResourceNode } from "../../../lib/graph";

/** Where a cloud's audit log is kept for good, with its lock and how it is protected. */
export interface AuditStore {
	readonly resources: readonly ResourceNode[];
	/** Days in which nobody at all can delete a record; 0 without a lock, or with one that somebody can lift. */
	readonly lockDays: number;
	readonly atRest: boolean;
	readonly inTransit: boolean;
}

/** What records the calls to an account, project or subscription, with the number that there is. */
export interface AuditTrails {
	readonly nodes: readonly ResourceNode[];
	/** A plural in `s`. */
	readonly unit: string;
}

/** Reads the audit log of one cloud. Pure. */
export interface AuditReader {
	readonly stores: (graph: ResourceGraph) => AuditStore[];
	/** Each kind of record that must be there once or more for the trail to be on. */
	readonly trails: (graph: ResourceGraph) => AuditTrails[];
	/** True where the calls to the cluster's API are recorded, reads too. */
	readonly logsAudit: (graph: ResourceGraph, cluster: ResourceNode) => boolean;
}

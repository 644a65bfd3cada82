import type { ClusterReport } from "../../../../fleet/report/clusters";
import type { Placement } from "../../../../sandbox/clusters/placement";

/** What runs where in a cluster: two ready nodes and no pods unless said otherwise. */
export function clusterReport(cluster: string, placement: Partial<Placement> = {}): ClusterReport {
	return { cluster, placement: { nodes: { total: 2, ready: 2 }, pods: [], ...placement } };
}

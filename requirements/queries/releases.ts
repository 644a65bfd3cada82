import type { ResourceGraph, ResourceNode } from "../../lib/graph";
import { textAt } from "../counting";
import { clustersBehind } from "./places";

/** A Helm release. */
export const RELEASE = "kubernetes:helm.sh/v3:Release";

/** The releases in a cluster of charts by these names, in a repository or at the end of a registry's address. */
export function releasesIn(graph: ResourceGraph, cluster: ResourceNode, ...charts: readonly string[]): ResourceNode[] {
	return graph.ofType(RELEASE).filter((release) => {
		const chart = textAt(release.inputs, "chart")?.split("/").at(-1) ?? "";
		return charts.includes(chart) && clustersBehind(graph, release).some(({ urn }) => urn === cluster.urn);
	});
}

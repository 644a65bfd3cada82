import { stackOfUrn } from "../../lib/names";
import { ensureSandbox } from "../../sandbox/client";
import { clientOf, listClusters } from "../../sandbox/cluster-access";
import type { ClusterSummary } from "../../sandbox/cluster-requests";
import { placementOf } from "../../sandbox/clusters/placement";
import type { SandboxState } from "../../sandbox/files";
import type { Spec } from "../../spec/schema";
import { stackNames } from "../assessment";
import type { ClusterReport } from "../report/clusters";

/** The real clusters of an environment. */
export async function environmentClusters(spec: Spec, sandbox: SandboxState): Promise<ClusterSummary[]> {
	const stacks = new Set(stackNames(spec));
	const clusters = await listClusters(sandbox);
	return clusters
		.filter(({ folder, urn }) => folder !== undefined && stacks.has(stackOfUrn(urn)))
		.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What runs where in clusters, which are started where they do not run, one after another. */
export async function reportClusters(
	sandbox: SandboxState,
	clusters: readonly ClusterSummary[],
): Promise<ClusterReport[]> {
	const reports: ClusterReport[] = [];
	for (const { key, name } of clusters) {
		const client = await clientOf(sandbox, key);
		try {
			const [nodes, pods] = await Promise.all([client.list("v1", "Node"), client.list("v1", "Pod")]);
			reports.push({ cluster: name, placement: placementOf(nodes, pods) });
		} finally {
			await client.close();
		}
	}
	return reports;
}

/** What runs where in the environment's real clusters; nothing with target cloud. */
export async function clusterReports(spec: Spec): Promise<ClusterReport[]> {
	if (spec.target !== "sandbox") {
		return [];
	}
	const sandbox = await ensureSandbox();
	return reportClusters(sandbox, await environmentClusters(spec, sandbox));
}

import { groupBy } from "../../lib/graph";
import { type Placement, pendingPods, standIns } from "../../sandbox/clusters/placement";
import { wrap } from "./wrap";

/** A cluster's name and what runs where in it. */
export interface ClusterReport {
	readonly cluster: string;
	readonly placement: Placement;
}

/** One line a cluster, and what in them stands for something else. */
export function clusterSummaryLines(reports: readonly ClusterReport[]): string[] {
	return [...reports.map(summary), ...standInLines(reports)];
}

/** Every pod of a cluster, by namespace, and why a pod is pending. */
export function podLines({ cluster, placement }: ClusterReport): string[] {
	const namespaces = [...groupBy(placement.pods, ({ namespace }) => namespace)];
	return [
		summary({ cluster, placement }).trimStart(),
		...namespaces.flatMap(([namespace, pods]) => [
			`  ${namespace}`,
			...pods.map(
				({ name, node, phase, why, standsFor }) =>
					`    ${name.padEnd(52)} ${phase.padEnd(9)} ${node ?? `pending: ${why}`}${standsFor ? ` (${standsFor})` : ""}`,
			),
		]),
	];
}

/** What is no workload of its own: what takes the place of a chart, of a cloud's own pods, of a custom resource. */
export function standInLines(reports: readonly ClusterReport[]): string[] {
	const counts = new Map<string, number>();
	for (const { standsFor, pods } of reports.flatMap(({ placement }) => standIns(placement))) {
		counts.set(standsFor, (counts.get(standsFor) ?? 0) + pods);
	}
	const listed = [...counts].map(([standsFor, pods]) => `${standsFor} (${pods})`);
	return listed.length === 0
		? []
		: [
				"  Placeholder pods, which ask for what the real ones ask for and run nothing:",
				...wrap(listed, 100).map((line) => `      ${line}`),
			];
}

function summary({ cluster, placement }: ClusterReport): string {
	const { nodes, pods } = placement;
	const pending = pendingPods(placement).length;
	const waiting = pending === 0 ? "" : `, ${pending} pending`;
	return `  ${cluster}: ${nodes.ready} of ${nodes.total} nodes Ready, ${pods.length - pending} of ${pods.length} pods placed${waiting}`;
}

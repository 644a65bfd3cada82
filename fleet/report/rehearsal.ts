import type { Problem } from "../../lib/errors";
import { nameOfUrn } from "../../lib/names";
import { pendingPods } from "../../sandbox/clusters/placement";
import type { RehearsalReport } from "../rehearsal";
import { clusterSummaryLines } from "./clusters";

/** Pods without a node and refused objects: each is a reason not to go on. */
export function rehearsalProblems({ clusters, refusals }: RehearsalReport): Problem[] {
	const pending = clusters.flatMap(({ cluster, placement }) => {
		const pods = pendingPods(placement);
		const reasons = new Set(pods.map(({ why = "" }) => why));
		return [...reasons].map((why) => {
			const names = pods.filter((pod) => pod.why === why).map(({ namespace, name }) => `${namespace}/${name}`);
			const verb = names.length === 1 ? "finds" : "find";
			return { path: cluster, message: `${listed(names)} ${verb} no node: ${why}` };
		});
	});
	return [...refusals.map(({ urn, reason }) => ({ path: nameOfUrn(urn), message: reason })), ...pending];
}

/** What a rehearsal showed, for people. */
export function rehearsalLines(report: RehearsalReport): string[] {
	const problems = rehearsalProblems(report).map(({ path, message }) => `  ${path}: ${message}`);
	const good = report.clusters.length === 0 ? "There is no cluster, and no pod to place" : "Every pod finds a node";
	const verdict = problems.length === 0 ? [`  ${good}`] : problems;
	return [...clusterSummaryLines(report.clusters), ...verdict];
}

const most = 3;

function listed(names: readonly string[]): string {
	const shown = names.slice(0, most).join(", ");
	return names.length > most ? `${shown} and ${names.length - most} more pods` : shown;
}

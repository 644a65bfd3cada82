import { setTimeout as delay } from "node:timers/promises";
import type { Properties } from "../../lib/values";
import { text } from "../check/inputs";
import type { RealObject } from "../server/backing";
import { CloudError } from "../server/calls";
import type { ClusterClient } from "./cluster-client";
import { label, type ObjectName, plain } from "./manifest";
import { isSelected, podState, waitsFor } from "./readiness";

/** How long an object may take to become ready or to go, in milliseconds; nodes are simulated and pods start at once. */
export const usualPatienceMs = 30_000;
const firstLookMs = 20;
const longestLookMs = 250;

/** Waits until an object is ready; where it does not become so, says what it waits for in the scheduler's own words. */
export async function untilReady(
	client: ClusterClient,
	name: ObjectName,
	patienceMs = usualPatienceMs,
): Promise<RealObject> {
	const end = Date.now() + patienceMs;
	for (let wait = firstLookMs; ; wait = Math.min(wait * 2, longestLookMs)) {
		const found = await client.read(name);
		if (found === undefined) {
			throw new CloudError(`${name.kind} ${label(name)} went away while it was waited for`);
		}
		const live = plain(found);
		const waits = waitsFor(live);
		if (waits === undefined) {
			return { outputs: live };
		}
		if (Date.now() >= end) {
			const reasons = [waits, ...(await obstacles(client, live))].join("; ");
			const what = `${name.kind} ${label(name)}`;
			return { outputs: live, waitsFor: `${what} is not ready within ${patienceMs / 1000} s: ${reasons}` };
		}
		await delay(wait);
	}
}

/** Waits until objects are gone. Throws a `CloudError` with what keeps them. */
export async function untilGone(client: ClusterClient, names: readonly ObjectName[]): Promise<void> {
	const end = Date.now() + usualPatienceMs;
	for (const name of names) {
		for (let wait = firstLookMs; ; wait = Math.min(wait * 2, longestLookMs)) {
			const live = await client.read(name);
			if (live === undefined) {
				break;
			}
			if (Date.now() > end) {
				const keeps = live.metadata.finalizers ?? [];
				throw new CloudError(
					`${name.kind} ${label(name)} is not gone within ${usualPatienceMs / 1000} s; finalizers: ${JSON.stringify(keeps)}`,
				);
			}
			await delay(wait);
		}
	}
}

/** Why a workload's pods are not placed, or not even made: the scheduler's and the controllers' own words, each once. */
async function obstacles(client: ClusterClient, live: Properties): Promise<string[]> {
	const namespace = text(live, "metadata.namespace");
	const [pods, events] = await Promise.all([
		client.list("v1", "Pod", namespace),
		client.list("v1", "Event", namespace),
	]);
	const waiting = pods
		.map(plain)
		.filter((pod) => isSelected(live, pod) && text(pod, "spec.nodeName") === undefined)
		.map(podState);
	const warnings = events
		.map(plain)
		.filter((event) => text(event, "type") === "Warning" && isAbout(event, text(live, "metadata.name") ?? ""))
		.filter((event) => text(event, "involvedObject.kind") !== "Pod")
		.map((event) => text(event, "message") ?? "");
	return [...new Set([...waiting, ...warnings.slice(-1)])];
}

/** True for an event of a workload or of what its controller made for it, which carries its name. */
function isAbout(event: Properties, name: string): boolean {
	const about = text(event, "involvedObject.name") ?? "";
	return about === name || about.startsWith(`${name}-`);
}

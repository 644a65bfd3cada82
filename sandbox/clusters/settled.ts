import { setTimeout as delay } from "node:timers/promises";
import type { Properties } from "../../lib/values";
import { number, text } from "../check/inputs";
import type { ClusterClient } from "./cluster-client";
import { plain } from "./manifest";
import { isUndecided } from "./readiness";

/** How long nothing may change until a cluster counts as settled, and how long it may take, in milliseconds. */
const calmMs = 1_000;
const patienceMs = 60_000;
const lookMs = 200;

const workloads = [
	["apps/v1", "Deployment"],
	["apps/v1", "StatefulSet"],
	["apps/v1", "DaemonSet"],
	["apps/v1", "ReplicaSet"],
] as const;

/** Waits until every controller has seen its objects and the scheduler has decided on every pod, and that lasts. */
export async function settled(client: ClusterClient): Promise<void> {
	const end = Date.now() + patienceMs;
	let last = "";
	let since = Date.now();
	for (;;) {
		const { state, isBusy } = await look(client);
		if (state !== last || isBusy) {
			last = state;
			since = Date.now();
		}
		if (Date.now() - since >= calmMs || Date.now() > end) {
			return;
		}
		await delay(lookMs);
	}
}

async function look(client: ClusterClient): Promise<{ state: string; isBusy: boolean }> {
	const lists = workloads.map(([apiVersion, kind]) => client.list(apiVersion, kind));
	const [pods, ...controllers] = await Promise.all([client.list("v1", "Pod"), ...lists]);
	const all = (pods ?? []).map(plain);
	const unseen = controllers.flat().map(plain).some(isUnseen);
	return {
		state: all
			.map((pod) => `${text(pod, "metadata.uid")} ${text(pod, "spec.nodeName")}`)
			.sort()
			.join("\n"),
		isBusy: unseen || all.some(isUndecided),
	};
}

function isUnseen(controller: Properties): boolean {
	return (number(controller, "status.observedGeneration") ?? 0) < (number(controller, "metadata.generation") ?? 1);
}

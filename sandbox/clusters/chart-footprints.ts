import { chartKinds } from "../../catalogue/charts";
import { text } from "../check/inputs";
import type { SandboxObject } from "../model";
import type { RealObject } from "../server/backing";
import { chartName, releaseFootprint } from "./chart-footprint";
import type { ClusterClient } from "./cluster-client";
import { defineKinds } from "./definition";
import { placeholderManifest } from "./placeholders";
import { untilReady } from "./waiting";
import { syncGroup, type WorkloadGroup } from "./workload-group";

/**
 * Puts placeholders where a chart's workloads would be, and defines the kinds that it brings: charts are recorded, and
 * not rendered here.
 */
export class ChartFootprints {
	constructor(
		private readonly client: () => Promise<ClusterClient>,
		private readonly patienceMs?: number,
	) {}

	/** Makes the placeholders of a release and waits for them, as Helm does; removes those that it has no more. */
	async apply(release: SandboxObject): Promise<RealObject> {
		const client = await this.client();
		await defineKinds(client, chartKinds(chartName(release.inputs)));
		const group = groupOf(release);
		const wanted = releaseFootprint(release.inputs).map((each) => placeholderManifest(each, group.group));
		await syncGroup(client, group, wanted);
		const ready = await Promise.all(wanted.map((manifest) => untilReady(client, manifest, this.patienceMs)));
		const waits = ready.flatMap(({ waitsFor }) => waitsFor ?? []);
		const { outputs } = release;
		return waits.length === 0 ? { outputs } : { outputs, waitsFor: `release ${group.group}: ${waits.join("; ")}` };
	}

	/** Removes what stands for a release; the kinds that it brought stay, as with Helm. */
	async remove(release: SandboxObject): Promise<void> {
		await syncGroup(await this.client(), groupOf(release), []);
	}
}

function groupOf({ inputs }: SandboxObject): WorkloadGroup {
	return {
		namespace: text(inputs, "namespace") ?? "default",
		group: text(inputs, "name") ?? "",
		fieldManager: "helm",
	};
}

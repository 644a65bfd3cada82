import { text } from "../check/inputs";
import type { SandboxObject } from "../model";
import type { RealObject } from "../server/backing";
import { releaseFootprint } from "./chart-footprint";
import type { ClusterClient } from "./cluster-client";
import type { Manifest } from "./manifest";
import { placeholderLabel, placeholderManifest } from "./placeholders";
import { untilGone, untilReady } from "./waiting";

const kinds = ["Deployment", "StatefulSet", "DaemonSet"] as const;

/** Puts placeholders where a chart's workloads would be: charts are recorded, and not rendered here. */
export class ChartFootprints {
	constructor(private readonly client: () => Promise<ClusterClient>) {}

	/** Makes the placeholders of a release and waits for them, as Helm does; removes those that it has no more. */
	async apply(release: SandboxObject): Promise<RealObject> {
		const client = await this.client();
		const group = groupOf(release);
		const wanted = releaseFootprint(release.inputs).map((each) => placeholderManifest(each, group));
		for (const manifest of wanted) {
			await client.apply(manifest, { fieldManager: "helm" });
		}
		const names = new Set(wanted.map(({ kind, metadata }) => `${kind}/${metadata.name}`));
		const present = await placeholders(client, release);
		await remove(
			client,
			present.filter(({ kind, metadata }) => !names.has(`${kind}/${metadata.name}`)),
		);
		const waits = (await Promise.all(wanted.map((manifest) => untilReady(client, manifest)))).flatMap(
			({ waitsFor }) => waitsFor ?? [],
		);
		const { outputs } = release;
		return waits.length === 0 ? { outputs } : { outputs, waitsFor: `release ${group}: ${waits.join("; ")}` };
	}

	/** Removes what stands for a release. */
	async remove(release: SandboxObject): Promise<void> {
		const client = await this.client();
		await remove(client, await placeholders(client, release));
	}
}

async function remove(client: ClusterClient, manifests: readonly Manifest[]): Promise<void> {
	for (const manifest of manifests) {
		await client.remove(manifest);
	}
	await untilGone(client, manifests);
}

function groupOf({ inputs }: SandboxObject): string {
	return text(inputs, "name") ?? "";
}

async function placeholders(client: ClusterClient, release: SandboxObject): Promise<Manifest[]> {
	const group = groupOf(release);
	const namespace = text(release.inputs, "namespace") ?? "default";
	const lists = await Promise.all(kinds.map((kind) => client.list("apps/v1", kind, namespace)));
	return lists.flat().filter(({ metadata }) => metadata.labels?.[placeholderLabel] === group);
}

import { hasUnknown, type Properties } from "../../lib/values";
import { object, text } from "../check/inputs";
import type { SandboxObject, World } from "../model";
import type { Backing, RealObject } from "../server/backing";
import { CloudError, type ResourceCall } from "../server/calls";
import { ChartFootprints } from "./chart-footprints";
import type { ClusterClient } from "./cluster-client";
import { expand } from "./expanded-objects";
import { type Manifest, type ObjectName, plain } from "./manifest";
import { untilGone, untilReady } from "./waiting";

/** Owner of the fields that the program sets. */
export const fieldManager = "pulumi-kubernetes";

const NAMESPACE = "kubernetes:core/v1:Namespace";
/** A Helm release, which is recorded and not rendered. */
export const RELEASE = "kubernetes:helm.sh/v3:Release";

/** The objects of one cluster, on its real API server, as Pulumi's kubernetes provider handles them. */
export class AppliedObjects implements Backing {
	private readonly charts: ChartFootprints;

	/** `client` starts the cluster where it does not run; `patienceMs` is how long an object may take to become ready. */
	constructor(
		private readonly client: () => Promise<ClusterClient>,
		private readonly patienceMs?: number,
	) {
		this.charts = new ChartFootprints(client, patienceMs);
	}

	/** A chart is not rendered here: what is wrong with a release, the sandbox's own rules say. */
	judges(type: string): boolean {
		return type !== RELEASE;
	}

	/** Nothing follows from an object in a cluster: its controllers see it themselves. */
	follow(): Promise<void> {
		return Promise.resolve();
	}

	/** A dry run on the API server, as the provider's previews have it once the cluster is there. */
	async judge(call: ResourceCall, inputs: Properties, world: World): Promise<void> {
		if (!this.judges(call.type) || hasUnknown(inputs)) {
			return;
		}
		const client = await this.client();
		const namespace = text(inputs, "metadata.namespace");
		const comes =
			namespace !== undefined && world.find([NAMESPACE], "metadata.name", namespace).some(({ id }) => id === "");
		// A namespace that the same update makes is not there for the API server to look into.
		if (!comes) {
			await client.apply(manifestOf(inputs), { ...applying(inputs), dryRun: true });
		}
	}

	/** Creation does not take over what is there, as the provider's since its version 4.29. */
	async create(wanted: SandboxObject): Promise<RealObject> {
		if (wanted.type === RELEASE) {
			return this.charts.apply(wanted);
		}
		const client = await this.client();
		const manifest = manifestOf(wanted.inputs);
		await client.create(manifest, { fieldManager, dryRun: true });
		return this.apply(client, manifest, wanted.inputs);
	}

	async update(wanted: SandboxObject): Promise<RealObject> {
		if (wanted.type === RELEASE) {
			return this.charts.apply(wanted);
		}
		const client = await this.client();
		return this.apply(client, manifestOf(wanted.inputs), wanted.inputs);
	}

	async read({ inputs, type }: SandboxObject): Promise<Properties | "gone" | undefined> {
		if (type === RELEASE) {
			return undefined;
		}
		const live = await (await this.client()).read(nameOf(inputs));
		return live === undefined ? "gone" : plain(live);
	}

	async remove(gone: SandboxObject): Promise<void> {
		if (gone.type === RELEASE) {
			return this.charts.remove(gone);
		}
		const client = await this.client();
		await client.remove(nameOf(gone.inputs));
		await untilGone(client, [nameOf(gone.inputs)]);
	}

	/** Applies an object, has done what its operator would do, and waits for all of it. */
	private async apply(client: ClusterClient, manifest: Manifest, inputs: Properties): Promise<RealObject> {
		const live = await client.apply(manifest, applying(inputs));
		const own = await untilReady(client, manifest, this.patienceMs);
		const waitsFor = await this.expansionWaits(client, live);
		return waitsFor === undefined ? own : { ...own, waitsFor };
	}

	/** Why what an object stands for is not there or not ready; the object itself is there all the same. */
	private async expansionWaits(client: ClusterClient, live: Manifest): Promise<string | undefined> {
		try {
			const workloads = await expand(client, live);
			const waits = await Promise.all(workloads.map((each) => untilReady(client, each, this.patienceMs)));
			return waits.flatMap(({ waitsFor }) => waitsFor ?? [])[0];
		} catch (error) {
			if (error instanceof CloudError) {
				return error.message;
			}
			throw error;
		}
	}
}

/** Owner of the fields, and whether they are taken from another owner: an annotation of the provider says so. */
function applying(inputs: Properties): { readonly fieldManager: string; readonly force: boolean } {
	const annotations = object(inputs, "metadata.annotations");
	return { fieldManager, force: annotations["pulumi.com/patchForce"] === "true" };
}

/** The object with the label that Pulumi's provider puts on all that it makes, unless the program says otherwise. */
function manifestOf(inputs: Properties): Manifest {
	const { kind, apiVersion, metadata } = nameOf(inputs);
	const given = object(inputs, "metadata");
	const labels = Object.fromEntries(
		Object.entries(object(given, "labels")).map(([key, value]) => [key, String(value)]),
	);
	return {
		...inputs,
		apiVersion,
		kind,
		metadata: { ...given, ...metadata, labels: { "app.kubernetes.io/managed-by": "pulumi", ...labels } },
	};
}

function nameOf(inputs: Properties): ObjectName {
	const [name, namespace] = [text(inputs, "metadata.name") ?? "", text(inputs, "metadata.namespace")];
	return {
		apiVersion: text(inputs, "apiVersion") ?? "",
		kind: text(inputs, "kind") ?? "",
		metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
	};
}

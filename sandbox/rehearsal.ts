import { randomBytes } from "node:crypto";
import { previewOutputs } from "../catalogue/computed-fields";
import { unwrapAll } from "../lib/secret-marker";
import { hasUnknown, type Properties } from "../lib/values";
import type { ControlPlanePrograms } from "../toolchain/control-plane/find";
import { clusterSettings } from "./cluster-settings";
import { Clusters } from "./clusters/clusters";
import { type Placement, placementOf } from "./clusters/placement";
import { settled } from "./clusters/settled";
import { Inventory } from "./inventory/inventory";
import { sandboxPackages } from "./packages";
import { InitFailure } from "./server/init-failure";
import { Sessions } from "./server/sessions";

const providerPrefix = "pulumi:providers:";

/** A resource of a program, to be made in the rehearsal. */
export interface RehearsedResource {
	readonly urn: string;
	readonly type: string;
	readonly name: string;
	readonly inputs: Properties;
	/** URN of its provider, `::` and the provider's id. */
	readonly provider: string;
}

/** Something that the emulated clouds or a cluster refused. */
export interface Refusal {
	readonly urn: string;
	readonly reason: string;
}

/**
 * Emulated clouds of their own, in memory, with scratch control planes: what a program makes is made there, from
 * nothing, and thrown away. It shows what the clouds and clusters would refuse, and where pods find no node.
 */
export class Rehearsal {
	readonly refusals: Refusal[] = [];
	private readonly inventory = Inventory.inMemory();
	private readonly clusters: Clusters;
	private readonly sessions: Sessions;
	private readonly exports = new Map<string, Properties>();

	/** `folder` is empty, and may be removed after `close`. */
	constructor(folder: string, programs: ControlPlanePrograms) {
		this.clusters = new Clusters(clusterSettings(folder, this.inventory, programs));
		this.sessions = new Sessions(this.inventory, sandboxPackages, { clusters: this.clusters, patienceMs: 0 });
	}

	/** Makes a resource. What is refused is noted, and stays unknown as what depends on it. */
	async make(resource: RehearsedResource): Promise<{ id: string; outputs: Properties }> {
		const { inputs, type, urn } = resource;
		if (hasUnknown(unwrapAll(inputs))) {
			return { id: "", outputs: previewOutputs(type, inputs) };
		}
		try {
			return type.startsWith(providerPrefix) ? this.configure(resource) : await this.create(resource);
		} catch (error) {
			this.refusals.push({ urn, reason: error instanceof Error ? error.message : String(error) });
			return { id: "", outputs: previewOutputs(type, inputs) };
		}
	}

	outputsOf(stack: string): Properties | undefined {
		return this.exports.get(stack);
	}

	exported(stack: string, outputs: Properties): void {
		this.exports.set(stack, outputs);
	}

	/** What runs where in every cluster, once its scheduler has decided on every pod; the clusters are stopped then. */
	async placements(): Promise<{ readonly urn: string; readonly cluster: string; readonly placement: Placement }[]> {
		const running = this.clusters.list().filter(({ runs }) => runs);
		const placements = await Promise.all(
			running.map(async ({ key, name, urn }) => {
				const { client } = await this.clusters.open(key);
				await settled(client);
				const [nodes, pods] = await Promise.all([client.list("v1", "Node"), client.list("v1", "Pod")]);
				return { urn, cluster: name, placement: placementOf(nodes, pods) };
			}),
		);
		await Promise.all(running.map(({ key }) => this.clusters.stop(key)));
		return placements.sort((a, b) => (a.cluster < b.cluster ? -1 : 1));
	}

	/** Ends every control plane. */
	close(): Promise<void> {
		return this.clusters.close();
	}

	private configure({ urn, type, inputs }: RehearsedResource): { id: string; outputs: Properties } {
		const pack = sandboxPackages.get(type.slice(providerPrefix.length));
		if (pack === undefined) {
			throw new Error(`the sandbox does not know the package of ${type}`);
		}
		const id = "rehearsed";
		const faults = this.sessions.configure(`${urn}::${id}`, pack, unwrapAll(inputs));
		if (faults.length > 0) {
			throw new Error(faults.map(({ property, reason }) => `${property} ${reason}`).join("; "));
		}
		return { id, outputs: inputs };
	}

	private async create({ urn, type, name, inputs, provider }: RehearsedResource) {
		const call = { urn, type, name };
		const instance = this.sessions.provider(provider);
		const checked = instance.check(call, { olds: {}, news: inputs, seed: randomBytes(16) });
		if (checked.faults.length > 0) {
			throw new Error(checked.faults.map(({ property, reason }) => `${property}: ${reason}`).join("; "));
		}
		try {
			return await instance.create(call, checked.inputs);
		} catch (error) {
			// It exists; whether it becomes ready is seen in the end, for all together.
			if (error instanceof InitFailure) {
				return error.object;
			}
			throw error;
		}
	}
}

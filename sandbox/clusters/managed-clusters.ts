import { readFile } from "node:fs/promises";
import { ensureKeys } from "../control-plane/files";
import { layoutOf } from "../control-plane/layout";
import type { SandboxObject } from "../model";
import type { Backing, RealObject } from "../server/backing";
import type { Clusters } from "./clusters";

/** The control planes behind an emulated cloud's managed clusters, and the nodes behind their pools. */
export class ManagedClusters implements Backing {
	constructor(private readonly clusters: Clusters) {}

	/** What a cloud says of its clusters and pools is emulated. */
	judges(): boolean {
		return false;
	}

	/** What is only planned has no control plane to ask. */
	judge(): Promise<void> {
		return Promise.resolve();
	}

	/** A new cluster has an authority of its own, whose certificate clients are to trust. */
	async create(cluster: SandboxObject): Promise<RealObject | undefined> {
		const kind = this.clusters.kindOf(cluster.type);
		if (kind === undefined) {
			return undefined;
		}
		const layout = layoutOf(this.clusters.folderOf(kind, cluster));
		await ensureKeys(layout, kind.name(cluster));
		const certificate = (await readFile(layout.authority)).toString("base64");
		return { outputs: kind.withAuthority(cluster.outputs, certificate) };
	}

	/** Its authority stays while a cluster lives. */
	update(): Promise<undefined> {
		return Promise.resolve(undefined);
	}

	/** The record is what there is to know of a cluster or a pool. */
	read(): Promise<undefined> {
		return Promise.resolve(undefined);
	}

	/** A control plane ends when its cluster is taken off the record. */
	remove(): Promise<void> {
		return Promise.resolve();
	}

	follow(object: SandboxObject, isGone: boolean): Promise<void> {
		return this.clusters.follow(object, isGone);
	}
}

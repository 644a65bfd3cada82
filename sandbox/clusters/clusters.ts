import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { ControlPlanePrograms } from "../../toolchain/control-plane/find";
import type { ClusterSummary } from "../cluster-requests";
import type { ControlPlaneOptions } from "../control-plane/control-plane";
import { Guard } from "../control-plane/guard";
import { objectKey } from "../inventory/inventory";
import type { SandboxObject, World } from "../model";
import { steadyHex } from "../nodes/pool-nodes";
import type { ClusterKind } from "./cluster-kind";
import { Controllers } from "./controllers";
import { defineKinds } from "./definition";
import { preparedEtcd } from "./prepared-etcd";
import { type RunningPlane, RunningPlanes } from "./running-planes";
import { discardStrays } from "./strays";
import { type KnownCluster, keepUp } from "./upkeep";

/** What the clusters of a sandbox work with. */
export interface ClustersOptions {
	/** Folder that holds a folder for each cluster. */
	readonly folder: string;
	/** Folder that holds what new clusters begin with. */
	readonly store: string;
	readonly kinds: readonly ClusterKind[];
	readonly programs: ControlPlanePrograms;
	/** What exists in the emulated clouds. */
	readonly world: World;
	/** Live objects of the emulated clouds. */
	readonly objects: () => readonly SandboxObject[];
}

/** The real control planes behind the clusters of the emulated clouds. */
export class Clusters {
	private readonly options: ClustersOptions;
	private readonly guard = new Guard();
	private readonly planes = new RunningPlanes();
	/** Work on a cluster's nodes, one after another. */
	private readonly work = new Map<string, Promise<void>>();

	constructor(options: ClustersOptions) {
		this.options = options;
		this.sweep();
	}

	/** Does for a cluster what follows from a new, changed or deleted object; nothing for objects of no cluster. */
	async follow(object: SandboxObject, isGone: boolean): Promise<void> {
		const kind = this.kindOf(object.type);
		if (kind !== undefined) {
			if (isGone) {
				await this.discard({ kind, object });
			} else if (this.has(objectKey(object))) {
				await this.sync({ kind, object });
			}
			return;
		}
		const near = this.known().filter(
			(cluster) =>
				cluster.kind.poolTypes.includes(object.type) &&
				cluster.object.account === object.account &&
				cluster.object.region === object.region,
		);
		const real = near.filter(({ object: each }) => this.has(objectKey(each)));
		await Promise.all(real.map((cluster) => this.sync(cluster)));
	}

	/** A cluster by the key of its object, started where it does not run. */
	async open(key: string): Promise<RunningPlane> {
		const cluster = this.known().find(({ object }) => objectKey(object) === key);
		if (cluster === undefined) {
			throw new Error(`there is no cluster ${key}`);
		}
		return this.ensure(cluster);
	}

	/** Every cluster that exists. */
	list(): ClusterSummary[] {
		const running = new Set(this.planes.keys());
		return this.known().map(({ kind, object }) => {
			const key = objectKey(object);
			const folder = this.folderOf(kind, object);
			const real = existsSync(folder) ? { folder } : {};
			return { key, name: kind.name(object), urn: object.urn, ...real, runs: running.has(key) };
		});
	}

	/** True where a cluster has a control plane; one that was made while there were no programs for it is emulated. */
	has(key: string): boolean {
		return this.known().some(
			({ kind, object }) => objectKey(object) === key && existsSync(this.folderOf(kind, object)),
		);
	}

	/** When a cluster was last used, milliseconds since 1970; 0 where none runs. */
	lastUse(): number {
		return this.planes.lastUse();
	}

	/** Ends a cluster's control plane; what is in it stays. */
	stop(key: string): Promise<void> {
		return this.planes.stop(key);
	}

	/** Ends the control planes that nobody uses. */
	stopIdle(): Promise<void> {
		return this.planes.stopIdle();
	}

	/** Ends every control plane; what is in them stays. */
	async close(): Promise<void> {
		await this.planes.close();
		this.guard.close();
	}

	/** How clusters of a type are run; nothing for other types. */
	kindOf(type: string): ClusterKind | undefined {
		return this.options.kinds.find((kind) => kind.type === type);
	}

	/** Folder of a cluster; two accounts may have clusters of one name. */
	folderOf(kind: ClusterKind, cluster: SandboxObject): string {
		return join(this.options.folder, `${kind.name(cluster)}-${steadyHex(8, objectKey(cluster))}`);
	}

	private known(): KnownCluster[] {
		return this.options.objects().flatMap((object) => {
			const kind = this.kindOf(object.type);
			return kind === undefined ? [] : [{ kind, object }];
		});
	}

	/** Gives a cluster the nodes of its pools, one change after another. */
	private sync(cluster: KnownCluster): Promise<void> {
		const key = objectKey(cluster.object);
		const next = (this.work.get(key) ?? Promise.resolve())
			.catch(() => {})
			.then(async () => {
				const { client } = await this.ensure(cluster);
				await keepUp(client, cluster, this.options.world);
			});
		this.work.set(key, next);
		return next;
	}

	private ensure(cluster: KnownCluster): Promise<RunningPlane> {
		const key = objectKey(cluster.object);
		const folder = this.folderOf(cluster.kind, cluster.object);
		const isNew = !existsSync(join(folder, "etcd"));
		return this.planes.ensure(
			key,
			() => this.planeOptions(cluster, folder),
			async ({ client, plane }) => {
				await defineKinds(client, cluster.kind.kinds);
				await keepUp(client, cluster, this.options.world);
				if (!isNew) {
					const own = this.options.objects().filter(({ account }) => account === key);
					await discardStrays(client, own);
				}
				return this.controllersOf(cluster, { client, plane });
			},
		);
	}

	private controllersOf({ kind, object }: KnownCluster, { client, plane }: Pick<RunningPlane, "client" | "plane">) {
		const controllers = new Controllers({
			kubeconfig: plane.layout.kubeconfig("sandbox"),
			client,
			balancerAddress: (namespace, name) => kind.balancerAddress(object, namespace, name),
			complain: (reason) => process.stderr.write(`${kind.name(object)}: ${reason}\n`),
		});
		controllers.start();
		return controllers;
	}

	private async planeOptions({ kind, object }: KnownCluster, folder: string): Promise<ControlPlaneOptions> {
		const { programs, store, world } = this.options;
		const { guard } = this;
		return {
			cluster: kind.name(object),
			folder,
			programs,
			settings: kind.settings(object, world),
			guard,
			template: await preparedEtcd(kind.kinds, { store, programs, guard }),
		};
	}

	/** Removes what is left of clusters that went off the record while no sandbox ran. */
	private sweep(): void {
		const { folder } = this.options;
		const wanted = new Set(this.known().map(({ kind, object }) => this.folderOf(kind, object)));
		const present = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
		for (const stray of present.filter((each) => !wanted.has(each))) {
			rmSync(stray, { recursive: true, force: true });
		}
	}

	private async discard({ kind, object }: KnownCluster): Promise<void> {
		const key = objectKey(object);
		await this.work.get(key)?.catch(() => {});
		this.work.delete(key);
		await this.planes.stop(key);
		rmSync(this.folderOf(kind, object), { recursive: true, force: true });
	}
}

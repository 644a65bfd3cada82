import type { Properties } from "../../lib/values";
import { AppliedObjects } from "../clusters/applied-objects";
import type { Clusters } from "../clusters/clusters";
import { ManagedClusters } from "../clusters/managed-clusters";
import { CloudCalls } from "../faults/cloud-calls";
import type { CloudCall } from "../faults/sequence";
import type { FaultSetting } from "../faults/setting";
import type { Inventory } from "../inventory/inventory";
import { actingUser } from "../kubernetes/package";
import type { Fault, SandboxObject, Scope, TypeModel } from "../model";
import type { SandboxPackage } from "../package";
import type { Grants } from "../quotas/grants";
import { InventoryWorld } from "../world";
import type { Backing } from "./backing";
import { SandboxProvider } from "./provider";

/** A configured provider instance lives as long as the engine's connection to it. */
export class Sessions {
	private readonly inventory: Inventory;
	private readonly packages: ReadonlyMap<string, SandboxPackage>;
	private readonly faults: () => FaultSetting | undefined;
	private readonly grants: () => Grants;
	/** Real control planes behind the clusters; nothing where clusters are emulated throughout. */
	readonly clusters: Clusters | undefined;
	private readonly patienceMs: number | undefined;
	private readonly providers = new Map<string, SandboxProvider>();
	private readonly calls = new Map<string, CloudCalls>();

	/** `options.faults` says at each call what the emulated clouds do wrong on purpose, `options.grants` what they grant. */
	constructor(
		inventory: Inventory,
		packages: ReadonlyMap<string, SandboxPackage>,
		options: {
			readonly faults?: () => FaultSetting | undefined;
			readonly grants?: () => Grants;
			readonly clusters?: Clusters | undefined;
			/** How long an object in a cluster may take to become ready, milliseconds; half a minute unless said. */
			readonly patienceMs?: number;
		} = {},
	) {
		this.inventory = inventory;
		this.packages = packages;
		this.faults = options.faults ?? (() => undefined);
		this.grants = options.grants ?? (() => ({}));
		this.clusters = options.clusters;
		this.patienceMs = options.patienceMs;
	}

	/** Configures the instance behind a connection; the faults say why the cloud would not let it in. */
	configure(connection: string, pack: SandboxPackage, config: Properties): Fault[] {
		const answer = pack.scopeOf(config, new InventoryWorld(this.inventory, { planned: () => this.planned() }));
		if ("faults" in answer) {
			return answer.faults;
		}
		const backing = this.backingOf(pack, answer.scope, config);
		const provider = new SandboxProvider({
			backing,
			pack,
			config,
			scope: answer.scope,
			inventory: this.inventory,
			planned: () => this.planned(),
			grants: this.grants,
			modelOf: (type) => this.modelOf(type),
		});
		this.providers.set(connection, provider);
		this.calls.set(connection, new CloudCalls({ pack: pack.name, faults: this.faults }));
		return [];
	}

	/** The instance behind a connection; throws where the engine did not configure it first. */
	provider(connection: string): SandboxProvider {
		const provider = this.providers.get(connection);
		if (provider === undefined) {
			throw notConfigured();
		}
		return provider;
	}

	/** Has the cloud do what a connection's provider asks for, with the faults that are set. */
	ask<T>(connection: string, call: CloudCall, work: (provider: SandboxProvider) => Promise<T>): Promise<T> {
		const provider = this.provider(connection);
		return this.calls.get(connection)?.run(call, () => work(provider)) ?? Promise.reject(notConfigured());
	}

	/** Forgets an instance and what it planned, and tries nothing again for it: the engine has closed the connection. */
	end(connection: string): void {
		this.providers.delete(connection);
		this.calls.get(connection)?.cancel();
		this.calls.delete(connection);
	}

	private backingOf(pack: SandboxPackage, { account }: Scope, config: Properties): Backing | undefined {
		const { clusters } = this;
		if (clusters === undefined) {
			return undefined;
		}
		if (pack.inCluster) {
			if (!clusters.has(account)) {
				return undefined;
			}
			const user = actingUser(config);
			return new AppliedObjects(async () => (await clusters.open(account)).clientOf(user), this.patienceMs);
		}
		return pack.clusters ? new ManagedClusters(clusters) : undefined;
	}

	private planned(): SandboxObject[] {
		return [...this.providers.values()].flatMap((provider) => provider.planned());
	}

	private modelOf(type: string): TypeModel | undefined {
		for (const pack of this.packages.values()) {
			const model = pack.models.get(type);
			if (model) {
				return model;
			}
		}
		return undefined;
	}
}

function notConfigured(): Error {
	return new Error("the provider is not configured");
}

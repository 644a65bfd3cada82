import type { Properties } from "../../lib/values";
import type { Inventory } from "../inventory/inventory";
import type { Fault, SandboxObject, TypeModel } from "../model";
import type { SandboxPackage } from "../package";
import { InventoryWorld } from "../world";
import { SandboxProvider } from "./provider";

/** A configured provider instance lives as long as the engine's connection to it. */
export class Sessions {
	private readonly inventory: Inventory;
	private readonly packages: ReadonlyMap<string, SandboxPackage>;
	private readonly providers = new Map<string, SandboxProvider>();

	constructor(inventory: Inventory, packages: ReadonlyMap<string, SandboxPackage>) {
		this.inventory = inventory;
		this.packages = packages;
	}

	/** Configures the instance behind a connection; the faults say why the cloud would not let it in. */
	configure(connection: string, pack: SandboxPackage, config: Properties): Fault[] {
		const answer = pack.scopeOf(config, new InventoryWorld(this.inventory, () => this.planned()));
		if ("faults" in answer) {
			return answer.faults;
		}
		const provider = new SandboxProvider({
			pack,
			config,
			scope: answer.scope,
			inventory: this.inventory,
			planned: () => this.planned(),
			modelOf: (type) => this.modelOf(type),
		});
		this.providers.set(connection, provider);
		return [];
	}

	/** The instance behind a connection; throws where the engine did not configure it first. */
	provider(connection: string): SandboxProvider {
		const provider = this.providers.get(connection);
		if (provider === undefined) {
			throw new Error("the provider is not configured");
		}
		return provider;
	}

	/** Forgets an instance and what it planned: the engine has closed the connection. */
	end(connection: string): void {
		this.providers.delete(connection);
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

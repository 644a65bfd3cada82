import { previewOutputs, previewUpdate } from "../../catalogue/computed-fields";
import { redactAll, unwrapAll } from "../../lib/secret-marker";
import type { Properties } from "../../lib/values";
import { checkFacts } from "../check/facts-check";
import { checkModel } from "../check/model-check";
import { factsFor } from "../facts";
import type { Inventory } from "../inventory/inventory";
import type { CreateContext, Fault, SandboxObject, Scope, TypeModel } from "../model";
import type { SandboxPackage } from "../package";
import type { Grants } from "../quotas/grants";
import { InventoryWorld } from "../world";
import { fillName } from "./auto-name";
import type { Backing, RealObject } from "./backing";
import { type Change, CloudError, type Difference, type ObjectState, type ResourceCall } from "./calls";
import { changesOf } from "./changes";
import { computedOutputs } from "./computed-outputs";
import { coverSecrets, markSecrets } from "./computed-secrets";
import { configuredOutputs } from "./configured-outputs";
import { freshValues } from "./fresh-values";
import { InitFailure, type MadeObject } from "./init-failure";
import { existingObject, liveObject } from "./lookup";
import { Plans } from "./plans";
import { refuseDeletion, refuseFaults, refuseTwin } from "./refusals";
import { restoreAll } from "./wire";

/** One configured provider instance: the calls of Pulumi's provider protocol without their wire format. */
export class SandboxProvider {
	private readonly pack: SandboxPackage;
	private readonly config: Properties;
	private readonly inventory: Inventory;
	private readonly scope: Scope;
	private readonly world: InventoryWorld;
	private readonly liveWorld: InventoryWorld;
	private readonly modelOf: (type: string) => TypeModel | undefined;
	private readonly backing: Backing | undefined;
	private readonly plans: Plans;

	constructor(options: {
		pack: SandboxPackage;
		config: Properties;
		scope: Scope;
		inventory: Inventory;
		planned: () => readonly SandboxObject[];
		grants?: () => Grants;
		modelOf: (type: string) => TypeModel | undefined;
		/** What is real behind the emulated objects, where anything is. */
		backing?: Backing | undefined;
	}) {
		this.pack = options.pack;
		this.config = options.config;
		this.scope = options.scope;
		this.inventory = options.inventory;
		this.plans = new Plans(options.inventory);
		const { grants = () => ({}), planned } = options;
		this.world = new InventoryWorld(options.inventory, { planned, grants });
		this.liveWorld = new InventoryWorld(options.inventory, { grants });
		this.modelOf = options.modelOf;
		this.backing = options.backing;
	}

	/** What this instance plans to create in the preview that runs, and what it plans to change and has not changed yet. */
	readonly planned = (): readonly SandboxObject[] => this.plans.list();

	/** All faults of a resource's inputs, and the inputs with a missing name filled in. */
	check(
		call: ResourceCall,
		{ olds, news, seed }: { olds: Properties; news: Properties; seed: Uint8Array },
	): { inputs: Properties; faults: Fault[] } {
		const model = this.model(call.type);
		const inputs = fillName(model, { logicalName: call.name, seed }, olds, news);
		const plain = unwrapAll(inputs);
		const self = this.inventory.ofUrn(call.urn).at(-1);
		const context = { inputs: plain, scope: this.scopeFor(plain), world: this.world, self };
		const judged = this.emulates(call.type) ? checkModel(model, context) : [];
		return { inputs, faults: [...checkFacts(factsFor(this.pack.name), call.type, plain), ...judged] };
	}

	diff(call: ResourceCall, change: Change, ignored: readonly string[]): Difference {
		const { pack, config } = this;
		return changesOf({ pack, config, model: this.model(call.type) }, change, ignored);
	}

	/** What a preview knows of a new object: its inputs; ids and computed outputs stay unknown. */
	async plan(call: ResourceCall, inputs: Properties): Promise<Properties> {
		const model = this.model(call.type);
		await this.backing?.judge(call, unwrapAll(inputs), this.world);
		this.plans.make(this.object(call, model, "", redactAll(inputs), {}));
		return previewOutputs(call.type, inputs);
	}

	/** What a preview knows of a change in place. */
	async planUpdate(call: ResourceCall, olds: Properties, news: Properties): Promise<Properties> {
		await this.backing?.judge(call, unwrapAll(news), this.world);
		this.plans.change(call.urn, (old) =>
			this.object(call, this.model(call.type), old.id, redactAll(news), computedOutputs(old)),
		);
		return previewUpdate(call.type, olds, news);
	}

	/** Creates the object; it is on disk when this resolves. Throws an `InitFailure` where it exists and is not ready. */
	async create(call: ResourceCall, inputs: Properties): Promise<{ id: string; outputs: Properties }> {
		const model = this.model(call.type);
		const context = this.context(call, inputs, undefined);
		const judge = this.emulates(call.type) ? model : undefined;
		refuseFaults(judge, context);
		const { id, outputs } = model.create(context);
		const wanted = this.object(call, model, id, context.inputs, outputs);
		refuseTwin(this.inventory, model, wanted);
		const real = await this.backing?.create(wanted);
		if (real !== undefined) {
			// Another call may have made it while this one waited; what is emulated is judged and made in one go.
			refuseFaults(judge, context);
			refuseTwin(this.inventory, model, wanted);
		}
		const computed = coverSecrets(this.configured(real?.outputs ?? outputs), inputs);
		const object = this.record(call, model, id, { inputs, computed });
		try {
			await this.backing?.follow(object, false);
		} catch (error) {
			// What could not be made real is not there, so that the next update makes it.
			this.inventory.remove(object);
			await this.backing?.follow(object, true);
			throw error;
		}
		return { id, outputs: readyOrFailed(real, { id, inputs, outputs: this.answer(call, inputs, computed) }) };
	}

	/** Changes the object in place; `known` is its last state as the engine has it. */
	async update(call: ResourceCall, id: string, inputs: Properties, known: Properties): Promise<Properties> {
		const model = this.model(call.type);
		const old = existingObject(this.inventory, this.object(call, model, id, inputs, {}));
		const context = this.context(call, inputs, old);
		refuseFaults(this.emulates(call.type) ? model : undefined, context);
		const emulated = { ...restoreAll(computedOutputs(old), known), ...model.update?.(context) };
		const real = await this.backing?.update(this.object(call, model, id, context.inputs, emulated));
		const computed = coverSecrets(this.configured(real?.outputs ?? emulated), inputs);
		const object = this.record(call, model, id, { inputs, computed });
		await this.backing?.follow(object, false);
		return readyOrFailed(real, { id, inputs, outputs: this.answer(call, inputs, computed) });
	}

	/** The object's present state, or nothing where it is gone; secrets are those of the last state that is known. */
	async read(call: ResourceCall, id: string, known: ObjectState): Promise<ObjectState | undefined> {
		const object = liveObject(this.inventory, this.scope, call, id);
		const real = object && (await this.backing?.read(object));
		if (object === undefined || real === "gone") {
			return undefined;
		}
		const inputs = restoreAll(object.inputs, known.inputs);
		const computed = coverSecrets(real ?? restoreAll(computedOutputs(object), known.outputs), inputs);
		return { inputs, outputs: this.answer(call, inputs, computed) };
	}

	/** Deletes the object, in the order that the cloud demands; deleting what is gone is no error. */
	async delete(call: ResourceCall, id: string): Promise<void> {
		const object = liveObject(this.inventory, this.scope, call, id);
		if (object === undefined) {
			return;
		}
		const model = this.model(call.type);
		refuseDeletion(object, { model, objects: this.inventory.objects(), modelOf: this.modelOf, world: this.liveWorld });
		await this.backing?.remove(object);
		for (const part of model.takesAlong?.(object, this.liveWorld) ?? []) {
			this.inventory.remove(part, this.modelOf(part.type)?.retains?.(part));
		}
		this.inventory.remove(object, model.retains?.(object));
		await this.backing?.follow(object, true);
	}

	/** True where the sandbox's own rules stand for the cloud's; what is real judges itself. */
	private emulates(type: string): boolean {
		return this.backing?.judges(type) !== true;
	}

	/** Keeps an object as it now is, without its secrets. */
	private record(
		call: ResourceCall,
		model: TypeModel,
		id: string,
		{ inputs, computed }: { readonly inputs: Properties; readonly computed: Properties },
	): SandboxObject {
		const marked = markSecrets(computed, this.secretOutputs(call.type));
		const object = this.object(call, model, id, redactAll(inputs), redactAll(marked));
		this.inventory.put(object);
		return object;
	}

	/** What the engine is told of an object, with its secrets marked. */
	private answer({ type }: ResourceCall, inputs: Properties, computed: Properties): Properties {
		return markSecrets({ ...inputs, ...computed }, this.secretOutputs(type));
	}

	private secretOutputs(type: string): readonly string[] {
		return factsFor(this.pack.name).resources[type]?.secretOutputs ?? [];
	}

	private model(type: string): TypeModel {
		const model = this.pack.models.get(type);
		if (model === undefined) {
			throw new CloudError(
				`the sandbox does not know ${type}: describe it in sandbox/${this.pack.name} (docs/sandbox.md, "Add a type") and run npm run facts`,
			);
		}
		return model;
	}

	/** Computed outputs with what the provider's configuration adds. */
	private configured(computed: Properties): Properties {
		return { ...computed, ...configuredOutputs(this.pack, this.config, computed) };
	}

	private scopeFor(inputs: Properties): Scope {
		return this.pack.scopeOfResource?.(inputs, this.scope) ?? this.scope;
	}

	private context(call: ResourceCall, inputs: Properties, self: SandboxObject | undefined): CreateContext {
		const plain = unwrapAll(inputs);
		return {
			inputs: plain,
			scope: this.scopeFor(plain),
			world: this.liveWorld,
			self,
			logicalName: call.name,
			...freshValues(),
		};
	}

	private object(
		call: ResourceCall,
		model: TypeModel,
		id: string,
		inputs: Properties,
		computed: Properties,
	): SandboxObject {
		const { account, region } = this.scopeFor(inputs);
		return {
			type: call.type,
			id,
			urn: call.urn,
			account,
			region: model.global ? "global" : region,
			inputs,
			outputs: { ...inputs, ...computed },
			...(model.shared ? { shared: true } : {}),
		};
	}
}

/** The outputs of what was made or changed; throws where it exists and did not become ready. */
function readyOrFailed(real: RealObject | undefined, made: MadeObject): Properties {
	if (real?.waitsFor !== undefined) {
		throw new InitFailure(real.waitsFor, made);
	}
	return made.outputs;
}

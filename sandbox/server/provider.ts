import { previewOutputs } from "../../catalogue/computed-fields";
import { redactAll, unwrapAll } from "../../lib/secret-marker";
import { hasUnknown, type Properties } from "../../lib/values";
import { checkFacts } from "../check/facts-check";
import { checkModel } from "../check/model-check";
import { diffProperties } from "../diff";
import { factsFor } from "../facts";
import type { Inventory } from "../inventory/inventory";
import { objectKey } from "../inventory/inventory";
import type { CreateContext, Fault, SandboxObject, Scope, TypeModel } from "../model";
import type { SandboxPackage } from "../package";
import { holders, InventoryWorld } from "../world";
import { fillName } from "./auto-name";
import { type Change, CloudError, type Difference, type ObjectState, type ResourceCall } from "./calls";
import { computedOutputs } from "./computed-outputs";
import { coverSecrets, markSecrets } from "./computed-secrets";
import { configuredChanges, configuredOutputs } from "./configured-outputs";
import { freshValues } from "./fresh-values";
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
	private readonly plannedObjects = new Map<string, SandboxObject>();

	constructor(options: {
		pack: SandboxPackage;
		config: Properties;
		scope: Scope;
		inventory: Inventory;
		planned: () => readonly SandboxObject[];
		modelOf: (type: string) => TypeModel | undefined;
	}) {
		this.pack = options.pack;
		this.config = options.config;
		this.scope = options.scope;
		this.inventory = options.inventory;
		this.world = new InventoryWorld(options.inventory, options.planned);
		this.liveWorld = new InventoryWorld(options.inventory);
		this.modelOf = options.modelOf;
	}

	/** What this instance plans to create in the preview that runs. */
	planned(): readonly SandboxObject[] {
		return [...this.plannedObjects.values()];
	}

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
		const faults = [...checkFacts(factsFor(this.pack.name), call.type, plain), ...checkModel(model, context)];
		return { inputs, faults };
	}

	diff(call: ResourceCall, { olds, news, outputs }: Change, ignored: readonly string[]): Difference {
		const model = this.model(call.type);
		const replaceOn = factsFor(this.pack.name).resources[call.type]?.replaceOn ?? [];
		const own = diffProperties(unwrapAll(olds), unwrapAll(news), replaceOn);
		const all =
			own.length > 0
				? own
				: configuredChanges(this.pack, this.config, { news: unwrapAll(news), outputs: unwrapAll(outputs) });
		const changes = all.filter(
			(change) => !ignored.some((path) => change.path === path || change.path.startsWith(`${path}.`)),
		);
		const name = model.name;
		const keepsName =
			name !== undefined && name.unique !== "none" && !changes.some((change) => change.path === name.path);
		return { changes, deleteBeforeReplace: model.deletesFirst?.(unwrapAll(news)) ?? keepsName };
	}

	/** What a preview knows of a new object: its inputs; ids and computed outputs stay unknown. */
	plan(call: ResourceCall, inputs: Properties): Properties {
		const model = this.model(call.type);
		this.plannedObjects.set(call.urn, this.object(call, model, "", redactAll(inputs), {}));
		return previewOutputs(call.type, inputs);
	}

	/** Creates the object; it is on disk when this returns. */
	create(call: ResourceCall, inputs: Properties): { id: string; outputs: Properties } {
		const model = this.model(call.type);
		const context = this.context(call, inputs, undefined);
		this.refuse(model, context);
		const { id, outputs } = model.create(context);
		const computed = coverSecrets(this.configured(outputs), inputs);
		const object = this.object(call, model, id, redactAll(inputs), redactAll(computed));
		if (this.inventory.get(objectKey(object))) {
			throw new CloudError(`AlreadyExists: ${call.type} ${id} exists already in ${object.account} ${object.region}`);
		}
		this.refuseKeptName(model, object);
		this.inventory.put(object);
		return { id, outputs: this.answer(call, inputs, computed) };
	}

	/** Changes the object in place; `known` is its last state as the engine has it. */
	update(call: ResourceCall, id: string, inputs: Properties, known: Properties): Properties {
		const model = this.model(call.type);
		const old = this.existing(call, model, id, inputs);
		const context = this.context(call, inputs, old);
		this.refuse(model, context);
		const kept = restoreAll(computedOutputs(old), known);
		const computed = coverSecrets(this.configured({ ...kept, ...model.update?.(context) }), inputs);
		this.inventory.put(this.object(call, model, id, redactAll(inputs), redactAll(computed)));
		return this.answer(call, inputs, computed);
	}

	/** The object's present state, or nothing where it is gone; secrets are those of the last state that is known. */
	read(call: ResourceCall, id: string, known: ObjectState): ObjectState | undefined {
		const object = this.live(call, id);
		if (object === undefined) {
			return undefined;
		}
		const inputs = restoreAll(object.inputs, known.inputs);
		const computed = restoreAll(computedOutputs(object), known.outputs);
		return { inputs, outputs: this.answer(call, inputs, computed) };
	}

	/** Deletes the object, in the order that the cloud demands; deleting what is gone is no error. */
	delete(call: ResourceCall, id: string): void {
		const object = this.live(call, id);
		if (object === undefined) {
			return;
		}
		const model = this.model(call.type);
		const inUseBy = holders(object, this.inventory.objects(), this.modelOf);
		if (inUseBy.length > 0) {
			const names = inUseBy.map((holder) => `${holder.type} ${holder.id}`).join(", ");
			throw new CloudError(`DependencyViolation: ${call.type} ${id} is in use by ${names}; delete these first`);
		}
		const refusal = model.refusesDelete?.(object, this.liveWorld);
		if (refusal !== undefined) {
			throw new CloudError(`${call.type} ${id} cannot be deleted: ${refusal}`);
		}
		for (const part of model.takesAlong?.(object, this.liveWorld) ?? []) {
			this.inventory.remove(part, this.modelOf(part.type)?.retains?.(part));
		}
		this.inventory.remove(object, model.retains?.(object));
	}

	/** What the engine is told of an object, with its secrets marked. */
	private answer({ type }: ResourceCall, inputs: Properties, computed: Properties): Properties {
		const secret = factsFor(this.pack.name).resources[type]?.secretOutputs ?? [];
		return markSecrets({ ...inputs, ...computed }, secret);
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

	/** Check saw what the preview planned; what is created must stand on what is really there. */
	private refuse(model: TypeModel, context: CreateContext): void {
		if (hasUnknown(context.inputs)) {
			throw new CloudError("an input is still unknown; the engine must not create it");
		}
		const faults = checkModel(model, context);
		if (faults.length > 0) {
			throw new CloudError(faults.map((fault) => `${fault.property}: ${fault.reason}`).join("; "));
		}
	}

	/** What the cloud retains may keep its id from being given again. */
	private refuseKeptName(model: TypeModel, object: SandboxObject): void {
		const kept = this.inventory.retained().find((each) => objectKey(each.object) === objectKey(object));
		if (model.keepsName && kept) {
			throw new CloudError(
				`AlreadyExists: ${object.type} ${object.id} was deleted, but its name cannot be used again: ${kept.reason}; choose another`,
			);
		}
	}

	private existing(call: ResourceCall, model: TypeModel, id: string, inputs: Properties): SandboxObject {
		const wanted = this.object(call, model, id, inputs, {});
		const object = this.inventory.get(objectKey(wanted));
		if (object === undefined) {
			throw new CloudError(`NotFound: ${call.type} ${id} does not exist in ${wanted.account} ${wanted.region}`);
		}
		return object;
	}

	/** The object that a resource stands for; found by its place where it was made under another URN. */
	private live(call: ResourceCall, id: string): SandboxObject | undefined {
		const own = this.inventory.ofUrn(call.urn).find((candidate) => candidate.id === id);
		const { account, region } = this.scope;
		const places = [region, "global"].map((place) => objectKey({ type: call.type, account, region: place, id }));
		return own ?? places.flatMap((key) => this.inventory.get(key) ?? [])[0];
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

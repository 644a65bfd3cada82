import { isDeepStrictEqual } from "node:util";
import { type Value, valuesAt } from "../lib/values";
import type { Inventory } from "./inventory/inventory";
import type { Reference, SandboxObject, Scope, TypeModel, World } from "./model";
import { type Grants, grantedOf } from "./quotas/grants";

/** What a world looks up beside the inventory, at each question. */
export interface WorldSources {
	/** What a preview plans to make and change; nothing unless said. */
	readonly planned?: () => readonly SandboxObject[];
	/** What the accounts were granted of each quota; nothing is limited unless said. */
	readonly grants?: () => Grants;
}

/** Looks up what exists: the live inventory, and where a preview asks, as the same preview plans to make and change it. */
export class InventoryWorld implements World {
	private readonly inventory: Inventory;
	private readonly planned: () => readonly SandboxObject[];
	private readonly grants: () => Grants;

	constructor(inventory: Inventory, { planned = () => [], grants = () => ({}) }: WorldSources = {}) {
		this.inventory = inventory;
		this.planned = planned;
		this.grants = grants;
	}

	find(types: readonly string[], by: string, value: Value): SandboxObject[] {
		// What is only planned has no id yet.
		if (by === "id" && value === "") {
			return [];
		}
		return this.all().filter((object) => types.includes(object.type) && hasKey(object, by, value));
	}

	list(type: string, scope: Scope): SandboxObject[] {
		return this.all().filter(
			(object) =>
				object.type === type &&
				object.account === scope.account &&
				(object.region === scope.region || object.region === "global"),
		);
	}

	granted(scope: Scope, family: string): number | undefined {
		return grantedOf(this.grants(), scope, family);
	}

	private all(): SandboxObject[] {
		const live = this.inventory.objects();
		const urns = new Set(live.map((object) => object.urn));
		const planned = this.planned();
		// What is planned to change is there already, with an id of its own.
		const changed = new Map(planned.filter(({ id }) => id !== "").map((object) => [object.urn, object]));
		return [
			...live.map((object) => {
				const after = changed.get(object.urn);
				return after?.id === object.id ? after : object;
			}),
			...planned.filter((object) => !urns.has(object.urn)),
		];
	}
}

/** An output may hold several, as the endpoints of a firewall. */
function hasKey(object: SandboxObject, by: string, value: Value): boolean {
	return by === "id"
		? object.id === value
		: valuesAt(object.outputs, by).some((found) => isDeepStrictEqual(found.value, value));
}

function keyed(object: SandboxObject, by: string): Value | undefined {
	return by === "id" ? object.id : valuesAt(object.outputs, by)[0]?.value;
}

/** The live objects that name this one in a way that keeps the cloud from deleting it. */
export function holders(
	object: SandboxObject,
	objects: readonly SandboxObject[],
	modelOf: (type: string) => TypeModel | undefined,
): SandboxObject[] {
	return objects.filter((other) => other !== object && holds(other, object, modelOf(other.type)));
}

function holds(other: SandboxObject, target: SandboxObject, model: TypeModel | undefined): boolean {
	const references = (model?.references ?? []).filter(
		(reference) => reference.holds !== false && reference.to.includes(target.type),
	);
	return references.some((reference) => {
		const key = keyed(target, reference.by);
		const named = valuesAt(other.inputs, reference.path).some((at) => isDeepStrictEqual(at.value, key));
		return named && mayMean(other, target, reference);
	});
}

/** A plain name means the object of that name in the same place; ids and addresses say the place themselves. */
function mayMean(other: SandboxObject, target: SandboxObject, reference: Reference): boolean {
	const near = other.region === target.region || [other.region, target.region].includes("global");
	return reference.by !== "name" || reference.anyRegion === true || (near && other.account === target.account);
}

import { hasUnknown } from "../../lib/values";
import { checkModel } from "../check/model-check";
import { type Inventory, objectKey } from "../inventory/inventory";
import type { CreateContext, SandboxObject, TypeModel, World } from "../model";
import { holders } from "../world";
import { CloudError } from "./calls";

/** Check saw what the preview planned; what is created must be known, and stand on what is really there. */
export function refuseFaults(model: TypeModel | undefined, context: CreateContext): void {
	if (hasUnknown(context.inputs)) {
		throw new CloudError("an input is still unknown; the engine must not create it");
	}
	const faults = model === undefined ? [] : checkModel(model, context);
	if (faults.length > 0) {
		throw new CloudError(faults.map((fault) => `${fault.property}: ${fault.reason}`).join("; "));
	}
}

/** No two objects are one, and what the cloud retains may keep its id from being given again. */
export function refuseTwin(inventory: Inventory, model: TypeModel, object: SandboxObject): void {
	const key = objectKey(object);
	if (inventory.get(key)) {
		throw new CloudError(
			`AlreadyExists: ${object.type} ${object.id} exists already in ${object.account} ${object.region}`,
		);
	}
	const kept = inventory.retained().find((each) => objectKey(each.object) === key);
	if (model.keepsName && kept) {
		throw new CloudError(
			`AlreadyExists: ${object.type} ${object.id} was deleted, but its name cannot be used again: ${kept.reason}; choose another`,
		);
	}
}

/** What is in use, and what the cloud protects, is not deleted. */
export function refuseDeletion(
	object: SandboxObject,
	options: {
		readonly model: TypeModel;
		readonly objects: readonly SandboxObject[];
		readonly modelOf: (type: string) => TypeModel | undefined;
		readonly world: World;
	},
): void {
	const { id, type } = object;
	const inUseBy = holders(object, options.objects, options.modelOf);
	if (inUseBy.length > 0) {
		const names = inUseBy.map((holder) => `${holder.type} ${holder.id}`).join(", ");
		throw new CloudError(`DependencyViolation: ${type} ${id} is in use by ${names}; delete these first`);
	}
	const refusal = options.model.refusesDelete?.(object, options.world);
	if (refusal !== undefined) {
		throw new CloudError(`${type} ${id} cannot be deleted: ${refusal}`);
	}
}

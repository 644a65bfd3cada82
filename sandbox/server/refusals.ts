import { hasUnknown } from "../../lib/values";
import { checkModel } from "../check/model-check";
import { type Inventory, objectKey } from "../inventory/inventory";
import type { CreateContext, SandboxObject, TypeModel } from "../model";
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

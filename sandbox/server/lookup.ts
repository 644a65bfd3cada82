import { type Inventory, objectKey } from "../inventory/inventory";
import type { SandboxObject, Scope } from "../model";
import { CloudError, type ResourceCall } from "./calls";

/** The object that a resource stands for; found by its place where it was made under another URN. */
export function liveObject(
	inventory: Inventory,
	{ account, region }: Scope,
	{ urn, type }: ResourceCall,
	id: string,
): SandboxObject | undefined {
	const own = inventory.ofUrn(urn).find((candidate) => candidate.id === id);
	const places = [region, "global"].map((place) => objectKey({ type, account, region: place, id }));
	return own ?? places.flatMap((key) => inventory.get(key) ?? [])[0];
}

/** The live object in the place of another. Throws where there is none. */
export function existingObject(inventory: Inventory, wanted: SandboxObject): SandboxObject {
	const object = inventory.get(objectKey(wanted));
	if (object === undefined) {
		const { type, id, account, region } = wanted;
		throw new CloudError(`NotFound: ${type} ${id} does not exist in ${account} ${region}`);
	}
	return object;
}

import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { type Value, valuesAt } from "../../../lib/values";
import { textAt } from "../../counting";

/** Which resources of one cloud store data, and which of them store it under a key of the customer. */
export interface StoreReader {
	/** Types of the stores. */
	readonly types: readonly string[];
	/** True where everything that the store writes lies under a customer's key, and so under AES-256. */
	readonly isEncrypted: (graph: ResourceGraph, store: ResourceNode) => boolean;
}

/** Where a store names its key: the property, and the path to the key inside a holder. */
export interface KeyPlace {
	readonly property: string;
	readonly path: string;
	readonly holder: Value;
}

/** What a cloud's keys are. */
export interface KeyKind {
	readonly type: string;
	/** True for a key of the program that may encrypt a store. */
	readonly fits: (key: ResourceNode) => boolean;
	/** True for a literal name of a key that is the customer's own. */
	readonly isOwn: (name: string) => boolean;
}

/** True for a key named in full that is the customer's, or for keys of the program that the property was computed from. */
export function hasKey(graph: ResourceGraph, node: ResourceNode, place: KeyPlace, kind: KeyKind): boolean {
	if (valuesAt(place.holder, place.path).length === 0) {
		return false;
	}
	const named = textAt(place.holder, place.path);
	const sources = graph.sourcesOf(node, place.property, kind.type);
	return named === undefined ? sources.length > 0 && sources.every(kind.fits) : kind.isOwn(named);
}

import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import type { Value } from "../../../lib/values";
import { readText } from "../../reading";
import type { Tri } from "../../tri";
import { azureSources } from "./versioned-types";

/** Resources whose ids, names and addresses tell a customer's key. */
const KEY_TYPES = ["azure-native:keyvault:Key", "azure-native:keyvault:Vault", "azure-native:keyvault:ManagedHsm"];
const DISK_SET_TYPES = ["azure-native:compute:DiskEncryptionSet"];

/** Where something is referred to: `path` inside `holder`, which is part of the resource's input `property`. */
export interface Reference {
	readonly node: ResourceNode;
	readonly property: string;
	readonly holder: Value | undefined;
	readonly path: string;
}

/** Whether a key of the customer is named; one that is not known yet is proved by what it was computed from. */
export function namesKey(graph: ResourceGraph, reference: Reference): Tri {
	return names(graph, reference, KEY_TYPES);
}

/** Whether a disk encryption set is named; one that is not known yet is proved by what it was computed from. */
export function namesDiskSet(graph: ResourceGraph, reference: Reference): Tri {
	return names(graph, reference, DISK_SET_TYPES);
}

function names(graph: ResourceGraph, { node, property, holder, path }: Reference, types: readonly string[]): Tri {
	const text = readText(holder, path);
	switch (text.kind) {
		case "known":
			return "yes";
		case "unknown":
			return azureSources(graph, node, property, ...types).length > 0 ? "yes" : "maybe";
		default:
			return "no";
	}
}

import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import type { Value } from "../../../lib/values";
import { readText } from "../../reading";
import type { Tri } from "../../tri";

/** Resources whose outputs name a key of the customer; a grant on a key names that key. */
const KEY_TYPES = [
	"gcp:kms/cryptoKey:CryptoKey",
	"gcp:kms/cryptoKeyVersion:CryptoKeyVersion",
	"gcp:kms/keyHandle:KeyHandle",
	"gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
	"gcp:kms/cryptoKeyIAMBinding:CryptoKeyIAMBinding",
] as const;

/** Where a key is named: `path` inside `holder`, which is part of the resource's input `property`. */
export interface KeyReference {
	readonly node: ResourceNode;
	readonly property: string;
	readonly holder: Value | undefined;
	readonly path: string;
}

/**
 * Whether a Cloud KMS key is named, with a version or without; Google's own keys have no name. One that is not known
 * yet is proved by what the property was computed from.
 */
export function namesKmsKey(graph: ResourceGraph, { node, property, holder, path }: KeyReference): Tri {
	const name = readText(holder, path);
	switch (name.kind) {
		case "known":
			return "yes";
		case "unknown":
			return graph.sourcesOf(node, property, ...KEY_TYPES).length > 0 ? "yes" : "maybe";
		default:
			return "no";
	}
}

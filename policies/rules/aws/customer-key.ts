import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import type { Value } from "../../../lib/values";
import { readText } from "../../reading";

/** Whose key a reference names: `unproved` where it is not known and no key of the program is behind it. */
export type KeyOwner = "customer" | "aws" | "none" | "unproved";

/** Resources that are customer keys, or names of them. */
const KEY_TYPES = [
	"aws:kms/key:Key",
	"aws:kms/replicaKey:ReplicaKey",
	"aws:kms/externalKey:ExternalKey",
	"aws:kms/replicaExternalKey:ReplicaExternalKey",
	"aws:kms/alias:Alias",
] as const;

/** `alias/aws/s3` and its ARN in any partition: AWS owns and rotates these keys, a customer cannot revoke them. */
const AWS_MANAGED = /^(arn:[^:]*:kms:[^:]*:[^:]*:)?alias\/aws\//i;

/** Where a key is referred to: `path` inside `holder`, which is part of the resource's input `property`. */
export interface KeyReference {
	readonly node: ResourceNode;
	readonly property: string;
	readonly holder: Value | undefined;
	readonly path: string;
}

/** Whose key it is; an id that is not known yet is proved by the key that the property was computed from. */
export function keyOwner(graph: ResourceGraph, reference: KeyReference): KeyOwner {
	const { node, property, holder, path } = reference;
	const id = readText(holder, path);
	switch (id.kind) {
		case "known":
			return AWS_MANAGED.test(id.value) ? "aws" : "customer";
		case "unknown":
			return graph.sourcesOf(node, property, ...KEY_TYPES).length > 0 ? "customer" : "unproved";
		default:
			return "none";
	}
}

import type { ResourceNode } from "../../lib/graph";
import type { QueryRegistry } from "../row";
import { everyOne } from "./answers";
import { flagAt, textAt } from "./counting";

const KEY = "aws:kms/key:Key";
/** Keys whose material comes from outside AWS. */
const EXTERNAL = ["aws:kms/externalKey:ExternalKey", "aws:kms/replicaExternalKey:ReplicaExternalKey"] as const;

/** FR-SEC-1's rotation and SV-SEC-1's hardware protection of keys. */
export const keyQueries: QueryRegistry = {
	"FR-SEC-1/key-rotation": (graph) =>
		everyOne(graph.ofType(KEY), ({ inputs }) => flagAt(inputs, "enableKeyRotation") === true, "keys rotate"),
	"SV-SEC-1/hsm-aws": (graph) =>
		everyOne(graph.ofType(KEY, ...EXTERNAL), isHeldInHsm, "KMS keys made and held in HSMs"),
};

/** KMS makes its own keys in FIPS 140 validated HSMs and never lets them out; an external key store keeps its keys elsewhere. */
function isHeldInHsm({ type, inputs }: ResourceNode): boolean {
	return type === KEY && textAt(inputs, "xksKeyId") === undefined;
}

import { groupBy, type ResourceGraph, type ResourceNode } from "../../../lib/graph";
import { valuesAt } from "../../../lib/values";
import { textAt } from "../../counting";
import type { BoundIdentity } from "./identity";

/** Resources that give a role to members, `gcp:storage/bucketIAMMember:BucketIAMMember` for one. */
const GRANT = /^gcp:([a-z]+)\/\w*IAM(Member|Binding):/i;
/** One service account of a cluster, and the older way by a service account of Google's. */
const ONE = /^principal:\/\/iam\.googleapis\.com\/\S+\.svc\.id\.goog\/subject\/ns\//;
const MANY = /(^principalSet:\/\/\S+\.svc\.id\.goog\/)|(^serviceAccount:\S+\.svc\.id\.goog\[)/;
/** Modules whose grants hold for everything in a project and below. */
const WHOLE: readonly (string | undefined)[] = ["projects", "folder", "organizations"];
/** Basic roles, and those that administer a service. */
const BROAD = /^roles\/(owner|editor|viewer)$|admin$/i;

interface Grant {
	readonly node: ResourceNode;
	readonly member: string;
}

/** Workload Identity Federation for GKE: Kubernetes service accounts that IAM names, with the roles they are given. */
export function gcpIdentities(graph: ResourceGraph): BoundIdentity[] {
	const grants = graph.nodes.filter(({ type }) => GRANT.test(type)).flatMap(grantsOf);
	return [...groupBy(grants, ({ member }) => member).values()].flatMap((own) => {
		const [first] = own;
		return first ? [{ node: first.node, isNarrow: own.every(isNarrow) }] : [];
	});
}

function grantsOf(node: ResourceNode): Grant[] {
	return [...valuesAt(node.inputs, "member"), ...valuesAt(node.inputs, "members[]")].flatMap(({ value }) =>
		typeof value === "string" && (ONE.test(value) || MANY.test(value)) ? [{ node, member: value }] : [],
	);
}

/** A role of Google's on one resource to one service account; what a role of the customer's allows is not known here. */
function isNarrow({ node, member }: Grant): boolean {
	const [, module] = GRANT.exec(node.type) ?? [];
	const role = textAt(node.inputs, "role") ?? "";
	return ONE.test(member) && !WHOLE.includes(module) && role.startsWith("roles/") && !BROAD.test(role);
}

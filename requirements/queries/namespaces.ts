import type { ResourceGraph, ResourceNode } from "../../lib/graph";
import { isObject, isUnknown, type Value, valuesAt } from "../../lib/values";
import { isAnyAddress, textAt } from "../counting";

/** A namespace of a cluster. */
export const NAMESPACE = "kubernetes:core/v1:Namespace";
const POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

/** A direction of a NetworkPolicy, with the inputs that list its rules and their peers. */
export interface Direction {
	readonly type: "Ingress" | "Egress";
	readonly rules: "ingress" | "egress";
	readonly peers: "from" | "to";
}

/** What pods receive. */
export const INGRESS: Direction = { type: "Ingress", rules: "ingress", peers: "from" };
/** What pods send. */
export const EGRESS: Direction = { type: "Egress", rules: "egress", peers: "to" };

/** The network policies of a namespace: in the same cluster, by its literal name or computed from it. */
export function policiesOf(graph: ResourceGraph, namespace: ResourceNode): ResourceNode[] {
	const name = textAt(namespace.inputs, "metadata.name");
	return graph.ofType(POLICY).filter((policy) => {
		const given = textAt(policy.inputs, "metadata.namespace");
		const sources = graph.sourcesOf(policy, "metadata", NAMESPACE);
		const named = given === undefined ? sources.some(({ urn }) => urn === namespace.urn) : given === name;
		return named && policy.provider?.urn === namespace.provider?.urn;
	});
}

/** True where the policies refuse what no rule lets through, and no rule lets everyone through. */
export function refuses(policies: readonly ResourceNode[], direction: Direction): boolean {
	return policies.some((policy) => closes(policy, direction)) && !policies.some((policy) => opens(policy, direction));
}

/** True for a policy with a rule to or from any address at all, whatever its ports and exceptions. */
export function reachesAnywhere(policy: ResourceNode, { rules, peers }: Direction): boolean {
	return valuesAt(policy.inputs, `spec.${rules}[]`).some(({ value }) => {
		const cidrs = valuesAt(value, `${peers}[].ipBlock.cidr`);
		return isUnknown(value) || isEmpty(value, peers) || cidrs.some((cidr) => isAnyAddress(cidr.value));
	});
}

/** Selects every pod, names the direction and lists no rule for it. */
function closes(policy: ResourceNode, { type, rules }: Direction): boolean {
	const [spec] = valuesAt(policy.inputs, "spec");
	const types = valuesAt(spec?.value, "policyTypes[]").map(({ value }) => value);
	const [selector] = valuesAt(spec?.value, "podSelector");
	const all = isObject(selector?.value) && Object.keys(selector.value).length === 0;
	return all && types.includes(type) && isEmpty(spec?.value, rules);
}

/** A rule without peers and ports admits everyone; one that is not known may. */
function opens(policy: ResourceNode, { rules, peers }: Direction): boolean {
	return valuesAt(policy.inputs, `spec.${rules}[]`).some(
		({ value }) => isUnknown(value) || (isEmpty(value, peers) && isEmpty(value, "ports")),
	);
}

function isEmpty(holder: Value | undefined, property: string): boolean {
	const [list] = valuesAt(holder, property);
	return list === undefined || (Array.isArray(list.value) && list.value.length === 0);
}

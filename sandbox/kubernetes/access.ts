import type { Properties } from "../../lib/values";
import { faultsOf, type Refusal } from "../check/fault-table";
import { isSet, list, text } from "../check/inputs";
import type { CheckContext, TypeModel } from "../model";
import { defineKind } from "./define";
import { namespaceOf } from "./metadata";
import { SEGMENT } from "./names";

const ROLE = "kubernetes:rbac.authorization.k8s.io/v1:Role";
const CLUSTER_ROLE = "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole";

/** Permissions within a namespace. */
export const role: TypeModel = defineKind({
	type: ROLE,
	names: SEGMENT,
	check: ({ inputs }) => faultsOf(ruleRows(inputs, true)),
});

/** Permissions within the cluster. */
export const clusterRole: TypeModel = defineKind({
	type: CLUSTER_ROLE,
	namespaced: false,
	names: SEGMENT,
	check: ({ inputs }) => faultsOf(ruleRows(inputs, false)),
});

function ruleRows(inputs: Properties, namespaced: boolean): Refusal[] {
	return list(inputs, "rules").flatMap((rule, i) => [
		{
			when: list(rule, "verbs").length === 0,
			property: `rules[${i}].verbs`,
			reason: "must hold at least one verb",
		},
		{
			when: list(rule, "resources").length > 0 && list(rule, "apiGroups").length === 0,
			property: `rules[${i}].apiGroups`,
			reason: 'must hold at least one group ("" is the core group) where resources are named',
		},
		{
			when: namespaced && isSet(rule, "nonResourceURLs") && list(rule, "nonResourceURLs").length > 0,
			property: `rules[${i}].nonResourceURLs`,
			reason: "cannot be given in a Role; use a ClusterRole",
		},
	]);
}

/** Gives a role to subjects within a namespace. */
export const roleBinding: TypeModel = defineKind({
	type: "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
	names: SEGMENT,
	values: { "roleRef.kind": ["Role", "ClusterRole"], "subjects[].kind": ["User", "Group", "ServiceAccount"] },
	check: (context) => faultsOf(bindingRows(context)),
});

/** Gives a cluster role to subjects in the whole cluster. */
export const clusterRoleBinding: TypeModel = defineKind({
	type: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
	namespaced: false,
	names: SEGMENT,
	values: { "roleRef.kind": ["ClusterRole"], "subjects[].kind": ["User", "Group", "ServiceAccount"] },
	check: (context) => faultsOf(bindingRows(context)),
});

/** The API server takes a binding to a role that is not there; a Role of the sandbox's world must be, or it is a slip. */
function bindingRows({ inputs, scope, world }: CheckContext): Refusal[] {
	const kind = text(inputs, "roleRef.kind");
	const name = text(inputs, "roleRef.name");
	const namespace = namespaceOf(inputs);
	const roles = world.list(ROLE, scope).filter((each) => namespaceOf(each.outputs) === namespace);
	const known = roles.some((each) => text(each.outputs, "metadata.name") === name);
	return [
		{
			when: kind === "Role" && name !== undefined && namespace !== undefined && !known,
			property: "roleRef.name",
			reason: `the namespace ${namespace} has no Role ${name}; create it first, or bind a ClusterRole`,
		},
		...list(inputs, "subjects").map((subject, i) => ({
			when: text(subject, "kind") === "ServiceAccount" && !isSet(subject, "namespace"),
			property: `subjects[${i}].namespace`,
			reason: "is required for a ServiceAccount; name its namespace",
		})),
	];
}

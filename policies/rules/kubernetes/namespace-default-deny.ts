import { z } from "zod";
import type { ResourceNode } from "../../../lib/graph";
import { isObject, type Value } from "../../../lib/values";
import { controlsOf } from "../../controls";
import { about, fail, notApplicable, problemsOr, undetermined } from "../../judging";
import { at, isHidden, readBoolean } from "../../reading";
import { defineRule, type GraphJudgement, type Judgement } from "../../rule";
import { type ClusterView, clustersOf, NAMESPACED_TYPES, type NamespaceView } from "./cluster-namespaces";
import { type Direction, effectOf } from "./network-policy-effect";

const LEVEL_LABEL = "pod-security.kubernetes.io/enforce";

const params = z.strictObject({
	/** Namespaces that the cluster itself owns, which the rule leaves alone. */
	systemNamespaces: z.array(z.string()).default(["kube-system"]),
	/** Pod Security levels that a namespace may enforce. */
	levels: z
		.array(z.enum(["restricted", "baseline"]))
		.min(1)
		.default(["restricted", "baseline"]),
	/** Namespaces whose agents need the privileged level (node drivers); they still need the policies. */
	privilegedNamespaces: z.array(z.string()).default([]),
});
type Params = z.infer<typeof params>;

/** K05: a namespace with workloads closes ingress and egress by default, and says which pods it admits. */
export const namespaceDefaultDeny = defineRule<Params>({
	id: "K05",
	name: "namespace-default-deny",
	title: "Namespaces with workloads deny traffic by default and carry Pod Security labels",
	severity: "high",
	level: "mandatory",
	blocksOnUndetermined: true,
	params,
	appliesTo: NAMESPACED_TYPES,
	controls: controlsOf({}),
	remedy: `add a NetworkPolicy with an empty podSelector for Ingress and Egress, and the label ${LEVEL_LABEL}`,
	check: {
		kind: "graph",
		judge: (graph, given) => clustersOf(graph).flatMap((cluster) => judgeCluster(cluster, given)),
	},
});

function judgeCluster(cluster: ClusterView, given: Params): GraphJudgement[] {
	const unplaced = cluster.unplacedWorkloads.flatMap((node) =>
		about(node.urn, [undetermined("it is not known yet which namespace it runs in", "metadata.namespace")]),
	);
	const judged = cluster.namespaces.flatMap((namespace) => {
		const subject = namespace.sources[0] ?? namespace.workloads[0];
		return subject && namespace.workloads.length > 0
			? about(subject.urn, judgeNamespace(cluster, namespace, given))
			: [];
	});
	return [...judged, ...unplaced];
}

function judgeNamespace(cluster: ClusterView, namespace: NamespaceView, given: Params): readonly Judgement[] {
	if (namespace.name !== undefined && given.systemNamespaces.includes(namespace.name)) {
		return [notApplicable(`the cluster itself owns namespace ${namespace.name}`)];
	}
	return problemsOr(
		[
			...policyProblems(cluster, namespace, "Ingress"),
			...policyProblems(cluster, namespace, "Egress"),
			...labelProblems(namespace, given),
		],
		"traffic is denied by default and a Pod Security level is enforced",
	);
}

function policyProblems(cluster: ClusterView, namespace: NamespaceView, direction: Direction): Judgement[] {
	const effects = namespace.policies.map((policy) => effectOf(policy.inputs, direction));
	const elsewhere = cluster.unplacedPolicies.map((policy) => effectOf(policy.inputs, direction));
	const word = direction.toLowerCase();
	if (effects.includes("opens")) {
		return [fail(`a NetworkPolicy of ${called(namespace)} allows all ${word}`, "spec")];
	}
	const mayOpen = effects.includes("unknown") || elsewhere.includes("opens") || elsewhere.includes("unknown");
	if (effects.includes("closes")) {
		return mayOpen ? [undetermined(`it is not known yet whether a policy allows all ${word}`, "spec")] : [];
	}
	return mayOpen || elsewhere.includes("closes")
		? [undetermined(`it is not known yet whether ${word} is denied by default in ${called(namespace)}`, "spec")]
		: [fail(`no NetworkPolicy denies ${word} by default in ${called(namespace)}`, "spec")];
}

function labelProblems(namespace: NamespaceView, given: Params): Judgement[] {
	const path = "metadata.labels";
	if (namespace.sources.length === 0) {
		return madeWithoutLabels(namespace)
			? [fail(`${called(namespace)} carries no Pod Security label`, path)]
			: [undetermined(`this program does not make ${called(namespace)}, so its labels are not known`, path)];
	}
	const levels = namespace.sources.map(levelOf).filter((level) => level !== undefined);
	const privileged = namespace.name !== undefined && given.privilegedNamespaces.includes(namespace.name);
	const allowed: readonly Value[] = privileged ? [...given.levels, "privileged"] : given.levels;
	const visible = levels.filter((level) => !isHidden(level));
	if (visible.some((level) => !allowed.includes(level))) {
		return [fail(`${called(namespace)} enforces a Pod Security level that is not allowed`, path)];
	}
	if (visible.length > 0) {
		return [];
	}
	return levels.length > 0
		? [undetermined(`the Pod Security level of ${called(namespace)} is not known yet`, path)]
		: [fail(`${called(namespace)} carries no Pod Security label`, path)];
}

/** The namespace `default` exists without labels, and so does what a Helm release makes. */
function madeWithoutLabels(namespace: NamespaceView): boolean {
	return namespace.name === "default" || namespace.workloads.some(createsNamespace);
}

function createsNamespace(node: ResourceNode): boolean {
	const creates = readBoolean(node.inputs, "createNamespace");
	return creates.kind === "known" && creates.value;
}

/** The enforced level; unknown labels as a whole count as an unknown level. */
function levelOf(source: ResourceNode): Value | undefined {
	const labels = at(source.inputs, "metadata.labels");
	if (isHidden(labels)) {
		return labels;
	}
	return isObject(labels) && Object.hasOwn(labels, LEVEL_LABEL) ? labels[LEVEL_LABEL] : undefined;
}

function called(namespace: NamespaceView): string {
	return namespace.name === undefined
		? `namespace resource ${namespace.sources[0]?.name ?? ""}`
		: `namespace ${namespace.name}`;
}

import { isUnknown, type Properties } from "../../lib/values";
import { faultsOf, type Refusal } from "../check/fault-table";
import { at, isSet, object, text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, CreateContext, Fault } from "../model";

const NAMESPACE = "kubernetes:core/v1:Namespace";

/** Namespaces that every cluster has from its start. */
const BUILT_IN = ["default", "kube-node-lease", "kube-public", "kube-system"];

const NAME_PART = /^[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/;
const PREFIX = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

/** Most characters of all annotations of an object together, 256 KiB. */
const ANNOTATION_LIMIT = 262144;

/** The namespace of an object: its own, else `default`; undefined where it is not known. */
export function namespaceOf(inputs: Properties, path = "metadata.namespace"): string | undefined {
	return isSet(inputs, path) ? text(inputs, path) : "default";
}

/** A refusal where the namespace is not one of the cluster's. */
export function missingNamespace(context: CheckContext, path = "metadata.namespace"): Refusal {
	const wanted = namespaceOf(context.inputs, path);
	const there = context.world.list(NAMESPACE, context.scope);
	const known =
		wanted === undefined ||
		BUILT_IN.includes(wanted) ||
		there.some(
			(each) => text(each.outputs, "metadata.name") === wanted || isUnknown(at(each.outputs, "metadata.name")),
		);
	return {
		when: !known,
		property: path,
		reason: `the cluster has no namespace ${JSON.stringify(wanted)}; create it first, and depend on it`,
	};
}

/** What is wrong with an object's metadata: namespace, twin, labels, annotations. */
export function metadataFaults(type: string, namespaced: boolean, context: CheckContext): Fault[] {
	const { inputs, world, scope } = context;
	const name = text(inputs, "metadata.name");
	const namespace = namespaceOf(inputs);
	const twin = world
		.list(type, scope)
		.find(
			(other) =>
				!isSelf(other, context) &&
				text(other.outputs, "metadata.name") === name &&
				(!namespaced || namespaceOf(other.outputs) === namespace),
		);
	return faultsOf([
		...(namespaced ? [missingNamespace(context)] : []),
		{
			when: !namespaced && isSet(inputs, "metadata.namespace"),
			property: "metadata.namespace",
			reason: "cannot be given: objects of this kind belong to the cluster; remove it",
		},
		{
			when: name !== undefined && namespace !== undefined && twin !== undefined,
			property: "metadata.name",
			reason: `${namespaced ? `${namespace}/` : ""}${name} exists already (${twin?.urn}); choose another name`,
		},
		...labelRows(inputs),
		...annotationRows(inputs),
	]);
}

function badKey(key: string): boolean {
	const [first = "", second, ...more] = key.split("/");
	return (
		more.length > 0 || (second === undefined ? !NAME_PART.test(first) : !PREFIX.test(first) || !NAME_PART.test(second))
	);
}

function labelRows(inputs: Properties): Refusal[] {
	return Object.entries(object(inputs, "metadata.labels")).flatMap(([key, value]) => [
		{
			when: badKey(key),
			property: `metadata.labels.${key}`,
			reason: "a label's key must be [prefix/]name, the name 1 to 63 of letters, digits and ._-",
		},
		{
			when: typeof value === "string" && value !== "" && !isUnknown(value) && !NAME_PART.test(value),
			property: `metadata.labels.${key}`,
			reason: `a label's value must be at most 63 of letters, digits and ._-, but ${JSON.stringify(value)} was given`,
		},
	]);
}

function annotationRows(inputs: Properties): Refusal[] {
	const annotations = object(inputs, "metadata.annotations");
	const bad = Object.keys(annotations).find((key) => badKey(key.toLowerCase()) && badKey(key));
	const size = JSON.stringify(annotations).length;
	return [
		{
			when: bad !== undefined,
			property: `metadata.annotations.${bad}`,
			reason: "an annotation's key must be [prefix/]name, the name 1 to 63 of letters, digits and ._-",
		},
		{
			when: size > ANNOTATION_LIMIT,
			property: "metadata.annotations",
			reason: `must have at most ${ANNOTATION_LIMIT} characters together, but have ${size}`,
		},
	];
}

/** Metadata as the API server fills it in; the generation grows with the desired state. */
export function filledMetadata(context: CreateContext, namespaced: boolean): Properties {
	const { inputs, self } = context;
	const before = object(self?.outputs, "metadata");
	const changed =
		self !== undefined && JSON.stringify(inputs.spec ?? null) !== JSON.stringify(self.inputs.spec ?? null);
	const generation = typeof before.generation === "number" ? before.generation : 1;
	return {
		...object(inputs, "metadata"),
		...(namespaced ? { namespace: namespaceOf(inputs) ?? "default" } : {}),
		creationTimestamp: before.creationTimestamp ?? context.now,
		generation: changed ? generation + 1 : generation,
		resourceVersion: context.digits(6),
		uid: before.uid ?? [8, 4, 4, 4, 12].map((digits) => context.hex(digits)).join("-"),
	};
}

import type { Properties } from "../../lib/values";
import { object, text } from "../check/inputs";
import type { CreateContext, TypeModel } from "../model";
import { filledMetadata, metadataFaults, namespaceOf } from "./metadata";
import { type NameForm, SUBDOMAIN } from "./names";

/** Annotation of objects whose name the provider chose. */
const AUTO_NAMED = "pulumi.com/autonamed";

/** A Kubernetes kind: a model of which names, namespaces and metadata are the same for all. */
export interface KubernetesKind extends Pick<TypeModel, "type" | "values" | "check"> {
	/** False for kinds that belong to the cluster. Default true. */
	readonly namespaced?: boolean;
	/** Form of its names; an RFC 1123 subdomain unless said. */
	readonly names?: NameForm;
	/** Outputs beyond inputs and metadata, at creation and at each update. */
	readonly derived?: (context: CreateContext) => Properties;
}

/** The model of a kind. The scope's account is the cluster, its region `global`; ids are `namespace/name` or `name`. */
export function defineKind(kind: KubernetesKind): TypeModel {
	const { namespaced = true, names = SUBDOMAIN, derived, check, ...model } = kind;
	const outputs = (context: CreateContext): Properties => {
		const extra = derived?.(context) ?? {};
		const metadata = { ...filledMetadata(context, namespaced), ...object(extra, "metadata") };
		return { ...extra, metadata };
	};
	return {
		...model,
		name: {
			path: "metadata.name",
			pattern: names.pattern,
			allowed: names.allowed,
			unique: "none",
			autoNameLength: names.length,
			autoNameNote: AUTO_NAMED,
		},
		// A twin of the old object's name would be refused; the rule of the kubernetes provider, unverified here.
		deletesFirst: (inputs, changed) =>
			object(inputs, "metadata.annotations")[AUTO_NAMED] !== "true" &&
			!changed.some((path) => path === "metadata.name" || path === "metadata.namespace"),
		check: (context) => [...metadataFaults(kind.type, namespaced, context), ...(check?.(context) ?? [])],
		create: (context) => {
			const name = text(context.inputs, "metadata.name") ?? "";
			return {
				id: namespaced ? `${namespaceOf(context.inputs) ?? "default"}/${name}` : name,
				outputs: outputs(context),
			};
		},
		update: outputs,
	};
}

import type { apiextensions, types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { apiVersionOf, type CustomKind } from "../../catalogue/kubernetes/custom-kind";
import type { SpecOf } from "../../catalogue/kubernetes/spec-of";

/** What a custom object is made of. */
export interface CustomObjectArgs<K extends CustomKind> {
	/** Its kind, from `catalogue/kubernetes/`. */
	readonly kind: K;
	readonly metadata: pulumi.Input<types.input.meta.v1.ObjectMeta>;
	/** Its fields, each a value or an output; a field that the kind's schema does not have does not compile. */
	readonly spec: DeepInput<SpecOf<NoInfer<K>>>;
}

/** A type whose every value may be an output, at any depth. */
export type DeepInput<T> = pulumi.Input<
	[T] extends [readonly (infer E)[]]
		? readonly DeepInput<E>[]
		: [T] extends [object]
			? { readonly [F in keyof T]: DeepInput<T[F]> }
			: T
>;

/**
 * Arguments of `kubernetes.apiextensions.CustomResource` for an object of a kind that a cluster's vendor or an operator
 * adds. The caller makes the resource, so that its place in the program is the caller's.
 */
export function customObject<K extends CustomKind>({
	kind,
	metadata,
	spec,
}: CustomObjectArgs<K>): apiextensions.CustomResourceArgs {
	return { apiVersion: apiVersionOf(kind), kind: kind.kind, metadata, spec };
}

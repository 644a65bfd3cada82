import type { CustomKind, FieldSchema } from "./custom-kind";

/**
 * The type of a kind's spec, from its schema: what is not required is optional, an enum is a union of its texts. The
 * kind must be written `as const satisfies CustomKind`, so that names and texts are not widened to `string`.
 */
export type SpecOf<K extends CustomKind> = ValueOf<K["spec"]>;

/** The type of the values that a schema takes. */
export type ValueOf<S extends FieldSchema> = S extends { readonly "x-kubernetes-int-or-string": true }
	? number | string
	: S extends { readonly type: "string" }
		? TextOf<S>
		: S extends { readonly type: "boolean" }
			? boolean
			: S extends { readonly type: "integer" | "number" }
				? number
				: S extends { readonly type: "array"; readonly items: infer I extends FieldSchema }
					? readonly ValueOf<I>[]
					: ObjectOf<S>;

type TextOf<S> = S extends { readonly enum: readonly (infer V extends string)[] } ? V : string;

type ObjectOf<S> = S extends { readonly properties: infer P extends Properties }
	? Flat<FieldsOf<P, RequiredOf<S>>> & UnnamedOf<S>
	: S extends { readonly additionalProperties: infer A extends FieldSchema }
		? { readonly [key: string]: ValueOf<A> }
		: Open;

type Properties = { readonly [field: string]: FieldSchema };

type Open = { readonly [field: string]: unknown };

/** Fields beyond those that are named: nothing where the schema takes no others. */
type UnnamedOf<S> = S extends { readonly "x-kubernetes-preserve-unknown-fields": true } ? Open : unknown;

type RequiredOf<S> = S extends { readonly required: readonly (infer R extends string)[] } ? R : never;

type FieldsOf<P extends Properties, R extends string> = {
	readonly [F in keyof P as F extends R ? F : never]: ValueOf<P[F]>;
} & {
	readonly [F in keyof P as F extends R ? never : F]?: ValueOf<P[F]>;
};

/** One object type in the place of an intersection, for messages that people read. */
type Flat<T> = { readonly [F in keyof T]: T[F] };

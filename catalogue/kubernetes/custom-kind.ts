/**
 * A field of a custom resource: the part of OpenAPI v3 that Kubernetes calls structural and that is in use here. Source:
 * Kubernetes, "Extend the Kubernetes API with CustomResourceDefinitions", apiextensions.k8s.io/v1, read 2026-11-21.
 */
export type FieldSchema =
	| ObjectSchema
	| MapSchema
	| OpenSchema
	| ArraySchema
	| StringSchema
	| BooleanSchema
	| NumberSchema
	| IntOrStringSchema;

interface Described {
	readonly description?: string;
}

/** An object of named fields. */
export interface ObjectSchema extends Described {
	readonly type: "object";
	readonly properties: { readonly [field: string]: FieldSchema };
	readonly required?: readonly string[];
	/** True where fields that nobody names here are taken as they are. */
	readonly "x-kubernetes-preserve-unknown-fields"?: true;
}

/** An object whose fields have any names, and values of one kind. */
export interface MapSchema extends Described {
	readonly type: "object";
	readonly additionalProperties: FieldSchema;
}

/** An object that is taken as it is. */
export interface OpenSchema extends Described {
	readonly type: "object";
	readonly "x-kubernetes-preserve-unknown-fields": true;
}

/** A list. */
export interface ArraySchema extends Described {
	readonly type: "array";
	readonly items: FieldSchema;
	readonly minItems?: number;
}

/** A text, one of a few values where these are listed. */
export interface StringSchema extends Described {
	readonly type: "string";
	readonly enum?: readonly string[];
	readonly pattern?: string;
	/** What the API server sets where the field is left out; so below. */
	readonly default?: string;
}

/** True or false. */
export interface BooleanSchema extends Described {
	readonly type: "boolean";
	readonly default?: boolean;
}

/** A number, whole where its type says so. */
export interface NumberSchema extends Described {
	readonly type: "integer" | "number";
	/** The least value that is taken. */
	readonly minimum?: number;
	/** The greatest value that is taken. */
	readonly maximum?: number;
	readonly default?: number;
}

/** A whole number or a text such as `25%`. */
export interface IntOrStringSchema extends Described {
	readonly "x-kubernetes-int-or-string": true;
	readonly default?: number | string;
}

/** A kind that a cluster's vendor or an operator adds, with the fields that are in use here. */
export interface CustomKind {
	/** API group, as `networking.gke.io`. */
	readonly group: string;
	/** Version within the group, as `v1`. */
	readonly version: string;
	readonly kind: string;
	/** Name in addresses, lower case and plural. */
	readonly plural: string;
	readonly scope: "Namespaced" | "Cluster";
	readonly spec: FieldSchema;
}

/** A kind's `apiVersion`, as objects carry it: `networking.gke.io/v1`. */
export function apiVersionOf({ group, version }: Pick<CustomKind, "group" | "version">): string {
	return `${group}/${version}`;
}

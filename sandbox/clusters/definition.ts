import { setTimeout as delay } from "node:timers/promises";
import type { ClusterClient } from "./cluster-client";
import type { Manifest } from "./manifest";

/** How long the API server may take to serve a new kind, in milliseconds. */
const patienceMs = 30_000;

/** A schema of OpenAPI v3 as a custom resource's definition has it; no field beyond those named is taken. */
export interface FieldSchema {
	readonly type: "object" | "string" | "boolean" | "integer" | "array";
	readonly description?: string;
	readonly properties?: { readonly [field: string]: FieldSchema };
	readonly required?: readonly string[];
	readonly items?: FieldSchema;
	readonly enum?: readonly string[];
	/** True where fields that nobody names here are taken as they are. */
	readonly "x-kubernetes-preserve-unknown-fields"?: true;
}

/** A kind that a cluster's vendor or an operator adds, with the fields that are in use here. */
export interface CustomKind {
	readonly group: string;
	readonly version: string;
	readonly kind: string;
	/** Name in addresses, lower case and plural. */
	readonly plural: string;
	readonly scope: "Namespaced" | "Cluster";
	readonly spec: FieldSchema;
}

/** The definition that makes a cluster know a kind. */
export function definitionOf({ group, kind, plural, scope, spec, version }: CustomKind): Manifest {
	const open: FieldSchema = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
	return {
		apiVersion: "apiextensions.k8s.io/v1",
		kind: "CustomResourceDefinition",
		metadata: { name: `${plural}.${group}` },
		spec: {
			group,
			scope,
			names: { kind, listKind: `${kind}List`, plural, singular: kind.toLowerCase() },
			versions: [
				{
					name: version,
					served: true,
					storage: true,
					subresources: { status: {} },
					schema: { openAPIV3Schema: { type: "object", required: ["spec"], properties: { spec, status: open } } },
				},
			],
		},
	};
}

/** Makes a cluster know kinds, and waits until it serves them. */
export async function defineKinds(client: ClusterClient, kinds: readonly CustomKind[]): Promise<void> {
	await Promise.all(
		kinds.map(async (kind) => {
			await client.apply(definitionOf(kind), { fieldManager: "meridian-sandbox" });
			const end = Date.now() + patienceMs;
			while (!(await client.serves(`${kind.group}/${kind.version}`, kind.kind))) {
				if (Date.now() > end) {
					throw new Error(`the cluster does not serve ${kind.kind} within ${patienceMs / 1000} s`);
				}
				await delay(50);
			}
		}),
	);
}

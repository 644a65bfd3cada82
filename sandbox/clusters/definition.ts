import { setTimeout as delay } from "node:timers/promises";
import { apiVersionOf, type CustomKind, type FieldSchema } from "../../catalogue/kubernetes/custom-kind";
import type { ClusterClient } from "./cluster-client";
import type { Manifest } from "./manifest";

/** How long the API server may take to serve a new kind, in milliseconds. */
const patienceMs = 30_000;

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
			while (!(await client.serves(apiVersionOf(kind), kind.kind))) {
				if (Date.now() > end) {
					throw new Error(`the cluster does not serve ${kind.kind} within ${patienceMs / 1000} s`);
				}
				await delay(50);
			}
		}),
	);
}

import { text } from "../check/inputs";
import { kubernetesModels } from "../kubernetes/registry";
import type { SandboxObject } from "../model";
import { fieldManager, RELEASE } from "./applied-objects";
import type { ClusterClient } from "./cluster-client";
import type { Manifest } from "./manifest";
import { placeholderLabel } from "./placeholders";
import { systemGroup } from "./system-pods";

/**
 * Removes what the program made in a cluster and what the record does not have: the sandbox was killed between the two,
 * or the record was put right after a crash. What people make with kubectl stays.
 */
export async function discardStrays(client: ClusterClient, recorded: readonly SandboxObject[]): Promise<void> {
	const known = new Set(recorded.map(({ type, id }) => `${type}|${id}`));
	const releases = new Set(
		recorded
			.filter(({ type }) => type === RELEASE)
			.map(({ inputs }) => `${text(inputs, "namespace")}/${text(inputs, "name")}`),
	);
	for (const type of kubernetesModels.keys()) {
		const strays = (await listOf(client, type)).filter(
			(live) => isStray(type, live, known) || isStrayPlaceholder(live, releases),
		);
		await Promise.all(strays.map((live) => client.remove(live)));
	}
}

/** Objects of a type; none where the cluster does not know it. */
async function listOf(client: ClusterClient, type: string): Promise<Manifest[]> {
	const [, groupVersion = "", kind = ""] = type.split(":");
	const apiVersion = groupVersion.replace(/^core\//, "");
	return (await client.serves(apiVersion, kind)) ? client.list(apiVersion, kind) : [];
}

function isStray(type: string, { metadata }: Manifest, known: ReadonlySet<string>): boolean {
	const { managedFields } = metadata;
	const isOurs =
		Array.isArray(managedFields) && managedFields.some((each) => Reflect.get(Object(each), "manager") === fieldManager);
	const id = metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;
	return isOurs && !known.has(`${type}|${id}`);
}

function isStrayPlaceholder({ metadata }: Manifest, releases: ReadonlySet<string>): boolean {
	const group = metadata.labels?.[placeholderLabel];
	return group !== undefined && group !== systemGroup && !releases.has(`${metadata.namespace}/${group}`);
}

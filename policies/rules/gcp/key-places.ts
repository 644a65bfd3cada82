import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import type { Value } from "../../../lib/values";
import { at, isHidden, readText } from "../../reading";
import { allOf, anyOf, notOf, type Tri } from "../../tri";
import { CLUSTER, NODE_POOL, nodeTemplatesOf } from "./gke-pools";
import { namesKmsKey } from "./kms-key-names";

const DATASET = "gcp:bigquery/dataset:Dataset";
const DATABASE = "gcp:sql/databaseInstance:DatabaseInstance";

/** An input that names the key for what a resource stores. */
export interface KeyPlace {
	readonly path: string;
	readonly property: string;
	readonly holder: Value | undefined;
	/** The input's path inside the holder. */
	readonly inner: string;
	/** Whether the resource stores anything under this key. */
	readonly used: Tri;
	/** Whether what this resource belongs to names a key for it, where it names none itself. */
	readonly inherited: Tri;
}

interface Row {
	readonly path: string;
	readonly used?: (node: ResourceNode) => Tri;
	readonly parent?: { readonly type: string; readonly reference: string; readonly name: string; readonly key: string };
}

/** Where each type names its key. */
const ROWS: { readonly [type: string]: Row } = {
	"gcp:storage/bucket:Bucket": { path: "encryption.defaultKmsKeyName" },
	[DATASET]: { path: "defaultEncryptionConfiguration.kmsKeyName" },
	"gcp:bigquery/table:Table": {
		path: "encryptionConfiguration.kmsKeyName",
		used: storesRows,
		parent: {
			type: DATASET,
			reference: "datasetId",
			name: "datasetId",
			key: "defaultEncryptionConfiguration.kmsKeyName",
		},
	},
	[DATABASE]: {
		path: "encryptionKeyName",
		parent: { type: DATABASE, reference: "masterInstanceName", name: "name", key: "encryptionKeyName" },
	},
	"gcp:pubsub/topic:Topic": { path: "kmsKeyName" },
	"gcp:compute/disk:Disk": { path: "diskEncryptionKey.kmsKeySelfLink" },
	"gcp:compute/regionDisk:RegionDisk": { path: "diskEncryptionKey.kmsKeySelfLink" },
	"gcp:artifactregistry/repository:Repository": { path: "kmsKeyName" },
	"gcp:dataproc/cluster:Cluster": { path: "clusterConfig.encryptionConfig.kmsKeyName", used: hasMachines },
};

/** Type tokens of what stores data under a key. */
export const KEYED_TYPES: readonly string[] = [...Object.keys(ROWS), CLUSTER, NODE_POOL];

/** The places of a resource that name keys: one, but for clusters, which make nodes in several ways. */
export function keyPlacesOf(graph: ResourceGraph, node: ResourceNode): KeyPlace[] {
	const row = ROWS[node.type];
	if (row === undefined) {
		return nodeTemplatesOf(node).map(({ path, property, holder, used }) => ({
			path: `${path}.bootDiskKmsKey`,
			property,
			holder,
			inner: "bootDiskKmsKey",
			used,
			inherited: "no",
		}));
	}
	const used = row.used?.(node) ?? "yes";
	const property = row.path.split(".")[0] ?? row.path;
	return [
		{ path: row.path, property, holder: node.inputs, inner: row.path, used, inherited: inheritedKey(graph, node, row) },
	];
}

/** Tables take the key of their dataset, replicas that of the instance that they copy. */
function inheritedKey(graph: ResourceGraph, node: ResourceNode, { parent }: Row): Tri {
	const reference = parent && readText(node.inputs, parent.reference);
	if (parent === undefined || reference === undefined || reference.kind === "absent" || reference.kind === "invalid") {
		return "no";
	}
	const candidates = graph.ofType(parent.type);
	const named = candidates.filter((candidate) => {
		const name = readText(candidate.inputs, parent.name);
		return reference.kind === "known" && name.kind === "known" && name.value === reference.value.split("/").at(-1);
	});
	const found = named.length > 0 ? named : graph.sourcesOf(node, parent.reference, parent.type);
	return found.length === 0
		? "maybe"
		: allOf(
				...found.map((each) =>
					namesKmsKey(graph, {
						node: each,
						property: parent.key.split(".")[0] ?? parent.key,
						holder: each.inputs,
						path: parent.key,
					}),
				),
			);
}

/** Views and external tables store nothing in BigQuery. */
function storesRows({ inputs }: ResourceNode): Tri {
	return notOf(anyOf(...["view", "externalDataConfiguration"].map((path) => isGiven(inputs, path))));
}

/** A cluster on GKE has no machines of its own. */
function hasMachines({ inputs }: ResourceNode): Tri {
	return notOf(allOf(isGiven(inputs, "virtualClusterConfig"), notOf(isGiven(inputs, "clusterConfig"))));
}

function isGiven(inputs: ResourceNode["inputs"], path: string): Tri {
	const value = at(inputs, path);
	return value === undefined ? "no" : isHidden(value) ? "maybe" : "yes";
}

import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { flagAt, textAt } from "../../counting";
import { hasKey, type KeyKind, type StoreReader } from "./stores";

const CLUSTER = "gcp:container/cluster:Cluster";

/** Where a store names its key; the first step of the path is the property. */
const KEY_PATHS: { readonly [type: string]: string } = {
	"gcp:artifactregistry/repository:Repository": "kmsKeyName",
	"gcp:bigquery/dataset:Dataset": "defaultEncryptionConfiguration.kmsKeyName",
	"gcp:compute/disk:Disk": "diskEncryptionKey.kmsKeySelfLink",
	"gcp:compute/regionDisk:RegionDisk": "diskEncryptionKey.kmsKeySelfLink",
	[CLUSTER]: "databaseEncryption.keyName",
	"gcp:container/nodePool:NodePool": "nodeConfig.bootDiskKmsKey",
	"gcp:filestore/instance:Instance": "kmsKeyName",
	"gcp:logging/projectBucketConfig:ProjectBucketConfig": "cmekSettings.kmsKeyName",
	"gcp:managedkafka/cluster:Cluster": "gcpConfig.kmsKey",
	"gcp:pubsub/topic:Topic": "kmsKeyName",
	"gcp:redis/cluster:Cluster": "kmsKey",
	"gcp:redis/instance:Instance": "customerManagedKey",
	"gcp:sql/databaseInstance:DatabaseInstance": "encryptionKeyName",
	"gcp:storage/bucket:Bucket": "encryption.defaultKmsKeyName",
};

/** Stores are encrypted with keys for encryption and decryption, which are symmetric; a store names one in full. */
const KEYS: KeyKind = {
	type: "gcp:kms/cryptoKey:CryptoKey",
	fits: ({ inputs }) => (textAt(inputs, "purpose") ?? "ENCRYPT_DECRYPT") === "ENCRYPT_DECRYPT",
	isOwn: (name) => name.includes("/cryptoKeys/"),
};

/** Google Cloud's stores: whatever names a Cloud KMS key. */
export const gcpStores: StoreReader = { types: Object.keys(KEY_PATHS), isEncrypted };

function isEncrypted(graph: ResourceGraph, store: ResourceNode): boolean {
	const path = KEY_PATHS[store.type];
	const keyed = path !== undefined && isUnderKey(graph, store, path);
	return store.type === CLUSTER ? keyed && encryptsSecrets(store) && defaultDisks(graph, store) : keyed;
}

function isUnderKey(graph: ResourceGraph, store: ResourceNode, path: string): boolean {
	const [property = ""] = path.split(".");
	return hasKey(graph, store, { property, path, holder: store.inputs }, KEYS);
}

/** A cluster encrypts its Secrets only in this state; a key alone does not. */
function encryptsSecrets({ inputs }: ResourceNode): boolean {
	return textAt(inputs, "databaseEncryption.state") === "ENCRYPTED";
}

/** The default pool of a cluster takes its disks' key from the cluster. */
function defaultDisks(graph: ResourceGraph, cluster: ResourceNode): boolean {
	const removed = flagAt(cluster.inputs, "removeDefaultNodePool") === true;
	return removed || isUnderKey(graph, cluster, "nodeConfig.bootDiskKmsKey");
}

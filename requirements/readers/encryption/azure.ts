import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { comesFrom, flagAt, textAt } from "../../counting";
import { hasKey, type KeyKind, type StoreReader } from "./stores";

const ACCOUNT = "azure-native:storage:StorageAccount";
const DISK_SET = "azure-native:compute:DiskEncryptionSet";
const DISK = "azure-native:compute:Disk";
const CLUSTER = "azure-native:containerservice:ManagedCluster";
const WORKSPACE = "azure-native:operationalinsights:Workspace";
const LOG_CLUSTER = "azure-native:operationalinsights:Cluster";
const LINK = "azure-native:operationalinsights:LinkedService";

/** Key Vault's keys wrap the AES-256 keys of the stores, so RSA keys fit too. */
const KEYS: KeyKind = { type: "azure-native:keyvault:Key", fits: () => true, isOwn: (name) => name !== "" };
/** A disk encryption set stands between a disk and its key. */
const DISK_SETS: Omit<KeyKind, "fits"> = { type: DISK_SET, isOwn: (id) => /\/diskencryptionsets\//i.test(id) };

/** How each type of store is read. */
const STORES: { readonly [type: string]: StoreReader["isEncrypted"] } = {
	[ACCOUNT]: (graph, node) =>
		textAt(node.inputs, "encryption.keySource")?.toLowerCase() === "microsoft.keyvault" &&
		isUnderKey(graph, node, "encryption.keyVaultProperties.keyName"),
	[DISK_SET]: isKeyedSet,
	[DISK]: (graph, node) => usesDiskSet(graph, node, "encryption.diskEncryptionSetId"),
	[CLUSTER]: (graph, node) => usesDiskSet(graph, node, "diskEncryptionSetID") && encryptsSecrets(graph, node),
	[WORKSPACE]: isInKeyedCluster,
	"azure-native:containerregistry:Registry": (graph, node) =>
		isUnderKey(graph, node, "encryption.keyVaultProperties.keyIdentifier"),
	"azure-native:dbforpostgresql:Server": (graph, node) => isUnderKey(graph, node, "dataEncryption.primaryKeyURI"),
	"azure-native:eventhub:Namespace": (graph, node) =>
		isUnderKey(graph, node, "encryption.keyVaultProperties[].keyName"),
};

/** Azure's stores: accounts, disks, clusters with their Secrets, and log workspaces. */
export const azureStores: StoreReader = {
	types: Object.keys(STORES),
	isEncrypted: (graph, store) => STORES[store.type]?.(graph, store) ?? false,
};

function isUnderKey(graph: ResourceGraph, node: ResourceNode, path: string): boolean {
	const [property = ""] = path.split(".");
	return hasKey(graph, node, { property, path, holder: node.inputs }, KEYS);
}

/** The default type of a set takes a customer's key too. */
function isKeyedSet(graph: ResourceGraph, set: ResourceNode): boolean {
	return isUnderKey(graph, set, "activeKey.keyUrl");
}

function usesDiskSet(graph: ResourceGraph, node: ResourceNode, path: string): boolean {
	const [property = ""] = path.split(".");
	const kind = { ...DISK_SETS, fits: (set: ResourceNode) => isKeyedSet(graph, set) };
	return hasKey(graph, node, { property, path, holder: node.inputs }, kind);
}

/** Without Key Vault's service AKS keeps Secrets under a key of Microsoft's. */
function encryptsSecrets(graph: ResourceGraph, cluster: ResourceNode): boolean {
	const on = flagAt(cluster.inputs, "securityProfile.azureKeyVaultKms.enabled") === true;
	return on && isUnderKey(graph, cluster, "securityProfile.azureKeyVaultKms.keyId");
}

/**
 * A workspace is under a customer's key only through a dedicated cluster that it is linked to. Source: Microsoft Learn,
 * "Azure Monitor customer-managed keys", general knowledge, unverified.
 */
function isInKeyedCluster(graph: ResourceGraph, workspace: ResourceNode): boolean {
	return graph
		.ofType(LINK)
		.filter((link) => comesFrom(graph, link, { property: "workspaceName", source: workspace }))
		.flatMap((link) => graph.sourcesOf(link, "writeAccessResourceId", LOG_CLUSTER))
		.some((cluster) => isUnderKey(graph, cluster, "keyVaultProperties.keyName"));
}

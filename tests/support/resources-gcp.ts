import type { ProviderRef, ResourceNode } from "../../lib/graph";
import { type Properties, UNKNOWN } from "../../lib/values";
import { type ResourceExtras, resource } from "./resources";

const PROVIDER: ProviderRef = {
	urn: "urn:pulumi:dev::meridian::pulumi:providers:gcp::gcp-europe-west4",
	package: "gcp",
	region: "europe-west4",
};

/** A resource of Google Cloud; the module and type of its token, as `storage/bucket:Bucket`. */
export function gcp(type: string, name: string, inputs: Properties, extras: ResourceExtras = {}): ResourceNode {
	return resource(`gcp:${type}`, name, inputs, { provider: PROVIDER, cell: "gcp-europe-west4", ...extras });
}

/** A protected key that rotates every 90 days. */
export function cryptoKey(name = "data", inputs: Properties = {}): ResourceNode {
	return gcp(
		"kms/cryptoKey:CryptoKey",
		name,
		{ keyRing: UNKNOWN, rotationPeriod: "7776000s", ...inputs },
		{ options: { protect: true } },
	);
}

/** A bucket that refuses public access, encrypted with a key of the program. */
export function gcsBucket(key: ResourceNode, name = "data"): ResourceNode {
	return gcp(
		"storage/bucket:Bucket",
		name,
		{
			location: "EUROPE-WEST4",
			publicAccessPrevention: "enforced",
			uniformBucketLevelAccess: true,
			encryption: { defaultKmsKeyName: UNKNOWN },
		},
		{ from: { encryption: [key] } },
	);
}

/** A service account. */
export function serviceAccount(name = "nodes"): ResourceNode {
	return gcp("serviceaccount/account:Account", name, { accountId: name });
}

/** A private, hardened cluster whose pools are resources of their own. */
export function gkeCluster(key: ResourceNode): ResourceNode {
	return gcp(
		"container/cluster:Cluster",
		"main",
		{
			removeDefaultNodePool: true,
			initialNodeCount: 1,
			privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: true },
			masterAuthorizedNetworksConfig: { cidrBlocks: [{ cidrBlock: "10.0.0.0/16" }] },
			workloadIdentityConfig: { workloadPool: "acme-prod.svc.id.goog" },
			datapathProvider: "ADVANCED_DATAPATH",
			enableShieldedNodes: true,
			binaryAuthorization: { evaluationMode: "PROJECT_SINGLETON_POLICY_ENFORCE" },
			databaseEncryption: { state: "ENCRYPTED", keyName: UNKNOWN },
		},
		{ from: { databaseEncryption: [key] } },
	);
}

/** A node pool with a service account and a boot disk key of the program. */
export function gkePool(account: ResourceNode, key: ResourceNode, inputs: Properties = {}): ResourceNode {
	return gcp(
		"container/nodePool:NodePool",
		"system",
		{ cluster: UNKNOWN, nodeConfig: { serviceAccount: UNKNOWN, bootDiskKmsKey: UNKNOWN }, ...inputs },
		{ from: { nodeConfig: [account, key] } },
	);
}

/** A firewall rule that lets one private network reach PostgreSQL. */
export function firewall(inputs: Properties = {}, name = "db"): ResourceNode {
	return gcp("compute/firewall:Firewall", name, {
		network: "main",
		sourceRanges: ["10.0.0.0/16"],
		allows: [{ protocol: "tcp", ports: ["5432"] }],
		...inputs,
	});
}

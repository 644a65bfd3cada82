import assert from "node:assert/strict";
import type { ResourceNode } from "../../../lib/graph";
import { type Properties, SECRET, UNKNOWN } from "../../../lib/values";
import { customerManagedKeys as rule } from "../../../policies/rules/gcp/customer-managed-keys";
import { findingsOf, verdictsOf } from "../../support/judging";
import { withInput } from "../../support/resources";
import { cryptoKey, gcp, gcsBucket, gkeCluster, gkePool, serviceAccount } from "../../support/resources-gcp";

type Verdicts = ReturnType<typeof verdictsOf>;

const key = cryptoKey();
const NAME = "projects/p/locations/europe-west4/keyRings/r/cryptoKeys/k";

/** Each simple type, and how it names a key. */
const FORMS: readonly (readonly [string, (name: string) => Properties])[] = [
	["storage/bucket:Bucket", (defaultKmsKeyName) => ({ encryption: { defaultKmsKeyName } })],
	["bigquery/dataset:Dataset", (kmsKeyName) => ({ defaultEncryptionConfiguration: { kmsKeyName } })],
	["bigquery/table:Table", (kmsKeyName) => ({ encryptionConfiguration: { kmsKeyName } })],
	["sql/databaseInstance:DatabaseInstance", (encryptionKeyName) => ({ encryptionKeyName })],
	["pubsub/topic:Topic", (kmsKeyName) => ({ kmsKeyName })],
	["compute/disk:Disk", (kmsKeySelfLink) => ({ diskEncryptionKey: { kmsKeySelfLink } })],
	["compute/regionDisk:RegionDisk", (kmsKeySelfLink) => ({ diskEncryptionKey: { kmsKeySelfLink } })],
	["artifactregistry/repository:Repository", (kmsKeyName) => ({ kmsKeyName })],
	["dataproc/cluster:Cluster", (kmsKeyName) => ({ clusterConfig: { encryptionConfig: { kmsKeyName } } })],
	["container/nodePool:NodePool", (bootDiskKmsKey) => ({ nodeConfig: { bootDiskKmsKey } })],
];

function named(type: string, inputs: Properties, sources: readonly ResourceNode[] = []): Verdicts {
	const from = Object.fromEntries(Object.keys(inputs).map((property) => [property, sources]));
	return verdictsOf(rule, [key, gcp(type, "it", inputs, { from })]);
}

describe("G03 customer-managed-keys", () => {
	for (const [type, form] of FORMS) {
		it(`judges ${type}`, () => {
			assert.deepEqual(named(type, form(NAME)), ["pass"]);
			assert.deepEqual(named(type, form(`${NAME}/cryptoKeyVersions/1`)), ["pass"]);
			assert.deepEqual(named(type, form(UNKNOWN), [key]), ["pass"]);
			assert.deepEqual(named(type, form(UNKNOWN)), ["undetermined"]);
			assert.deepEqual(named(type, form(SECRET)), ["undetermined"]);
			assert.deepEqual(named(type, form("")), ["fail"]);
			assert.deepEqual(named(type, {}), ["fail"]);
		});
	}

	it("takes a grant on a key as proof of it, not a service account", () => {
		const grant = gcp("kms/cryptoKeyIAMMember:CryptoKeyIAMMember", "grant", {});
		const bucket = gcsBucket(grant);
		assert.deepEqual(verdictsOf(rule, [grant, bucket]), ["pass"]);
		const account = serviceAccount();
		assert.deepEqual(verdictsOf(rule, [account, gcsBucket(account)]), ["undetermined"]);
	});

	it("does not exempt buckets of audit logs", () => {
		const logs = withInput(gcsBucket(key, "audit-logs"), "encryption", undefined);
		assert.deepEqual(verdictsOf(rule, [key, withInput(logs, "labels", { purpose: "audit" })]), ["fail"]);
	});

	it("does not take a raw key for one of Cloud KMS", () => {
		assert.deepEqual(named("compute/disk:Disk", { diskEncryptionKey: { rawKey: "c2VjcmV0" } }), ["fail"]);
	});

	it("names the property", () => {
		const [finding] = findingsOf(rule, [gcp("storage/bucket:Bucket", "b", {})]);
		assert.equal(finding?.property, "encryption.defaultKmsKeyName");
		assert.equal(finding?.message, "no key of the customer is named, so Google's own key encrypts the data");
	});
});

describe("G03 inherited keys", () => {
	const dataset = gcp("bigquery/dataset:Dataset", "d", {
		datasetId: "events",
		defaultEncryptionConfiguration: { kmsKeyName: NAME },
	});
	const plain = withInput(dataset, "defaultEncryptionConfiguration", undefined);
	const table = gcp("bigquery/table:Table", "t", { datasetId: "events", tableId: "t" });

	it("gives a table the key of its dataset, by name or by what the name was computed from", () => {
		assert.deepEqual(verdictsOf(rule, [dataset, table]), ["pass"]);
		assert.deepEqual(verdictsOf(rule, [plain, table], { urn: table.urn }), ["fail"]);
		const joined = gcp("bigquery/table:Table", "t", { datasetId: UNKNOWN }, { from: { datasetId: [dataset] } });
		assert.deepEqual(verdictsOf(rule, [dataset, joined]), ["pass"]);
		assert.deepEqual(verdictsOf(rule, [table]), ["undetermined"]);
	});

	it("asks nothing of views and external tables", () => {
		for (const property of ["view", "externalDataConfiguration"]) {
			assert.deepEqual(
				verdictsOf(rule, [withInput(table, property, { query: "SELECT 1" })]),
				["not-applicable"],
				property,
			);
		}
	});

	it("gives a replica the key of its primary", () => {
		const primary = gcp("sql/databaseInstance:DatabaseInstance", "p", { name: "main", encryptionKeyName: NAME });
		const replica = gcp("sql/databaseInstance:DatabaseInstance", "r", { masterInstanceName: "main" });
		assert.deepEqual(verdictsOf(rule, [primary, replica]), ["pass"]);
		assert.deepEqual(verdictsOf(rule, [replica]), ["undetermined"]);
		assert.deepEqual(verdictsOf(rule, [withInput(primary, "encryptionKeyName", undefined), replica]), ["fail"]);
	});

	it("asks nothing of a Dataproc cluster on GKE", () => {
		assert.deepEqual(named("dataproc/cluster:Cluster", { virtualClusterConfig: {} }), ["not-applicable"]);
	});
});

describe("G03 for GKE", () => {
	const cluster = gkeCluster(key);

	it("leaves nodes to pools that are resources of their own", () => {
		assert.deepEqual(verdictsOf(rule, [cluster]), ["not-applicable"]);
		const pool = gkePool(serviceAccount(), key);
		assert.deepEqual(verdictsOf(rule, [key, pool]), ["pass"]);
	});

	it("judges the default pool, inline pools and what nodes are provisioned from", () => {
		const keeps = withInput(cluster, "removeDefaultNodePool", undefined);
		assert.deepEqual(verdictsOf(rule, [keeps]), ["fail"]);
		assert.deepEqual(verdictsOf(rule, [withInput(keeps, "nodeConfig", { bootDiskKmsKey: NAME })]), ["pass"]);
		const inline = (...pools: Properties[]): Verdicts => verdictsOf(rule, [withInput(keeps, "nodePools", pools)]);
		assert.deepEqual(inline({ nodeConfig: { bootDiskKmsKey: NAME } }), ["pass"]);
		assert.deepEqual(inline({ nodeConfig: { bootDiskKmsKey: NAME } }, { nodeConfig: {} }), ["fail"]);
		const provisions = withInput(cluster, "clusterAutoscaling", { enabled: true });
		assert.deepEqual(verdictsOf(rule, [provisions]), ["fail"]);
		const defaults = { autoProvisioningDefaults: { bootDiskKmsKey: NAME } };
		const autopilot = withInput(withInput(keeps, "enableAutopilot", true), "clusterAutoscaling", defaults);
		assert.deepEqual(verdictsOf(rule, [autopilot]), ["pass"]);
		assert.deepEqual(verdictsOf(rule, [withInput(autopilot, "clusterAutoscaling", undefined)]), ["fail"]);
	});

	it("cannot decide while it is not known which pools there are", () => {
		assert.deepEqual(verdictsOf(rule, [withInput(cluster, "removeDefaultNodePool", UNKNOWN)]), ["undetermined"]);
		assert.deepEqual(verdictsOf(rule, [withInput(cluster, "nodePools", UNKNOWN)]), ["undetermined"]);
	});
});

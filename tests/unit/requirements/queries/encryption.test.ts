import assert from "node:assert/strict";
import type { ResourceNode } from "../../../../lib/graph";
import { UNKNOWN } from "../../../../lib/values";
import { encryptionQueries } from "../../../../requirements/queries/encryption";
import { bucket, bucketEncryption, eksCluster, kmsKey, resource, withInput } from "../../../support/resources";
import {
	aksCluster,
	azure,
	diskEncryptionSet,
	keyVault,
	storageAccount,
	vaultKey,
} from "../../../support/resources-azure";
import { cryptoKey, gcp, gcsBucket, gkeCluster, gkePool, serviceAccount } from "../../../support/resources-gcp";
import { ask, describeTopic, outcome, queryOf } from "./asking";

const key = kmsKey();
const store = bucket();
const encryption = bucketEncryption(store, key);
const clusterNode = eksCluster(key);
const disks = [{ ebs: { encrypted: "true", kmsKeyId: UNKNOWN } }];
const template = resource(
	"aws:ec2/launchTemplate:LaunchTemplate",
	"nodes",
	{ blockDeviceMappings: disks },
	{ from: { blockDeviceMappings: [key] } },
);
const logs = resource("aws:cloudwatch/logGroup:LogGroup", "logs", { kmsKeyId: UNKNOWN }, { from: { kmsKeyId: [key] } });
const all = [key, store, encryption, clusterNode, template, logs];
const KEY = "FR-SEC-1/encryption";

describeTopic("encryption queries", encryptionQueries, {
	[KEY]: {
		served: all,
		found: "4 of 4 stores under a customer key (AES-256)",
		broken: all.filter((node) => node !== encryption),
		instead: "3 of 4 stores under a customer key (AES-256)",
	},
});

describe("encryption at rest", () => {
	const broken: { readonly [what: string]: readonly [ResourceNode, ResourceNode] } = {
		"a bucket under S3's own keys": [
			encryption,
			withInput(encryption, "rules", [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }]),
		],
		"a disk without encryption": [template, withInput(template, "blockDeviceMappings", [{ ebs: { volumeSize: 1 } }])],
		"a cluster without a key": [clusterNode, withInput(clusterNode, "encryptionConfig", undefined)],
		"a log group under a key that AWS manages": [logs, withInput(logs, "kmsKeyId", "alias/aws/logs")],
		"a log group whose key is not of the program": [logs, { ...logs, propertyDependencies: {} }],
	};
	for (const [what, [from, to]] of Object.entries(broken)) {
		it(`is not met by ${what}`, () => {
			const nodes = all.map((node) => (node === from ? to : node));
			const found = "3 of 4 stores under a customer key (AES-256)";
			assert.deepEqual(outcome(ask(queryOf(encryptionQueries, KEY), nodes)), { found, works: false });
		});
	}

	it("is met by no asymmetric key", () => {
		const asymmetric = withInput(key, "customerMasterKeySpec", "RSA_4096");
		const { works } = ask(queryOf(encryptionQueries, KEY), [asymmetric, ...all.slice(1)]);
		assert.equal(works, false);
	});
});

/** Checks that each change of one store is found, by its name. */
function breaks(
	stores: readonly ResourceNode[],
	changes: { readonly [what: string]: readonly [ResourceNode, ResourceNode] },
): void {
	const { works } = ask(queryOf(encryptionQueries, KEY), stores);
	assert.equal(works, true);
	for (const [what, [from, to]] of Object.entries(changes)) {
		const nodes = stores.map((node) => (node === from ? to : node));
		assert.equal(ask(queryOf(encryptionQueries, KEY), nodes).works, false, what);
	}
}

describe("encryption at rest on Google Cloud", () => {
	const google = cryptoKey();
	const objects = gcsBucket(google);
	const main = gkeCluster(google);
	const pool = gkePool(serviceAccount(), google);
	const topic = gcp("pubsub/topic:Topic", "events", { kmsKeyName: UNKNOWN }, { from: { kmsKeyName: [google] } });
	const stores = [google, objects, main, pool, topic];

	it("is met by a key of the program, or one named in full, in every store", () => {
		const found = "4 of 4 stores under a customer key (AES-256)";
		assert.deepEqual(outcome(ask(queryOf(encryptionQueries, KEY), stores)), { found, works: true });
		const named = "projects/acme/locations/eu/keyRings/main/cryptoKeys/data";
		assert.equal(ask(queryOf(encryptionQueries, KEY), [withInput(topic, "kmsKeyName", named)]).works, true);
	});

	it("is not met by a store without one", () => {
		breaks(stores, {
			"a bucket under Google's keys": [objects, withInput(objects, "encryption", undefined)],
			"Secrets left in plain text": [main, withInput(main, "databaseEncryption.state", "DECRYPTED")],
			"a default pool whose disks have no key": [main, withInput(main, "removeDefaultNodePool", false)],
			"disks of a pool without a key": [pool, withInput(pool, "nodeConfig.bootDiskKmsKey", undefined)],
			"a topic whose key is not of the program": [topic, { ...topic, propertyDependencies: {} }],
			"a key that signs": [google, cryptoKey("data", { purpose: "ASYMMETRIC_SIGN" })],
		});
	});
});

describe("encryption at rest on Azure", () => {
	const vault = vaultKey(keyVault());
	const account = storageAccount(vault);
	const disks = diskEncryptionSet(vault);
	const kms = { enabled: true, keyId: "https://keys.vault.azure.net/keys/main/1" };
	const main = withInput(aksCluster(disks), "securityProfile", { azureKeyVaultKms: kms });
	const workspace = azure("operationalinsights:Workspace", "logs", {});
	const dedicated = azure(
		"operationalinsights:Cluster",
		"logs",
		{ keyVaultProperties: { keyName: UNKNOWN } },
		{ from: { keyVaultProperties: [vault] } },
	);
	const link = azure(
		"operationalinsights:LinkedService",
		"cluster",
		{ workspaceName: UNKNOWN, writeAccessResourceId: UNKNOWN },
		{ from: { workspaceName: [workspace], writeAccessResourceId: [dedicated] } },
	);
	const stores = [vault, account, disks, main, workspace, dedicated, link];

	it("is met by a key of a vault in every store", () => {
		const found = "4 of 4 stores under a customer key (AES-256)";
		assert.deepEqual(outcome(ask(queryOf(encryptionQueries, KEY), stores)), { found, works: true });
	});

	it("is not met by a store without one", () => {
		breaks(stores, {
			"an account under Microsoft's keys": [account, withInput(account, "encryption.keySource", "Microsoft.Storage")],
			"a set without a key": [disks, withInput(disks, "activeKey", undefined)],
			"a cluster whose disks have no set": [main, withInput(main, "diskEncryptionSetID", undefined)],
			"Secrets under Microsoft's key": [main, withInput(main, "securityProfile.azureKeyVaultKms.enabled", false)],
			"a workspace of no dedicated cluster": [link, { ...link, propertyDependencies: {} }],
			"a dedicated cluster without a key": [dedicated, withInput(dedicated, "keyVaultProperties", undefined)],
		});
	});
});

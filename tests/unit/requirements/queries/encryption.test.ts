import assert from "node:assert/strict";
import type { ResourceNode } from "../../../../lib/graph";
import { UNKNOWN } from "../../../../lib/values";
import { encryptionQueries } from "../../../../requirements/queries/encryption";
import { bucket, bucketEncryption, eksCluster, kmsKey, resource, withInput } from "../../../support/resources";
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

import assert from "node:assert/strict";
import { SECRET, UNKNOWN, type Value } from "../../../lib/values";
import { s3CustomerKeyEncryption as rule } from "../../../policies/rules/aws/s3-customer-key-encryption";
import { findingsOf, verdictsOf } from "../../support/judging";
import { bucket, bucketEncryption, kmsKey, resource, withInput } from "../../support/resources";

const key = kmsKey();
const data = bucket();
const encryption = bucketEncryption(data, key);
const CONFIG_V2 = "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2";

function rulesOf(sseAlgorithm: Value, kmsMasterKeyId?: Value): Value {
	const byDefault = kmsMasterKeyId === undefined ? { sseAlgorithm } : { sseAlgorithm, kmsMasterKeyId };
	return [{ applyServerSideEncryptionByDefault: byDefault }];
}

function withRules(rules: Value): ReturnType<typeof verdictsOf> {
	return verdictsOf(rule, [data, key, withInput(encryption, "rules", rules)]);
}

describe("A01 s3-customer-key-encryption", () => {
	it("passes a bucket whose separate configuration uses a key of the program", () => {
		assert.deepEqual(verdictsOf(rule, [data, key, encryption]), ["pass"]);
	});

	it("fails a bucket without any configuration", () => {
		assert.deepEqual(verdictsOf(rule, [data, key]), ["fail"]);
	});

	it("fails S3's own encryption, no algorithm, no key and the keys that AWS manages", () => {
		assert.deepEqual(withRules(rulesOf("AES256")), ["fail"]);
		assert.deepEqual(withRules([{}]), ["fail"]);
		assert.deepEqual(withRules([]), ["fail"]);
		assert.deepEqual(withRules(rulesOf("aws:kms")), ["fail"]);
		assert.deepEqual(withRules(rulesOf("aws:kms", "")), ["fail"]);
		assert.deepEqual(withRules(rulesOf("aws:kms", "alias/aws/s3")), ["fail"]);
		assert.deepEqual(withRules(rulesOf("aws:kms", "arn:aws-us-gov:kms:us-gov-west-1:1:alias/aws/s3")), ["fail"]);
	});

	it("passes a literal customer key and its alias, also with double encryption", () => {
		assert.deepEqual(withRules(rulesOf("aws:kms", "alias/data")), ["pass"]);
		assert.deepEqual(withRules(rulesOf("aws:kms:dsse", "arn:aws:kms:us-east-1:1:key/2")), ["pass"]);
	});

	it("cannot decide an unknown or secret key that no key of the program is behind", () => {
		const alone = { ...encryption, propertyDependencies: { bucket: [data.urn] } };
		assert.deepEqual(verdictsOf(rule, [data, key, alone]), ["undetermined"]);
		const secret = withInput(alone, "rules", rulesOf("aws:kms", SECRET));
		assert.deepEqual(verdictsOf(rule, [data, key, secret]), ["undetermined"]);
		assert.deepEqual(withRules(UNKNOWN), ["undetermined"]);
		assert.deepEqual(withRules(rulesOf(UNKNOWN)), ["undetermined"]);
	});

	it("keeps a violation before and after an unknown rule", () => {
		const [bad] = [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }];
		assert.deepEqual(withRules([bad ?? null, UNKNOWN]), ["fail", "undetermined"]);
		assert.deepEqual(withRules([UNKNOWN, bad ?? null]), ["fail", "undetermined"]);
	});

	it("joins by literal name, and not to a bucket of another name", () => {
		const named = bucket("named", { bucket: "acme-named" });
		const other = bucket("other", { bucket: "acme-other" });
		const config = resource(CONFIG_V2, "config", { bucket: "acme-named", rules: rulesOf("aws:kms", "alias/data") });
		const nodes = [named, other, config];
		assert.deepEqual(verdictsOf(rule, nodes, { urn: named.urn }), ["pass"]);
		assert.deepEqual(verdictsOf(rule, nodes, { urn: other.urn }), ["fail"]);
	});

	it("joins a name that became known by what it was computed from, unless the names differ", () => {
		const live = withInput(encryption, "bucket", "data-1a2b3c4");
		assert.deepEqual(verdictsOf(rule, [data, key, live]), ["pass"]);
		const other = withInput(data, "bucket", "data-other");
		assert.deepEqual(verdictsOf(rule, [other, key, live], { urn: other.urn }), ["fail"]);
	});

	it("joins through another side resource of the bucket", () => {
		const versioning = resource("aws:s3/bucketVersioning:BucketVersioning", "v", {}, { from: { bucket: [data] } });
		const chained = { ...encryption, propertyDependencies: { bucket: [versioning.urn], rules: [key.urn] } };
		assert.deepEqual(verdictsOf(rule, [data, key, versioning, chained]), ["pass"]);
	});

	it("cannot decide which of two buckets a configuration belongs to", () => {
		const second = bucket("second");
		const both = { ...encryption, propertyDependencies: { bucket: [data.urn, second.urn], rules: [key.urn] } };
		assert.deepEqual(verdictsOf(rule, [data, second, key, both]), ["undetermined"]);
	});

	it("reads the inline forms of both bucket types", () => {
		const inline = {
			rule: { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: "alias/k" } },
		};
		assert.deepEqual(verdictsOf(rule, [bucket("b", { serverSideEncryptionConfiguration: inline })]), ["pass"]);
		const plain = { rule: { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } } };
		assert.deepEqual(verdictsOf(rule, [bucket("b", { serverSideEncryptionConfiguration: plain })]), ["fail"]);
		const lists = [
			{ rules: [{ applyServerSideEncryptionByDefaults: [{ sseAlgorithm: "aws:kms", kmsMasterKeyId: "k" }] }] },
		];
		const v2 = resource("aws:s3/bucketV2:BucketV2", "v2", { serverSideEncryptionConfigurations: lists });
		assert.deepEqual(verdictsOf(rule, [v2]), ["pass"]);
		assert.deepEqual(verdictsOf(rule, [withInput(v2, "serverSideEncryptionConfigurations", undefined)]), ["fail"]);
	});

	it("lets a separate configuration decide over what the cloud reports inline", () => {
		const reported = { rule: { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } } };
		const live = withInput(data, "serverSideEncryptionConfiguration", reported);
		assert.deepEqual(verdictsOf(rule, [live, key, encryption]), ["pass"]);
	});

	it("lets targets of access logs use S3's own encryption", () => {
		const logs = bucket("logs");
		const plain = withInput(bucketEncryption(logs, key), "rules", rulesOf("AES256"));
		const logging = resource(
			"aws:s3/bucketLogging:BucketLogging",
			"logging",
			{ bucket: UNKNOWN, targetBucket: UNKNOWN },
			{ from: { bucket: [data], targetBucket: [logs] } },
		);
		assert.deepEqual(verdictsOf(rule, [logs, plain, logging], { urn: logs.urn }), ["pass"]);
		assert.deepEqual(verdictsOf(rule, [logs, plain], { urn: logs.urn }), ["fail"]);
		const balancer = resource(
			"aws:lb/loadBalancer:LoadBalancer",
			"lb",
			{ accessLogs: { bucket: UNKNOWN, enabled: true } },
			{ from: { accessLogs: [logs] } },
		);
		assert.deepEqual(verdictsOf(rule, [logs, balancer], { urn: logs.urn }), ["pass"]);
		const tagged = withInput(logs, "tags", { "meridian:purpose": "access-logs" });
		assert.deepEqual(verdictsOf(rule, [tagged]), ["pass"]);
		assert.deepEqual(verdictsOf(rule, [withInput(logs, "tags", { "meridian:purpose": "data" })]), ["fail"]);
	});

	it("judges a configuration whose bucket is not in the program", () => {
		const config = resource(CONFIG_V2, "config", { bucket: "elsewhere", rules: rulesOf("AES256") });
		assert.deepEqual(verdictsOf(rule, [config], { urn: config.urn }), ["fail"]);
	});

	it("never shows a secret or a name from the inputs", () => {
		const secretly = withInput(encryption, "rules", rulesOf("hunter2", "alias/aws/hunter2"));
		const text = JSON.stringify(findingsOf(rule, [data, key, secretly]));
		assert.equal(text.includes("hunter2"), false);
	});
});

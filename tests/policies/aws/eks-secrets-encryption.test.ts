import assert from "node:assert/strict";
import { UNKNOWN, type Value } from "../../../lib/values";
import { eksSecretsEncryption as rule } from "../../../policies/rules/aws/eks-secrets-encryption";
import { verdictsOf } from "../../support/judging";
import { eksCluster, kmsKey, withInput } from "../../support/resources";

const key = kmsKey();
const cluster = eksCluster(key);

function verdict(path: string, value: Value | undefined): ReturnType<typeof verdictsOf> {
	return verdictsOf(rule, [key, withInput(cluster, path, value)]);
}

describe("A08 eks-secrets-encryption", () => {
	it("passes a cluster whose secrets a key of the program encrypts", () => {
		assert.deepEqual(verdictsOf(rule, [key, cluster]), ["pass"]);
	});

	it("fails without configuration, without secrets and without a customer key", () => {
		assert.deepEqual(verdict("encryptionConfig", undefined), ["fail"]);
		assert.deepEqual(verdict("encryptionConfig", []), ["fail"]);
		assert.deepEqual(verdict("encryptionConfig.resources", []), ["fail"]);
		assert.deepEqual(verdict("encryptionConfig.resources", ["configmaps"]), ["fail"]);
		assert.deepEqual(verdict("encryptionConfig.provider.keyArn", ""), ["fail"]);
		assert.deepEqual(verdict("encryptionConfig.provider.keyArn", "arn:aws:kms:eu-west-1:1:alias/aws/eks"), ["fail"]);
	});

	it("passes a literal customer key", () => {
		assert.deepEqual(verdict("encryptionConfig.provider.keyArn", "arn:aws:kms:eu-west-1:1:key/2"), ["pass"]);
	});

	it("cannot decide a key from elsewhere or an unknown configuration", () => {
		assert.deepEqual(verdictsOf(rule, [cluster]), ["undetermined"]);
		assert.deepEqual(verdict("encryptionConfig", UNKNOWN), ["undetermined"]);
		assert.deepEqual(verdict("encryptionConfig.resources", [UNKNOWN]), ["undetermined"]);
	});

	it("keeps a violation beside an unknown", () => {
		const broken = withInput(cluster, "encryptionConfig.resources", []);
		assert.deepEqual(verdictsOf(rule, [broken]), ["fail", "undetermined"]);
	});
});

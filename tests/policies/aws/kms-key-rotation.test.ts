import assert from "node:assert/strict";
import { UNKNOWN, type Value } from "../../../lib/values";
import { kmsKeyRotation as rule } from "../../../policies/rules/aws/kms-key-rotation";
import { findingsOf, PROD, verdictsOf } from "../../support/judging";
import { kmsKey, resource, withInput } from "../../support/resources";

const key = kmsKey();

function verdict(path: string, value: Value | undefined): ReturnType<typeof verdictsOf> {
	return verdictsOf(rule, [withInput(key, path, value)]);
}

describe("A02 kms-key-rotation", () => {
	it("passes a key that rotates yearly and waits 30 days, also by the provider's defaults", () => {
		assert.deepEqual(verdictsOf(rule, [key]), ["pass"]);
		assert.deepEqual(verdict("rotationPeriodInDays", undefined), ["pass"]);
		assert.deepEqual(verdict("deletionWindowInDays", undefined), ["pass"]);
	});

	it("fails without rotation, however that is written", () => {
		for (const value of [undefined, null, false, "false", "yes"]) {
			assert.deepEqual(verdict("enableKeyRotation", value), ["fail"], String(value));
		}
		assert.deepEqual(verdict("enableKeyRotation", "true"), ["pass"]);
	});

	it("fails a period over 365 days and a window under 30", () => {
		assert.deepEqual(verdict("rotationPeriodInDays", 366), ["fail"]);
		assert.deepEqual(verdict("rotationPeriodInDays", "366"), ["fail"]);
		assert.deepEqual(verdict("rotationPeriodInDays", 90), ["pass"]);
		assert.deepEqual(verdict("deletionWindowInDays", 29), ["fail"]);
	});

	it("allows 7 days where the environment relaxes protection, not fewer", () => {
		const context = { ...PROD, relaxed: true };
		assert.deepEqual(verdictsOf(rule, [withInput(key, "deletionWindowInDays", 7)], { context }), ["pass"]);
		assert.deepEqual(verdictsOf(rule, [withInput(key, "deletionWindowInDays", 6)], { context }), ["fail"]);
	});

	it("demands no rotation of keys that cannot rotate, and still their window", () => {
		const signing = withInput(withInput(key, "enableKeyRotation", undefined), "customerMasterKeySpec", "ECC_NIST_P256");
		assert.deepEqual(verdictsOf(rule, [signing]), ["pass"]);
		assert.deepEqual(verdictsOf(rule, [withInput(signing, "deletionWindowInDays", 7)]), ["fail"]);
		const stored = withInput(withInput(key, "enableKeyRotation", undefined), "customKeyStoreId", "cks-1");
		assert.deepEqual(verdictsOf(rule, [stored]), ["pass"]);
	});

	it("cannot decide unknowns, and keeps a violation beside one", () => {
		assert.deepEqual(verdict("enableKeyRotation", UNKNOWN), ["undetermined"]);
		assert.deepEqual(verdict("deletionWindowInDays", UNKNOWN), ["undetermined"]);
		assert.deepEqual(verdict("rotationPeriodInDays", UNKNOWN), ["undetermined"]);
		const mixed = withInput(withInput(key, "enableKeyRotation", UNKNOWN), "deletionWindowInDays", 7);
		assert.deepEqual(verdictsOf(rule, [mixed]), ["fail", "undetermined"]);
		const reversed = withInput(withInput(key, "enableKeyRotation", false), "deletionWindowInDays", UNKNOWN);
		assert.deepEqual(verdictsOf(rule, [reversed]), ["fail", "undetermined"]);
		const perhaps = withInput(withInput(key, "enableKeyRotation", false), "customerMasterKeySpec", UNKNOWN);
		assert.deepEqual(verdictsOf(rule, [perhaps]), ["undetermined"]);
	});

	it("judges the window of replicas", () => {
		const replica = resource("aws:kms/replicaKey:ReplicaKey", "replica", { deletionWindowInDays: 30 });
		assert.deepEqual(verdictsOf(rule, [replica]), ["pass"]);
		assert.deepEqual(verdictsOf(rule, [withInput(replica, "deletionWindowInDays", 7)]), ["fail"]);
	});

	it("names the property and the bound", () => {
		const [finding] = findingsOf(rule, [withInput(key, "deletionWindowInDays", 7)]);
		assert.equal(finding?.property, "deletionWindowInDays");
		assert.equal(finding?.message, "the deletion window must be at least 30 days");
	});
});

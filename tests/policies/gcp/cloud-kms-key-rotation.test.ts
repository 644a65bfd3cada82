import assert from "node:assert/strict";
import { UNKNOWN, type Value } from "../../../lib/values";
import { cloudKmsKeyRotation as rule } from "../../../policies/rules/gcp/cloud-kms-key-rotation";
import { findingsOf, PROD, verdictsOf } from "../../support/judging";
import { withInput } from "../../support/resources";
import { cryptoKey, gcp } from "../../support/resources-gcp";

const key = cryptoKey();
const RELAXED = { ...PROD, environment: "dev", relaxed: true };

function verdict(path: string, value: Value | undefined): ReturnType<typeof verdictsOf> {
	return verdictsOf(rule, [withInput(key, path, value)]);
}

describe("G04 cloud-kms-key-rotation", () => {
	it("passes a period of at most 90 days, in seconds", () => {
		assert.deepEqual(verdictsOf(rule, [key]), ["pass"]);
		for (const period of ["7776000s", "2592000s", "86400.5s", "7776000.000000000s"]) {
			assert.deepEqual(verdict("rotationPeriod", period), ["pass"], period);
		}
	});

	it("fails a longer period, none, and other units", () => {
		for (const period of ["7776001s", "31536000s", undefined, "", "90d", "7776000", 7776000, "0s", "-1s", "s"]) {
			assert.deepEqual(verdict("rotationPeriod", period), ["fail"], String(period));
		}
	});

	it("takes the bound by parameter", () => {
		assert.deepEqual(verdictsOf(rule, [key], { params: { maxRotationDays: 30 } }), ["fail"]);
		const yearly = withInput(key, "rotationPeriod", "31536000s");
		assert.deepEqual(verdictsOf(rule, [yearly], { params: { maxRotationDays: 365 } }), ["pass"]);
	});

	it("demands no rotation of keys that cannot rotate, and still their protection", () => {
		for (const purpose of ["ASYMMETRIC_SIGN", "ASYMMETRIC_DECRYPT", "MAC", "RAW_ENCRYPT_DECRYPT"]) {
			const signing = withInput(withInput(key, "rotationPeriod", undefined), "purpose", purpose);
			assert.deepEqual(verdictsOf(rule, [signing]), ["pass"], purpose);
			assert.deepEqual(verdictsOf(rule, [{ ...signing, options: {} }]), ["fail"], purpose);
		}
		const imported = withInput(withInput(key, "rotationPeriod", undefined), "importOnly", true);
		assert.deepEqual(verdictsOf(rule, [imported]), ["pass"]);
	});

	it("demands protect, unless the environment relaxes protection, and says so", () => {
		const open = { ...key, options: {} };
		const [finding] = findingsOf(rule, [open]);
		assert.equal(finding?.verdict, "fail");
		assert.equal(finding?.property, "protect");
		const [relaxed] = findingsOf(rule, [open], { context: RELAXED });
		assert.equal(relaxed?.verdict, "pass");
		assert.match(relaxed?.message ?? "", /relaxes protection, so it may be deleted/);
		assert.deepEqual(verdictsOf(rule, [withInput(open, "rotationPeriod", undefined)], { context: RELAXED }), ["fail"]);
	});

	it("cannot decide unknowns, and keeps a violation beside one", () => {
		assert.deepEqual(verdict("rotationPeriod", UNKNOWN), ["undetermined"]);
		assert.deepEqual(verdict("purpose", UNKNOWN), ["pass"]);
		assert.deepEqual(verdictsOf(rule, [withInput(withInput(key, "purpose", UNKNOWN), "rotationPeriod", "1y")]), [
			"undetermined",
		]);
		const mixed = { ...withInput(key, "rotationPeriod", UNKNOWN), options: { protect: false } };
		assert.deepEqual(verdictsOf(rule, [mixed]), ["fail", "undetermined"]);
	});

	it("fails keys and key rings that everyone may use", () => {
		const policyData = JSON.stringify({ bindings: [{ members: ["allAuthenticatedUsers"] }] });
		for (const kind of ["cryptoKey", "keyRing"]) {
			const token = (form: string): string =>
				`kms/${kind}IAM${form}:${kind[0]?.toUpperCase()}${kind.slice(1)}IAM${form}`;
			assert.deepEqual(verdictsOf(rule, [gcp(token("Member"), "m", { member: "allUsers" })]), ["fail"]);
			assert.deepEqual(verdictsOf(rule, [gcp(token("Binding"), "b", { members: [UNKNOWN, "allUsers"] })]), [
				"fail",
				"undetermined",
			]);
			assert.deepEqual(verdictsOf(rule, [gcp(token("Policy"), "p", { policyData })]), ["fail"]);
			assert.deepEqual(verdictsOf(rule, [gcp(token("Member"), "m", { member: "user:a@example.com" })]), ["pass"]);
		}
	});
});

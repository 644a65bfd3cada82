import assert from "node:assert/strict";
import type { ResourceNode } from "../../../lib/graph";
import { type Properties, SECRET, UNKNOWN, type Value } from "../../../lib/values";
import { bucketNoPublicAccess as rule } from "../../../policies/rules/gcp/bucket-no-public-access";
import { findingsOf, verdictsOf } from "../../support/judging";
import { withInput } from "../../support/resources";
import { cryptoKey, gcp, gcsBucket, serviceAccount } from "../../support/resources-gcp";

type Verdicts = ReturnType<typeof verdictsOf>;

const bucket = gcsBucket(cryptoKey());

function grant(type: string, inputs: Properties): Verdicts {
	return verdictsOf(rule, [gcp(`storage/${type}`, "grant", { bucket: UNKNOWN, ...inputs })]);
}

function policy(policyData: Value): Verdicts {
	return grant("bucketIAMPolicy:BucketIAMPolicy", { policyData });
}

function bound(...members: Value[]): string {
	return JSON.stringify({ bindings: [{ role: "roles/storage.objectViewer", members }] });
}

describe("G01 bucket-no-public-access", () => {
	it("passes a bucket that refuses public access and access lists", () => {
		assert.deepEqual(verdictsOf(rule, [bucket]), ["pass"]);
	});

	it("fails what is inherited, off or not said", () => {
		for (const value of ["inherited", undefined, "", true]) {
			assert.deepEqual(verdictsOf(rule, [withInput(bucket, "publicAccessPrevention", value)]), ["fail"], String(value));
		}
		for (const value of [false, "false", undefined, 1]) {
			assert.deepEqual(
				verdictsOf(rule, [withInput(bucket, "uniformBucketLevelAccess", value)]),
				["fail"],
				String(value),
			);
		}
	});

	it("cannot decide unknowns, and keeps a violation beside one", () => {
		for (const path of ["publicAccessPrevention", "uniformBucketLevelAccess"]) {
			assert.deepEqual(verdictsOf(rule, [withInput(bucket, path, UNKNOWN)]), ["undetermined"], path);
		}
		const mixed = withInput(withInput(bucket, "publicAccessPrevention", UNKNOWN), "uniformBucketLevelAccess", false);
		assert.deepEqual(verdictsOf(rule, [mixed]), ["fail", "undetermined"]);
	});
});

describe("G01 for grants", () => {
	it("fails everyone in a member, also under a condition", () => {
		const member = (value: Value, extra: Properties = {}): Verdicts =>
			grant("bucketIAMMember:BucketIAMMember", { role: "roles/storage.objectViewer", member: value, ...extra });
		for (const everyone of ["allUsers", "allAuthenticatedUsers", "ALLUSERS"]) {
			assert.deepEqual(member(everyone), ["fail"], everyone);
		}
		assert.deepEqual(member("allUsers", { condition: { title: "until", expression: "request.time < x" } }), ["fail"]);
		assert.deepEqual(member("serviceAccount:a@p.iam.gserviceaccount.com"), ["pass"]);
		assert.deepEqual(member("group:allusers@example.com"), ["pass"]);
		assert.deepEqual(member(UNKNOWN), ["undetermined"]);
		assert.deepEqual(member(SECRET), ["undetermined"]);
	});

	it("fails everyone in a list, before and after an unknown", () => {
		const members = (...values: Value[]): Verdicts => grant("bucketIAMBinding:BucketIAMBinding", { members: values });
		assert.deepEqual(members("domain:example.com"), ["pass"]);
		assert.deepEqual(members("allUsers", UNKNOWN), ["fail", "undetermined"]);
		assert.deepEqual(members(UNKNOWN, "allUsers"), ["fail", "undetermined"]);
		assert.deepEqual(grant("managedFolderIamBinding:ManagedFolderIamBinding", { members: ["allUsers"] }), ["fail"]);
	});

	it("takes a member that identities of the program prove, and no more members than those", () => {
		const account = serviceAccount();
		const sink = gcp("logging/projectSink:ProjectSink", "audit", {});
		const grantTo = (inputs: Properties, ...from: ResourceNode[]): Verdicts => {
			const [property = ""] = Object.keys(inputs);
			const node = gcp("storage/bucketIAMBinding:BucketIAMBinding", "b", inputs, { from: { [property]: from } });
			return verdictsOf(rule, [account, sink, bucket, node], { urn: node.urn });
		};
		assert.deepEqual(grantTo({ member: UNKNOWN }, account), ["pass"]);
		assert.deepEqual(grantTo({ member: UNKNOWN }, sink), ["pass"]);
		assert.deepEqual(grantTo({ member: UNKNOWN }, bucket), ["undetermined"]);
		assert.deepEqual(grantTo({ members: [UNKNOWN, UNKNOWN] }, account, sink), ["pass"]);
		assert.deepEqual(grantTo({ members: [UNKNOWN, UNKNOWN] }, account), ["undetermined"]);
		assert.deepEqual(grantTo({ members: [UNKNOWN, "allUsers"] }, account), ["fail"]);
		assert.deepEqual(grantTo({ policyData: UNKNOWN }, account), ["undetermined"]);
	});

	it("reads policies, also with escapes and with an unknown inside", () => {
		assert.deepEqual(policy(bound("user:a@example.com")), ["pass"]);
		assert.deepEqual(policy(bound("user:a@example.com", "allAuthenticatedUsers")), ["fail"]);
		assert.deepEqual(policy('{"bindings":[{"members":["\\u0061llUsers"]}]}'), ["fail"]);
		assert.deepEqual(policy(UNKNOWN), ["undetermined"]);
		assert.deepEqual(policy(SECRET), ["undetermined"]);
		assert.deepEqual(policy(bound(`serviceAccount:${UNKNOWN}`)), ["undetermined"]);
		assert.deepEqual(policy(bound(`serviceAccount:${UNKNOWN}`, "allUsers")), ["fail", "undetermined"]);
		for (const text of ["not JSON", "7", '{"bindings":']) {
			assert.deepEqual(policy(text), ["fail"], text);
		}
	});

	it("reads access lists: entries, canned lists and single entities", () => {
		assert.deepEqual(grant("bucketACL:BucketACL", { roleEntities: ["OWNER:project-owners-1"] }), ["pass"]);
		assert.deepEqual(grant("bucketACL:BucketACL", { roleEntities: ["READER:allUsers"] }), ["fail"]);
		for (const list of ["publicRead", "publicReadWrite", "authenticatedRead"]) {
			assert.deepEqual(grant("bucketACL:BucketACL", { predefinedAcl: list }), ["fail"], list);
			assert.deepEqual(grant("bucketACL:BucketACL", { defaultAcl: list }), ["fail"], list);
		}
		assert.deepEqual(grant("bucketACL:BucketACL", { predefinedAcl: "private" }), ["pass"]);
		assert.deepEqual(grant("defaultObjectACL:DefaultObjectACL", { roleEntities: ["READER:allAuthenticatedUsers"] }), [
			"fail",
		]);
		assert.deepEqual(grant("objectAccessControl:ObjectAccessControl", { entity: "allUsers" }), ["fail"]);
		assert.deepEqual(grant("bucketAccessControl:BucketAccessControl", { entity: UNKNOWN }), ["undetermined"]);
	});

	it("names the entry", () => {
		const node = gcp("storage/bucketIAMBinding:BucketIAMBinding", "b", { members: ["user:a@example.com", "allUsers"] });
		const [finding] = findingsOf(rule, [node]);
		assert.equal(finding?.property, "members[1]");
		assert.equal(finding?.message, "access is given to allUsers");
	});
});

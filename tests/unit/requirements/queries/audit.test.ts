import assert from "node:assert/strict";
import { UNKNOWN } from "../../../../lib/values";
import { auditQueries } from "../../../../requirements/queries/audit";
import { bucket, bucketEncryption, kmsKey, resource, withInput } from "../../../support/resources";
import { ask, describeTopic, queryOf } from "./asking";
import { cluster } from "./estate";

const key = kmsKey();
const store = bucket("audit");
const trail = resource(
	"aws:cloudtrail/trail:Trail",
	"trail",
	{ s3BucketName: UNKNOWN, kmsKeyId: UNKNOWN, isMultiRegionTrail: true, enableLogging: true },
	{ from: { s3BucketName: [store], kmsKeyId: [key] } },
);
const lock = resource(
	"aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
	"lock",
	{ bucket: UNKNOWN, rule: { defaultRetention: { mode: "COMPLIANCE", days: 2557 } } },
	{ from: { bucket: [store] } },
);
const tlsOnly = {
	Effect: "Deny",
	Principal: "*",
	Action: "s3:*",
	Resource: "*",
	Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const policy = resource(
	"aws:s3/bucketPolicy:BucketPolicy",
	"policy",
	{ bucket: UNKNOWN, policy: JSON.stringify({ Statement: [tlsOnly] }) },
	{ from: { bucket: [store] } },
);
const stored = [key, trail, store, lock, bucketEncryption(store, key), policy];

const immutable = {
	served: stored,
	found: "object lock in compliance mode",
	broken: stored.map((node) => (node === lock ? withInput(lock, "rule.defaultRetention.mode", "GOVERNANCE") : node)),
	instead: "no object lock in compliance mode",
};
const kept = {
	served: stored,
	found: "locked for 2,557 of 2,557 days",
	broken: stored.map((node) => (node === lock ? withInput(lock, "rule.defaultRetention.days", 365) : node)),
	instead: "locked for 365 of 2,557 days",
};
const main = cluster();

describeTopic("audit queries", auditQueries, {
	"FR-SEC-2/audit-aws": immutable,
	"AG-AUD-1/immutable": immutable,
	"AG-AUD-1/retention": kept,
	"XX-PRIV-2/audit-retention": kept,
	"AG-AUD-1/encryption": {
		served: stored,
		found: "at rest: customer key, in transit: TLS only",
		broken: stored.map((node) => (node === policy ? withInput(policy, "policy", UNKNOWN) : node)),
		instead: "at rest: customer key, in transit: no policy known that refuses plain text",
	},
	"OP-SEC-1/audit": {
		served: [trail, main],
		found: "1 multi-region trail, 1 of 1 clusters log their audit",
		broken: [withInput(trail, "enableLogging", false), withInput(main, "enabledClusterLogTypes", ["api"])],
		instead: "0 multi-region trails, 0 of 1 clusters log their audit",
	},
});

describe("audit retention", () => {
	it("counts years with their leap days", () => {
		const years = withInput(lock, "rule.defaultRetention", { mode: "COMPLIANCE", years: 7 });
		const nodes = stored.map((node) => (node === lock ? years : node));
		assert.equal(ask(queryOf(auditQueries, "AG-AUD-1/retention"), nodes).works, true);
	});

	it("is not answered by a locked bucket that no trail writes to", () => {
		const nodes = stored.filter((node) => node !== trail);
		assert.equal(ask(queryOf(auditQueries, "AG-AUD-1/immutable"), nodes).found, "no audit log");
	});
});

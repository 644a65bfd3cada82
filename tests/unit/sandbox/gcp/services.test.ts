import assert from "node:assert/strict";
import type { Properties } from "../../../../lib/values";
import { assertFault, type Refused, refuses, type Stage } from "../stage";
import { agent, type Estate, estate, NUMBER } from "./estate";

let at: Estate;
const set = (): Stage => {
	at = estate();
	return at.stage;
};
const id = (name: string): string => at.of(name).id;
const SERVICE = "gcp:projects/service:Service";
const GRANT = "gcp:projects/iAMMember:IAMMember";
const AUDIT = "gcp:projects/iAMAuditConfig:IAMAuditConfig";
const ACCOUNT = "gcp:serviceaccount/account:Account";
const RING = "gcp:kms/keyRing:KeyRing";
const KEY = "gcp:kms/cryptoKey:CryptoKey";
const KEY_GRANT = "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember";
const BUCKET = "gcp:storage/bucket:Bucket";
const BUCKET_GRANT = "gcp:storage/bucketIAMMember:BucketIAMMember";
const SINK = "gcp:logging/projectSink:ProjectSink";
const REPOSITORY = "gcp:artifactregistry/repository:Repository";
const ENCRYPTER = "roles/cloudkms.cryptoKeyEncrypterDecrypter";

/** A row: good inputs with changes, and the fault that these must give. */
function row(because: string, type: string, inputs: Properties, property: string, reason: RegExp): Refused {
	return { because, type, inputs, property, reason };
}

describe("services and grants of a project", () => {
	refuses((): Refused[] => {
		const grant = { project: "research-lab", role: "roles/viewer", member: "group:a@example.com" };
		const pool = "locations/global/workloadIdentityPools";
		return [
			row("a service without its domain", SERVICE, { service: "compute" }, "service", /compute\.googleapis\.com/),
			row(
				"dependents of a service that stays on",
				SERVICE,
				{ service: "a.googleapis.com", disableDependentServices: true },
				"disableDependentServices",
				/disableOnDestroy/,
			),
			row("a member without its kind", GRANT, { ...grant, member: "a@example.com" }, "member", /must be a principal/),
			row("a role by title", GRANT, { ...grant, role: "Viewer" }, "role", /roles\/<name>/),
			row(
				"a condition on a basic role",
				GRANT,
				{ ...grant, condition: { title: "t", expression: "true" } },
				"condition",
				/basic roles/,
			),
			row(
				"a service account that is not there",
				GRANT,
				{ ...grant, member: "serviceAccount:x@research-lab.iam.gserviceaccount.com" },
				"member",
				/names no existing service account/,
			),
			row(
				"a pool by the project's id",
				GRANT,
				{
					...grant,
					member: `principal://iam.googleapis.com/projects/research-lab/${pool}/research-lab.svc.id.goog/subject/ns/a/sa/b`,
				},
				"member",
				/project's number/,
			),
			row(
				"a principal of another host",
				GRANT,
				{ ...grant, member: "principal://example.com/a" },
				"member",
				/iam\.googleapis\.com/,
			),
			row(
				"a grant without a project",
				GRANT,
				{ role: "roles/viewer", member: "group:a@example.com" },
				"project",
				/is required/,
			),
			row("the audit settings of a service twice", AUDIT, at.of("audit").inputs, "service", /already/),
			row(
				"a log type that is none",
				AUDIT,
				{ ...at.of("audit").inputs, service: "storage.googleapis.com", auditLogConfigs: [{ logType: "READ" }] },
				"auditLogConfigs[0].logType",
				/"ADMIN_READ"/,
			),
			row(
				"a log type twice",
				AUDIT,
				{
					project: "research-lab",
					service: "storage.googleapis.com",
					auditLogConfigs: [{ logType: "DATA_READ" }, { logType: "DATA_READ" }],
				},
				"auditLogConfigs",
				/twice/,
			),
			row("an account's name of 5 letters", ACCOUNT, { accountId: "nodes" }, "accountId", /6 to 30/),
			row("an account that exists", ACCOUNT, { accountId: "dev-nodes" }, "accountId", /unique within the account/),
			row(
				"a title of 101 letters",
				ACCOUNT,
				{ accountId: "other-one", displayName: "a".repeat(101) },
				"displayName",
				/100 bytes, but has 101/,
			),
		];
	}, set);

	it("may name pods only where a cluster has made the identity pool", () => {
		const stage = set();
		const cluster = at.of("cluster");
		const grant = { ...at.of("bucketGrant").inputs, role: "roles/storage.legacyBucketReader" };
		assert.deepEqual(stage.faults(BUCKET_GRANT, grant), []);
		stage.objects.splice(stage.objects.indexOf(cluster), 1);
		assertFault(stage.faults(BUCKET_GRANT, grant), "member", /identity pool research-lab\.svc\.id\.goog exists once/);
		const older = { ...grant, member: "serviceAccount:research-lab.svc.id.goog[serving/loader]" };
		assertFault(stage.faults(BUCKET_GRANT, older), "member", /exists once/);
	});

	it("may name a service agent only where its service is on", () => {
		const stage = set();
		const grant = { ...at.of("clusterGrant").inputs, role: "roles/cloudkms.viewer" };
		assert.deepEqual(stage.faults(KEY_GRANT, grant), []);
		stage.objects.splice(stage.objects.indexOf(at.of("service container.googleapis.com")), 1);
		assertFault(stage.faults(KEY_GRANT, grant), "member", /comes with container\.googleapis\.com/);
	});

	it("are made once each: the end of one grant would end its twin; a service may be switched on twice", () => {
		const stage = set();
		assertFault(
			stage.faults(GRANT, at.of("nodesGrant").inputs),
			"member",
			/has this role there already by .*make it once/,
		);
		assert.deepEqual(stage.faults(SERVICE, { service: "compute.googleapis.com" }), []);
	});
});

describe("keys of Google Cloud", () => {
	refuses((): Refused[] => {
		const key = { name: "more", keyRing: id("ring") };
		return [
			row("a ring without a location", RING, { name: "r" }, "location", /is required/),
			row("a ring's name with a dot", RING, { name: "a.b", location: "us-central1" }, "name", /1 to 63/),
			row(
				"a ring's name that is taken",
				RING,
				{ name: "cell-a1b2c3d", location: "us-central1" },
				"name",
				/unique within the region/,
			),
			row(
				"a ring that is not there",
				KEY,
				{ ...key, keyRing: "projects/research-lab/locations/us-central1/keyRings/x" },
				"keyRing",
				/names no existing KeyRing/,
			),
			row("a key's name twice in a ring", KEY, { ...key, name: "disks" }, "name", /unique within the key ring/),
			row("a rotation of an hour", KEY, { ...key, rotationPeriod: "3600s" }, "rotationPeriod", /86400s/),
			row("a rotation in days", KEY, { ...key, rotationPeriod: "90d" }, "rotationPeriod", /seconds, as text/),
			row(
				"a rotation of a signing key",
				KEY,
				{ ...key, purpose: "ASYMMETRIC_SIGN", rotationPeriod: "7776000s" },
				"rotationPeriod",
				/ENCRYPT_DECRYPT only/,
			),
			row(
				"an algorithm of another purpose",
				KEY,
				{ ...key, versionTemplate: { algorithm: "RSA_SIGN_PSS_2048_SHA256" } },
				"versionTemplate.algorithm",
				/does not go with/,
			),
			row(
				"a protection that is none",
				KEY,
				{ ...key, versionTemplate: { algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION", protectionLevel: "TPM" } },
				"versionTemplate.protectionLevel",
				/"HSM"/,
			),
			row(
				"a grant on a key that is not there",
				KEY_GRANT,
				{
					cryptoKeyId: "projects/p/locations/l/keyRings/r/cryptoKeys/k",
					role: ENCRYPTER,
					member: agent("compute-system"),
				},
				"cryptoKeyId",
				/names no existing CryptoKey/,
			),
		];
	}, set);
});

describe("buckets of Google Cloud", () => {
	refuses((): Refused[] => {
		const good = { ...at.of("bucket").inputs, name: "other-models" };
		const rule = (action: Properties, condition: Properties = { age: 1 }) => ({
			...good,
			lifecycleRules: [{ action, condition }],
		});
		const lock = (retentionPeriod: string) => ({
			name: "b-lock",
			location: "US",
			retentionPolicy: { retentionPeriod },
		});
		return [
			row("an upper-case name", BUCKET, { ...good, name: "Models" }, "name", /3 to 63 of lower-case/),
			row("a name with google", BUCKET, { ...good, name: "my-google-bucket" }, "name", /without "google"/),
			row("a name of 64 letters", BUCKET, { ...good, name: "a".repeat(64) }, "name", /3 to 63/),
			row(
				"a name that is taken anywhere",
				BUCKET,
				{ ...good, name: "dev-audit-research-lab" },
				"name",
				/all accounts and regions/,
			),
			row("no location", BUCKET, { ...good, location: null }, "location", /is required/),
			row(
				"a zone as location",
				BUCKET,
				{ ...good, location: "us-central1-a" },
				"location",
				/region such as US-CENTRAL1/,
			),
			row(
				"a key of another region",
				BUCKET,
				{ ...good, location: "US-EAST4" },
				"encryption.defaultKmsKeyName",
				/must be a key of us-east4, but .* is in us-central1/,
			),
			row(
				"a key that the agent may not use",
				BUCKET,
				{ ...good, encryption: { defaultKmsKeyName: id("disksKey") } },
				"encryption.defaultKmsKeyName",
				/service-<number of research-lab>@gs-project-accounts.*has no roles\/cloudkms/,
			),
			row(
				"a key that is not there",
				BUCKET,
				{ ...good, encryption: { defaultKmsKeyName: "projects/p/locations/us-central1/keyRings/r/cryptoKeys/k" } },
				"encryption.defaultKmsKeyName",
				/names no existing CryptoKey/,
			),
			row("an upper-case label", BUCKET, { ...good, labels: { owner: "Platform" } }, "labels.owner", /value must be/),
			row("a label's key with a dot", BUCKET, { ...good, labels: { "a.b": "c" } }, "labels", /key must be/),
			row(
				"65 labels",
				BUCKET,
				{ ...good, labels: Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`l${i}`, "a"])) },
				"labels",
				/at most 64/,
			),
			row("a class that is none", BUCKET, { ...good, storageClass: "COLD" }, "storageClass", /"STANDARD"/),
			row(
				"public access prevention as a flag",
				BUCKET,
				{ ...good, publicAccessPrevention: "on" },
				"publicAccessPrevention",
				/"inherited" or "enforced"/,
			),
			row(
				"soft delete of 3 days",
				BUCKET,
				{ ...good, softDeletePolicy: { retentionDurationSeconds: 259_200 } },
				"softDeletePolicy.retentionDurationSeconds",
				/7 to 90 days/,
			),
			row("a retention of 0", BUCKET, lock("0"), "retentionPolicy.retentionPeriod", /1 to 3155760000 seconds/),
			row("a retention in days", BUCKET, lock("30d"), "retentionPolicy.retentionPeriod", /as text/),
			row(
				"versions with retention",
				BUCKET,
				{ ...good, retentionPolicy: { retentionPeriod: "60" } },
				"versioning.enabled",
				/cannot be combined with retentionPolicy/,
			),
			row(
				"a class change without a class",
				BUCKET,
				rule({ type: "SetStorageClass" }),
				"lifecycleRules[0].action.storageClass",
				/is required/,
			),
			row(
				"a deletion with a class",
				BUCKET,
				rule({ type: "Delete", storageClass: "NEARLINE" }),
				"lifecycleRules[0].action.storageClass",
				/SetStorageClass only/,
			),
			row(
				"a rule without a condition",
				BUCKET,
				rule({ type: "Delete" }, {}),
				"lifecycleRules[0].condition",
				/at least one/,
			),
			row(
				"an upload's rule by versions",
				BUCKET,
				rule({ type: "AbortIncompleteMultipartUpload" }, { numNewerVersions: 1 }),
				"lifecycleRules[0].condition.numNewerVersions",
				/AbortIncomplete/,
			),
			row("an action that is none", BUCKET, rule({ type: "Remove" }), "lifecycleRules[0].action.type", /"Delete"/),
			row("turbo replication in a region", BUCKET, { ...good, rpo: "ASYNC_TURBO" }, "rpo", /dual-region/),
			row(
				"a grant on a bucket that is not there",
				BUCKET_GRANT,
				{ bucket: "x", role: "roles/storage.objectViewer", member: "group:a@example.com" },
				"bucket",
				/names no existing Bucket/,
			),
			row(
				"a public grant that is prevented",
				BUCKET_GRANT,
				{ bucket: id("bucket"), role: "roles/storage.objectViewer", member: "allUsers" },
				"member",
				/publicAccessPrevention/,
			),
		];
	}, set);

	it("take a key once the agent is granted its use on the key's project", () => {
		const stage = set();
		const inputs = { ...at.of("bucket").inputs, name: "other", encryption: { defaultKmsKeyName: id("disksKey") } };
		assertFault(stage.faults(BUCKET, inputs), "encryption.defaultKmsKeyName", /has no roles/);
		stage.make(GRANT, { project: "research-lab", role: ENCRYPTER, member: agent("gs-project-accounts") });
		assert.deepEqual(stage.faults(BUCKET, inputs), []);
	});

	it("keep a locked retention policy, and only let it grow", () => {
		const stage = set();
		const self = at.of("locked");
		const changed = (retentionPolicy: Properties | null) =>
			stage.faults(BUCKET, { ...self.inputs, retentionPolicy }, { self });
		assertFault(changed(null), "retentionPolicy.isLocked", /cannot be undone/);
		assertFault(changed({ isLocked: true, retentionPeriod: "60" }), "retentionPolicy.retentionPeriod", /can only grow/);
		assert.deepEqual(changed({ isLocked: true, retentionPeriod: "63072000" }), []);
	});
});

describe("log sinks and repositories", () => {
	refuses((): Refused[] => {
		const sink = { name: "second", destination: `storage.googleapis.com/${id("locked")}` };
		const repository = { repositoryId: "other", location: "us-central1", format: "DOCKER" };
		return [
			row(
				"a bucket as gs://",
				SINK,
				{ ...sink, destination: "gs://bucket" },
				"destination",
				/storage\.googleapis\.com\/<bucket>/,
			),
			row(
				"a bucket that is not there",
				SINK,
				{ ...sink, destination: "storage.googleapis.com/nothing-here" },
				"destination",
				/names no existing bucket/,
			),
			row("a sink's name that is taken", SINK, { ...sink, name: "audit" }, "name", /unique within the account/),
			row("a sink's name with a space", SINK, { ...sink, name: "my sink" }, "name", /1 to 100/),
			row("a filter that is too long", SINK, { ...sink, filter: "a".repeat(20_001) }, "filter", /20000 characters/),
			row(
				"a repository's upper-case name",
				REPOSITORY,
				{ ...repository, repositoryId: "Images" },
				"repositoryId",
				/lower-case/,
			),
			row(
				"a repository that exists",
				REPOSITORY,
				{ ...repository, repositoryId: "serving" },
				"repositoryId",
				/unique within the region/,
			),
			row("a format that is none", REPOSITORY, { ...repository, format: "OCI" }, "format", /"DOCKER"/),
			row(
				"Docker settings of another format",
				REPOSITORY,
				{ ...repository, format: "NPM", dockerConfig: { immutableTags: true } },
				"dockerConfig",
				/DOCKER only/,
			),
			row(
				"a key that the registry may not use",
				REPOSITORY,
				{ ...repository, kmsKeyName: id("disksKey") },
				"kmsKeyName",
				/gcp-sa-artifactregistry/,
			),
			row(
				"an upstream of a standard repository",
				REPOSITORY,
				{ ...repository, remoteRepositoryConfig: { dockerRepository: { publicRepository: "DOCKER_HUB" } } },
				"remoteRepositoryConfig",
				/REMOTE_REPOSITORY/,
			),
		];
	}, set);

	it("give the writer of a sink the number that the project's grants use", () => {
		set();
		assert.equal(
			at.of("sink").outputs.writerIdentity,
			`serviceAccount:service-${NUMBER}@gcp-sa-logging.iam.gserviceaccount.com`,
		);
	});
});

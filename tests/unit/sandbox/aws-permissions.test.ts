import assert from "node:assert/strict";
import type { Properties } from "../../../lib/values";
import type { Fault } from "../../../sandbox/model";
import { document, type Estate, estate, keyPolicy, trust } from "./estate";
import { assertFault } from "./stage";

const KEY = "aws:kms/key:Key";
const TRAIL = "aws:cloudtrail/trail:Trail";

let at: Estate;
beforeEach(() => {
	at = estate();
});
const arn = (name: string): string => String(at.of(name).outputs.arn);
const good = (name: string): Properties => at.of(name).inputs;

const ROOT = { Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:root" }, Action: "kms:*", Resource: "*" };
const service = { Effect: "Allow", Principal: { Service: "cloudtrail.amazonaws.com" }, Resource: "*" };
const from = (name: string): Properties => ({
	Condition: { StringEquals: { "aws:SourceArn": `arn:aws:cloudtrail:us-east-1:111122223333:trail/${name}` } },
});

describe("keys of trails", () => {
	const trail = (...statements: Properties[]): Fault[] => {
		const key = at.stage.make(KEY, { policy: document(ROOT, ...statements) });
		return at.stage.faults(TRAIL, { ...good("trail"), name: "other", kmsKeyId: String(key.outputs.arn) });
	};
	const encrypt = { ...service, Action: "kms:GenerateDataKey*" };

	it("refuses a key that is closed to CloudTrail or open to another trail only", () => {
		assertFault(trail(), "kmsKeyId", /cloudtrail\.amazonaws\.com call kms:GenerateDataKey/);
		assertFault(trail({ ...encrypt, ...from("audit") }), "kmsKeyId", /kms:GenerateDataKey/);
	});

	it("takes a key that is open to this trail", () => {
		assert.deepEqual(trail({ ...encrypt, ...from("other") }), []);
	});

	it("wants decryption too where the bucket has a bucket key", () => {
		const type = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
		const applyServerSideEncryptionByDefault = { sseAlgorithm: "aws:kms", kmsMasterKeyId: arn("key") };
		at.stage.put(type, {
			bucket: at.of("bucket").id,
			rules: [{ applyServerSideEncryptionByDefault, bucketKeyEnabled: true }],
		});
		assertFault(trail(encrypt), "kmsKeyId", /call kms:Decrypt/);
		assert.deepEqual(trail(encrypt, { ...service, Action: "kms:Decrypt" }), []);
	});

	it("looks at a key that is named by its alias", () => {
		const key = at.stage.make(KEY, { policy: document(ROOT) });
		at.stage.make("aws:kms/alias:Alias", { name: "alias/closed", targetKeyId: key.id });
		const inputs = { ...good("trail"), name: "other", kmsKeyId: "alias/closed" };
		assertFault(at.stage.faults(TRAIL, inputs), "kmsKeyId", /kms:GenerateDataKey/);
	});

	it("refuses a bucket whose policy lets another trail write only", () => {
		at.stage.make("aws:s3/bucket:Bucket", { bucket: "trail-bucket" });
		const write = { ...service, Action: "s3:PutObject", Resource: "arn:aws:s3:::trail-bucket/*", ...from("audit") };
		at.stage.make("aws:s3/bucketPolicy:BucketPolicy", { bucket: "trail-bucket", policy: document(write) });
		const inputs = { name: "other", s3BucketName: "trail-bucket" };
		assertFault(at.stage.faults(TRAIL, inputs), "s3BucketName", /no policy/);
		assert.deepEqual(at.stage.faults(TRAIL, { ...inputs, name: "audit" }).length, 1, "the name is taken, no more");
	});
});

describe("keys of log groups", () => {
	it("refuses a key for another account's groups, and takes one for this account's", () => {
		const policy = (account: string): string => {
			const like = { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:us-east-1:${account}:log-group:*` };
			const Principal = { Service: "logs.us-east-1.amazonaws.com" };
			return document(ROOT, { ...service, Principal, Action: "kms:*", Condition: { ArnLike: like } });
		};
		const group = (account: string): Fault[] => {
			const key = at.stage.make(KEY, { policy: policy(account) });
			return at.stage.faults("aws:cloudwatch/logGroup:LogGroup", { name: "a", kmsKeyId: String(key.outputs.arn) });
		};
		assertFault(group("444455556666"), "kmsKeyId", /call kms:Encrypt and kms:Decrypt/);
		assert.deepEqual(group("111122223333"), []);
	});
});

describe("roles that services assume", () => {
	const role = (assumeRolePolicy: string): string =>
		String(at.stage.make("aws:iam/role:Role", { name: "other", assumeRolePolicy }).outputs.arn);

	const flowLog = (iamRoleArn: string): Fault[] => {
		const inputs = { vpcId: at.of("vpc").id, trafficType: "ALL", logDestination: arn("logGroup"), iamRoleArn };
		return at.stage.faults("aws:ec2/flowLog:FlowLog", inputs);
	};
	it("refuses a flow log's role that trusts another service", () => {
		assertFault(flowLog(role(trust("ec2.amazonaws.com"))), "iamRoleArn", /vpc-flow-logs\.amazonaws\.com call sts/);
	});
	it("takes a flow log's role that trusts flow logs", () => {
		assert.deepEqual(flowLog(role(trust("vpc-flow-logs.amazonaws.com"))), []);
	});

	const pods = (assumeRolePolicy: string): Fault[] =>
		at.stage.faults("aws:eks/podIdentityAssociation:PodIdentityAssociation", {
			...good("podIdentity"),
			serviceAccount: "other",
			roleArn: role(assumeRolePolicy),
		});
	const forPods = (namespace: string): string =>
		document({
			Effect: "Allow",
			Principal: { Service: "pods.eks.amazonaws.com" },
			Action: ["sts:AssumeRole", "sts:TagSession"],
			Condition: { StringEquals: { "aws:RequestTag/kubernetes-namespace": namespace } },
		});
	it("refuses a pod's role without session tags, or for another namespace", () => {
		assertFault(pods(trust("pods.eks.amazonaws.com")), "roleArn", /call sts:TagSession/);
		at = estate();
		assertFault(pods(forPods("training")), "roleArn", /sts:AssumeRole and sts:TagSession/);
	});
	it("takes a pod's role for its namespace", () => assert.deepEqual(pods(forPods("serving")), []));
});

describe("keys that services encrypt with", () => {
	const types: readonly [string, (key: string) => Properties, string][] = [
		["aws:ebs/defaultKmsKey:DefaultKmsKey", (keyArn) => ({ keyArn }), "keyArn"],
		[
			"aws:ecr/repository:Repository",
			(kmsKey) => ({ name: "a1", encryptionConfigurations: [{ encryptionType: "KMS", kmsKey }] }),
			"encryptionConfigurations[0].kmsKey",
		],
	];
	for (const [type, inputs, property] of types) {
		const [, kind] = type.split("/");
		const faults = (key: string): Fault[] => {
			const { stage } = estate();
			stage.objects.splice(0);
			const made: { readonly [name: string]: Properties } = {
				disabled: { isEnabled: false },
				signing: { customerMasterKeySpec: "RSA_2048" },
				plain: { policy: keyPolicy("ec2.amazonaws.com") },
			};
			const own = made[key];
			return stage.faults(type, inputs(own ? String(stage.make(KEY, own).outputs.arn) : key));
		};
		it(`refuses keys that are not there, disabled or not symmetric (${kind})`, () => {
			assertFault(faults("arn:aws:kms:us-east-1:111122223333:key/gone"), property, /names no existing Key/);
			assertFault(faults("main"), property, /must name a KMS key/);
			assertFault(faults("disabled"), property, /is disabled/);
			assertFault(faults("signing"), property, /must be a symmetric key/);
		});
		it(`takes a symmetric key in use (${kind})`, () => assert.deepEqual(faults("plain"), []));
	}
});

describe("kube-proxy", () => {
	const ADDON = "aws:eks/addon:Addon";
	const proxy = (addonVersion: string): Properties => ({
		clusterName: "research",
		addonName: "kube-proxy",
		addonVersion,
	});

	it("refuses another minor version than the cluster's", () => {
		assertFault(at.stage.faults(ADDON, proxy("v1.36.0-eksbuild.1")), "addonVersion", /minor version 1\.34/);
		assertFault(at.stage.faults(ADDON, proxy("v1.33.0-eksbuild.1")), "addonVersion", /minor version 1\.34/);
		assert.deepEqual(at.stage.faults(ADDON, proxy("v1.34.3-eksbuild.1")), []);
	});

	it("lets an update name the next version, which comes with the cluster's own upgrade", () => {
		const self = at.stage.make(ADDON, proxy("v1.34.3-eksbuild.1"));
		assert.deepEqual(at.stage.faults(ADDON, proxy("v1.35.0-eksbuild.1"), { self }), []);
		assertFault(at.stage.faults(ADDON, proxy("v1.36.0-eksbuild.1"), { self }), "addonVersion", /minor version/);
	});
});

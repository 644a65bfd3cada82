import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type CellContext, physicalName } from "../cell-context";
import { policyDocument, type Statement } from "../policy-document";
import type { Bucket, BucketAccess } from "./bucket";

export interface AwsBucketArgs {
	readonly context: CellContext;
	/** What it is for, as `artifacts`; part of the name. */
	readonly role: string;
	readonly keyArn: pulumi.Output<string>;
	/** Days until versions that are no longer current are deleted. */
	readonly oldVersionDays: number;
	/** Days until objects are deleted, whoever wrote them; nothing where they stay. */
	readonly objectDays?: number;
	/** Statements beside the one that refuses requests without TLS. */
	readonly statements?: (bucketArn: string) => Statement[];
	/** Objects cannot be deleted for this many days, by nobody; nothing where there is no lock. */
	readonly lockDays?: number;
}

/** A private, versioned S3 bucket under a key of our own, TLS only. */
export class AwsBucket extends pulumi.ComponentResource implements Bucket {
	readonly id: pulumi.Output<string>;
	readonly arn: pulumi.Output<string>;
	readonly url: pulumi.Output<string>;
	/** What a writer waits for: policy, encryption, versioning and lock hold for its first object. */
	readonly ready: readonly pulumi.Resource[];

	constructor(
		private readonly name: string,
		private readonly args: AwsBucketArgs,
		opts: pulumi.ComponentResourceOptions,
	) {
		super("meridian:storage:AwsBucket", name, {}, opts);
		const bucket = this.createBucket();
		this.id = bucket.id;
		this.arn = bucket.arn;
		this.url = pulumi.interpolate`s3://${bucket.id}`;
		const settings = this.encryptAndVersion(bucket.id);
		this.expire(bucket.id, settings);
		this.ready = [...settings, this.restrict(bucket)];
		this.registerOutputs({ id: this.id, url: this.url });
	}

	grant(name: string, principal: pulumi.Output<string>, access: BucketAccess): void {
		const objects = access === "read" ? ["s3:GetObject"] : ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload"];
		const keys = access === "read" ? ["kms:Decrypt"] : ["kms:Decrypt", "kms:GenerateDataKey"];
		const bucketArn = this.plannedArn;
		const policy = this.args.keyArn.apply((keyArn) =>
			policyDocument(
				{ Effect: "Allow", Action: "s3:ListBucket", Resource: bucketArn },
				{ Effect: "Allow", Action: objects, Resource: `${bucketArn}/*` },
				{ Effect: "Allow", Action: keys, Resource: keyArn },
			),
		);
		new aws.iam.RolePolicy(
			`${this.name}-grant-${name}`,
			{ role: principal, name: `${this.args.role}-${access}`, policy },
			{ parent: this },
		);
	}

	/** The bucket's ARN follows from its name: policies are known, and judged, before the bucket exists. */
	private get plannedArn(): string {
		return `arn:aws:s3:::${this.bucketName}`;
	}

	/** Names are unique among all accounts, so the account is part of it. */
	private get bucketName(): string {
		const { context, role } = this.args;
		return physicalName(context, `${role}-${context.account}`, 63);
	}

	private createBucket(): aws.s3.Bucket {
		const { context, lockDays } = this.args;
		const { relaxed } = context.spec.protection;
		return new aws.s3.Bucket(
			this.name,
			{
				bucket: this.bucketName,
				forceDestroy: relaxed,
				objectLockEnabled: lockDays !== undefined,
			},
			{ parent: this, protect: !relaxed },
		);
	}

	private encryptAndVersion(bucket: pulumi.Output<string>): pulumi.Resource[] {
		const encryption = new aws.s3.BucketServerSideEncryptionConfiguration(
			`${this.name}-encryption`,
			{
				bucket,
				rules: [
					{
						applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: this.args.keyArn },
						bucketKeyEnabled: true,
					},
				],
			},
			{ parent: this },
		);
		const versioning = new aws.s3.BucketVersioning(
			`${this.name}-versioning`,
			{ bucket, versioningConfiguration: { status: "Enabled" } },
			{ parent: this },
		);
		if (this.args.lockDays === undefined) {
			return [encryption, versioning];
		}
		const lock = new aws.s3.BucketObjectLockConfiguration(
			`${this.name}-lock`,
			{ bucket, rule: { defaultRetention: { mode: "COMPLIANCE", days: this.args.lockDays } } },
			{ parent: this, dependsOn: [versioning] },
		);
		return [encryption, versioning, lock];
	}

	private expire(bucket: pulumi.Output<string>, settings: pulumi.Resource[]): void {
		const { objectDays, oldVersionDays } = this.args;
		new aws.s3.BucketLifecycleConfiguration(
			`${this.name}-lifecycle`,
			{
				bucket,
				rules: [
					{
						id: "old-versions",
						status: "Enabled",
						filter: { prefix: "" },
						...(objectDays === undefined ? {} : { expiration: { days: objectDays } }),
						noncurrentVersionExpiration: { noncurrentDays: oldVersionDays },
						abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
					},
				],
			},
			{ parent: this, dependsOn: settings },
		);
	}

	private restrict(bucket: aws.s3.Bucket): aws.s3.BucketPolicy {
		const closed = new aws.s3.BucketPublicAccessBlock(
			`${this.name}-public-access`,
			{
				bucket: bucket.id,
				blockPublicAcls: true,
				blockPublicPolicy: true,
				ignorePublicAcls: true,
				restrictPublicBuckets: true,
			},
			{ parent: this },
		);
		const ownership = new aws.s3.BucketOwnershipControls(
			`${this.name}-ownership`,
			{ bucket: bucket.id, rule: { objectOwnership: "BucketOwnerEnforced" } },
			{ parent: this, dependsOn: [closed] },
		);
		const arn = this.plannedArn;
		const policy = policyDocument(tlsOnly(arn), ...(this.args.statements?.(arn) ?? []));
		// S3 refuses one of two changes to a bucket's access that run at once, so they come one after another.
		return new aws.s3.BucketPolicy(
			`${this.name}-policy`,
			{ bucket: bucket.id, policy },
			{ parent: this, dependsOn: [ownership] },
		);
	}
}

function tlsOnly(arn: string): Statement {
	return {
		Sid: "TlsOnly",
		Effect: "Deny",
		Principal: "*",
		Action: "s3:*",
		Resource: [arn, `${arn}/*`],
		Condition: { Bool: { "aws:SecureTransport": "false" } },
	};
}

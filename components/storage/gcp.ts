import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { type CellContext, physicalName } from "../cell-context";
import type { Bucket, BucketAccess } from "./bucket";

export interface GcpBucketArgs {
	readonly context: CellContext;
	/** What it is for, as `artifacts`; part of the name. */
	readonly role: string;
	readonly keyId: pulumi.Output<string>;
	/** Days until versions that are no longer current are deleted; a locked bucket keeps none beside the current. */
	readonly oldVersionDays: number;
	/** Objects cannot be deleted for this many days, by nobody; nothing where there is no lock. */
	readonly lockDays?: number;
	/** The project's services, without which nothing can be made. */
	readonly servicesReady: readonly pulumi.Resource[];
}

const secondsPerDay = 86_400;
/** Deleted objects can be brought back for a week. */
const softDeleteDays = 7;

/** A private Cloud Storage bucket under a key of our own, with access by IAM alone. */
export class GcpBucket extends pulumi.ComponentResource implements Bucket {
	readonly id: pulumi.Output<string>;
	readonly url: pulumi.Output<string>;

	constructor(
		private readonly name: string,
		private readonly args: GcpBucketArgs,
		opts: pulumi.ComponentResourceOptions,
	) {
		super("meridian:storage:GcpBucket", name, {}, opts);
		const bucket = this.createBucket();
		this.id = bucket.name;
		this.url = bucket.url;
		this.registerOutputs({ id: this.id, url: this.url });
	}

	grant(name: string, principal: pulumi.Output<string>, access: BucketAccess): void {
		new gcp.storage.BucketIAMMember(
			`${this.name}-grant-${name}`,
			{ bucket: this.id, role: roles[access], member: principal },
			{ parent: this },
		);
	}

	private createBucket(): gcp.storage.Bucket {
		const { context, keyId, role, servicesReady } = this.args;
		const { relaxed } = context.spec.protection;
		return new gcp.storage.Bucket(
			this.name,
			{
				// Names are unique among all projects, so the project is part of it.
				name: physicalName(context, `${role}-${context.account}`, 63),
				location: context.region.toUpperCase(),
				storageClass: "STANDARD",
				uniformBucketLevelAccess: true,
				publicAccessPrevention: "enforced",
				encryption: { defaultKmsKeyName: keyId },
				forceDestroy: relaxed,
				softDeletePolicy: { retentionDurationSeconds: softDeleteDays * secondsPerDay },
				...this.history(),
			},
			{ parent: this, dependsOn: [...servicesReady], protect: !relaxed },
		);
	}

	/** A locked bucket keeps every object as it was written; any other keeps old versions for a while. */
	private history(): Partial<gcp.storage.BucketArgs> {
		const { lockDays, oldVersionDays } = this.args;
		const abortUploads = { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: 7 } };
		if (lockDays !== undefined) {
			return {
				retentionPolicy: { isLocked: true, retentionPeriod: String(lockDays * secondsPerDay) },
				lifecycleRules: [abortUploads],
			};
		}
		const expire = { action: { type: "Delete" }, condition: { daysSinceNoncurrentTime: oldVersionDays } };
		return { versioning: { enabled: true }, lifecycleRules: [expire, abortUploads] };
	}
}

const roles: { readonly [access in BucketAccess]: string } = {
	read: "roles/storage.objectViewer",
	write: "roles/storage.objectUser",
};

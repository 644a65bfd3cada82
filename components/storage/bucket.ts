import type { Output } from "@pulumi/pulumi";

/** What a principal may do with a bucket's objects. */
export type BucketAccess = "read" | "write";

/** An object store of the platform. */
export interface Bucket {
	readonly id: Output<string>;
	/** As `s3://name` or `gs://name`. */
	readonly url: Output<string>;
	/** Lets an identity read, or read and write, objects; and use the bucket's key for it. `name` is the grant's own. */
	grant(name: string, principal: Output<string>, access: BucketAccess): void;
}

import type { Output, Resource } from "@pulumi/pulumi";

/** A pod's identity in a cluster. */
export interface ServiceAccountRef {
	readonly namespace: string;
	readonly name: string;
}

/** A cloud identity that pods of one service account act as. */
export interface BoundIdentity {
	/** What grants name: a role's name, a service account's e-mail, a principal id. */
	readonly principal: Output<string>;
	/** Pods that start before this exists never get the credentials. */
	readonly ready: Resource;
	/** What the Kubernetes service account must carry so that the cloud knows it. */
	readonly annotations: { readonly [key: string]: Output<string> };
}

/** Gives pods cloud permissions without keys. */
export interface WorkloadIdentity {
	/** Binds a service account to an identity of its own; `permissions` are the cloud's managed policies, often none. */
	bind(account: ServiceAccountRef, permissions?: readonly string[]): BoundIdentity;
}

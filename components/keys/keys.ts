import type { Output } from "@pulumi/pulumi";

/** What a key protects; each purpose has a key of its own, so that access can be told apart. */
export type KeyPurpose = "audit" | "cluster" | "disks" | "logs" | "registry" | "storage";

/** A cell's customer-managed keys. */
export interface Keys {
	/** The cloud's full reference of the key (ARN, resource id); throws where the cell has none for the purpose. */
	keyFor(purpose: KeyPurpose): Output<string>;
}

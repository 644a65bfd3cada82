import type { Provider } from "@pulumi/kubernetes";
import type { Output, Resource } from "@pulumi/pulumi";
import type { GpuPoolSpec, SystemPoolSpec } from "../../spec/schema";
import type { NodePool } from "../compute/node-pool";
import type { WorkloadIdentity } from "../identity/identity";

/** An address and a TCP port that network policies let through by name. */
export interface Endpoint {
	readonly cidr: string;
	readonly port: number;
}

/** What a pool is made for: the platform's own services, or accelerated work. */
export type PoolRequest<P extends GpuPoolSpec> =
	| { readonly kind: "system"; readonly pool: SystemPoolSpec }
	| { readonly kind: "gpu"; readonly pool: P };

/** A managed Kubernetes cluster; `P` is how its cloud describes a pool of accelerated nodes. */
export interface Cluster<P extends GpuPoolSpec> {
	/** The cluster's name in the cloud. */
	readonly name: Output<string>;
	/** Reaches the cluster's API server; in-cluster resources pass it explicitly. */
	readonly provider: Provider;
	/** Issuer of the cluster's service account tokens. */
	readonly oidcIssuer: Output<string>;
	readonly identity: WorkloadIdentity;
	addPool(request: PoolRequest<P>): NodePool;
	/** All pools are added: makes what needs them together. */
	poolsComplete(): void;
	/** What in-cluster resources wait for: pools and add-ons that pods need. */
	readonly ready: () => readonly Resource[];
	/** Link-local address that hands pods their cloud credentials; nothing where they come from the internet by token. */
	readonly credentialEndpoint: Endpoint | undefined;
}

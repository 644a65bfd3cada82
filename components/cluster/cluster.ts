import type { Provider } from "@pulumi/kubernetes";
import type { Output, Resource } from "@pulumi/pulumi";
import type { GpuPoolSpec, SystemPoolSpec } from "../../spec/schema";
import type { NodePool } from "../compute/node-pool";
import type { WorkloadIdentity } from "../identity/identity";

/** What a pool is made for: the platform's own services, or accelerated work. */
export type PoolRequest =
	| { readonly kind: "system"; readonly pool: SystemPoolSpec }
	| { readonly kind: "gpu"; readonly pool: GpuPoolSpec };

/** A managed Kubernetes cluster. */
export interface Cluster {
	/** The cluster's name in the cloud. */
	readonly name: Output<string>;
	/** Reaches the cluster's API server; in-cluster resources pass it explicitly. */
	readonly provider: Provider;
	/** Issuer of the cluster's service account tokens. */
	readonly oidcIssuer: Output<string>;
	readonly identity: WorkloadIdentity;
	addPool(request: PoolRequest): NodePool;
	/** What in-cluster resources wait for: pools and add-ons that pods need. */
	readonly ready: () => readonly Resource[];
	/** Link-local address that hands pods their cloud credentials; network policies let it through by name. */
	readonly credentialEndpoint: { readonly cidr: string; readonly port: number };
}

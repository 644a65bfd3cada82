import { type BalancerAddress, documentationAddress } from "../clusters/balancers";
import type { SandboxObject } from "../model";

/** Address of a Service in the cluster's load balancer; AKS gives addresses and no names. */
export function aksBalancerAddress(cluster: SandboxObject, namespace: string, name: string): BalancerAddress {
	return { ip: documentationAddress(cluster.id, namespace, name) };
}

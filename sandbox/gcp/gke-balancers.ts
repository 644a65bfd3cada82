import { type BalancerAddress, documentationAddress } from "../clusters/balancers";
import type { SandboxObject } from "../model";

/** Address of the load balancer of a Service; GKE gives addresses and no names. */
export function gkeBalancerAddress(cluster: SandboxObject, namespace: string, name: string): BalancerAddress {
	return { ip: documentationAddress(cluster.id, namespace, name) };
}

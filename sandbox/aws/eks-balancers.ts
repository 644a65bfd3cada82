import type { BalancerAddress } from "../clusters/balancers";
import type { SandboxObject } from "../model";
import { steadyHex } from "../nodes/pool-nodes";

/**
 * Name of the network load balancer of a Service: `k8s-<namespace>-<name>-<10 hex>-<16 hex>.elb.<region>.amazonaws.com`,
 * of the two names eight letters and digits each. Source: the AWS Load Balancer Controller, which makes names by
 * `k8s-%.8s-%.8s-%.10s`, read 2026-11-21; the 16 digits are AWS's own (unverified). Nobody answers there.
 */
export function eksBalancerAddress(cluster: SandboxObject, namespace: string, name: string): BalancerAddress {
	const parts = [namespace, name].map((part) => part.replace(/[^0-9A-Za-z]/g, "").slice(0, 8));
	const balancer = ["k8s", ...parts, steadyHex(10, cluster.id, namespace, name)].join("-");
	const suffix = steadyHex(16, cluster.account, cluster.region, balancer);
	return { hostname: `${balancer}-${suffix}.elb.${cluster.region}.amazonaws.com` };
}

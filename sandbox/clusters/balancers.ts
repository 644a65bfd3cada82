import type { Properties } from "../../lib/values";
import { list, text } from "../check/inputs";

/** Where a load balancer is reached: by name or by address, as its cloud has it. */
export type BalancerAddress = { readonly hostname: string } | { readonly ip: string };

/** A Service that a cloud has still to give a load balancer. */
export interface WaitingService {
	readonly namespace: string;
	readonly name: string;
	readonly address: BalancerAddress;
}

/** Which Services of a cluster wait for a load balancer, with the address that its cloud gives them. */
export function waitingServices(
	services: readonly Properties[],
	addressFor: (namespace: string, name: string) => BalancerAddress,
): WaitingService[] {
	const waits = (service: Properties): boolean =>
		text(service, "spec.type") === "LoadBalancer" && list(service, "status.loadBalancer.ingress").length === 0;
	return services.filter(waits).map((service) => {
		const namespace = text(service, "metadata.namespace") ?? "default";
		const name = text(service, "metadata.name") ?? "";
		return { namespace, name, address: addressFor(namespace, name) };
	});
}

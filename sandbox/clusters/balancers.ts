import type { Properties } from "../../lib/values";
import { isSet, list, text } from "../check/inputs";
import { steadyHex } from "../nodes/pool-nodes";
import type { Manifest } from "./manifest";

/** Where a load balancer is reached: by name or by address, as its cloud has it. */
export type BalancerAddress = { readonly hostname: string } | { readonly ip: string };

/** A Service that a cloud has still to give a load balancer. */
export interface WaitingService {
	readonly namespace: string;
	readonly name: string;
	readonly address: BalancerAddress;
}

/**
 * Which Services of a cluster wait for a load balancer, with the address that its cloud gives them. A Service of a class
 * of its own (`spec.loadBalancerClass`) waits too: the chart that brings the class's controller is not run here.
 */
export function waitingServices(
	services: readonly Properties[],
	addressFor: (namespace: string, name: string) => BalancerAddress,
): WaitingService[] {
	return services.filter(waits).map((service) => {
		const namespace = text(service, "metadata.namespace") ?? "default";
		const name = text(service, "metadata.name") ?? "";
		return { namespace, name, address: addressFor(namespace, name) };
	});
}

function waits(service: Properties): boolean {
	return (
		text(service, "spec.type") === "LoadBalancer" &&
		list(service, "status.loadBalancer.ingress").length === 0 &&
		!isSet(service, "metadata.deletionTimestamp")
	);
}

/** The status that tells a Service its address. */
export function balancerStatus({ namespace, name, address }: WaitingService): Manifest {
	return {
		apiVersion: "v1",
		kind: "Service",
		metadata: { name, namespace },
		status: { loadBalancer: { ingress: [{ ...address }] } },
	};
}

/** Hosts of 203.0.113.0/24, which no network on the internet has. Source: RFC 5737. */
const HOSTS = 254;

/** An address for documentation, the same for the same parts; two of many may have one and the same. */
export function documentationAddress(...parts: readonly string[]): string {
	return `203.0.113.${1 + (Number.parseInt(steadyHex(8, ...parts), 16) % HOSTS)}`;
}

import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { gkeNetwork, gkeNetworkParamSet } from "../../catalogue/kubernetes/gke-networks";
import { customObject } from "../kubernetes/custom-object";
import type { FabricInterface } from "../network/gcp-fabric";

/**
 * Tells the cluster of its nodes' further networks, so that pods may ask for them by name: without these objects a job's
 * GPUs talk over the first interface alone. Source: GKE, "Set up multi-network support for Pods", read 2026-11-21.
 */
export function declareNetworks(
	name: string,
	interfaces: readonly FabricInterface[],
	opts: pulumi.CustomResourceOptions,
): void {
	for (const { key, network, subnetwork, isRdma } of interfaces) {
		const parameters = new kubernetes.apiextensions.CustomResource(
			`${name}-${key}-parameters`,
			customObject({
				kind: gkeNetworkParamSet,
				metadata: { name: key },
				spec: { vpc: network, vpcSubnet: subnetwork, deviceMode: isRdma ? "RDMA" : "NetDevice" },
			}),
			opts,
		);
		const { group, kind } = gkeNetworkParamSet;
		new kubernetes.apiextensions.CustomResource(
			`${name}-${key}`,
			customObject({
				kind: gkeNetwork,
				metadata: { name: key },
				spec: { type: "Device", parametersRef: { group, kind, name: key } },
			}),
			{ ...opts, dependsOn: [parameters] },
		);
	}
}

import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { FabricInterface } from "../network/gcp-fabric";

const group = "networking.gke.io";

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
			{
				apiVersion: `${group}/v1`,
				kind: "GKENetworkParamSet",
				metadata: { name: key },
				spec: { vpc: network, vpcSubnet: subnetwork, deviceMode: isRdma ? "RDMA" : "NetDevice" },
			},
			opts,
		);
		new kubernetes.apiextensions.CustomResource(
			`${name}-${key}`,
			{
				apiVersion: `${group}/v1`,
				kind: "Network",
				metadata: { name: key },
				spec: { type: "Device", parametersRef: { group, kind: "GKENetworkParamSet", name: key } },
			},
			{ ...opts, dependsOn: [parameters] },
		);
	}
}

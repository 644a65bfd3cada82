import type { CustomKind } from "../clusters/definition";

const group = "networking.gke.io";

/**
 * Kinds that GKE adds to a cluster with multi-networking. Source: GKE, "Set up multi-network support for Pods" and the
 * kinds' reference, networking.gke.io/v1, read 2026-11-21.
 */
export const gkeKinds: readonly CustomKind[] = [
	{
		group,
		version: "v1",
		kind: "GKENetworkParamSet",
		plural: "gkenetworkparamsets",
		scope: "Cluster",
		spec: {
			type: "object",
			required: ["vpc", "vpcSubnet"],
			properties: {
				vpc: { type: "string" },
				vpcSubnet: { type: "string" },
				deviceMode: { type: "string", enum: ["NetDevice", "DPDK-VFIO", "RDMA"] },
				podIPv4Ranges: {
					type: "object",
					required: ["rangeNames"],
					properties: { rangeNames: { type: "array", items: { type: "string" } } },
				},
			},
		},
	},
	{
		group,
		version: "v1",
		kind: "Network",
		plural: "networks",
		scope: "Cluster",
		spec: {
			type: "object",
			required: ["type"],
			properties: {
				type: { type: "string", enum: ["L2", "L3", "Device"] },
				gateway4: { type: "string" },
				externalDHCP4: { type: "boolean" },
				parametersRef: {
					type: "object",
					required: ["group", "kind", "name"],
					properties: {
						group: { type: "string" },
						kind: { type: "string" },
						name: { type: "string" },
						namespace: { type: "string" },
					},
				},
			},
		},
	},
];

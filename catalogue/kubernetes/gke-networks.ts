import type { CustomKind } from "./custom-kind";

const group = "networking.gke.io";

/**
 * A VPC and a subnet that nodes have an interface in. Source: GKE, "Set up multi-network support for Pods", and the
 * kind's public reference, networking.gke.io/v1, read 2026-11-21.
 */
export const gkeNetworkParamSet = {
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
				properties: { rangeNames: { type: "array", items: { type: "string" }, minItems: 1 } },
			},
		},
	},
} as const satisfies CustomKind;

/** A network that pods may ask for by name. Source: as above. */
export const gkeNetwork = {
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
} as const satisfies CustomKind;

/** Kinds that GKE adds to a cluster with multi-networking. */
export const gkeKinds: readonly CustomKind[] = [gkeNetworkParamSet, gkeNetwork];

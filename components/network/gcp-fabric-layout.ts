import { type GcpFabric, machineType } from "../../catalogue/gcp/machine-types";
import type { GcpGpuPoolSpec } from "../../spec/schema/gcp-region";

/** A network interface of GPU nodes beside the first one. */
export interface FabricNetwork {
	/** Part of names, as `gpu-3` or `rdma-europe-west4-a-0`. */
	readonly key: string;
	/** Networks of one key are one VPC; RDMA interfaces are subnets of one. */
	readonly vpc: string;
	/** Zone of an RDMA network; undefined for gVNIC. */
	readonly rdmaZone?: string;
}

/**
 * The interfaces that a pool's nodes have beside the first: four or eight gVNIC networks for GPUDirect-TCPX and TCPXO;
 * for RoCE a second gVNIC network and one RDMA network with a subnet a NIC. Source: field guide 1.2 (cluster-toolkit).
 */
export function poolNetworks(pool: GcpGpuPoolSpec): FabricNetwork[] {
	const fabric: GcpFabric | undefined = machineType(pool.instanceType)?.fabric;
	if (fabric === undefined) {
		return [];
	}
	return fabric.kind === "gvnic"
		? gvnicNetworks(fabric.networks)
		: [...gvnicNetworks(1), ...rdmaNetworks(pool.zone).slice(0, fabric.rdmaSubnets)];
}

/** The first gVNIC networks, each a VPC of its own. */
export function gvnicNetworks(count: number): FabricNetwork[] {
	return numbered(count).map((i) => ({ key: `gpu-${i}`, vpc: `gpu-${i}` }));
}

/** The eight RDMA networks of a zone, subnets of one VPC. */
export function rdmaNetworks(zone: string): FabricNetwork[] {
	const vpc = `rdma-${zone}`;
	return numbered(8).map((i) => ({ key: `${vpc}-${i}`, vpc, rdmaZone: zone }));
}

/** The interfaces of all pools of a region, each once: pools of one kind share networks. */
export function fabricNetworks(pools: readonly GcpGpuPoolSpec[]): FabricNetwork[] {
	return [...new Map(pools.flatMap(poolNetworks).map((network) => [network.key, network])).values()];
}

function numbered(count: number): number[] {
	return Array.from({ length: count }, (_, i) => i);
}

import { instanceType } from "../catalogue/aws/instance-types";
import { gpuNodePods, nodeAddresses, zoneAddresses } from "../catalogue/aws/pods";
import { podAddresses, podsPerNode } from "../catalogue/gcp/pods";
import { parseCidr, sizeOf } from "../lib/cidr";
import type { Requirement } from "../lib/errors";
import type { RegionSpec } from "./schema";
import type { AwsRegionSpec } from "./schema/aws-region";
import type { AzureRegionSpec } from "./schema/azure-region";
import type { GcpRegionSpec } from "./schema/gcp-region";

/** A region's ranges must have room for all its nodes with their pods, as many as its pools may grow to. */
export function addressRoomRules(region: RegionSpec, path: string): Requirement[] {
	switch (region.cloud) {
		case "aws":
			return region.zones.map((zone) => zoneRoom(region, zone, path));
		case "gcp":
			return [podRoom(region, path)];
		case "azure":
			return [overlayRoom(region, path)];
	}
}

/** Nodes and pods of EKS share the subnet of their zone; the system pool is spread over all. */
function zoneRoom(region: AwsRegionSpec, zone: string, path: string): Requirement {
	const { gpuPools, systemPool, zones } = region;
	const system =
		Math.ceil(systemPool.max / zones.length) * nodeAddresses(instanceType(systemPool.instanceType)?.maxPods ?? 0);
	const own = gpuPools.filter((pool) => pool.zone === zone);
	const wanted = own.reduce((sum, { instanceType: type, nodes, max = nodes }) => {
		const pods = Math.min(gpuNodePods, instanceType(type)?.maxPods ?? gpuNodePods);
		return sum + max * nodeAddresses(pods);
	}, system);
	return {
		when: wanted > zoneAddresses,
		path: `${path}.gpuPools`,
		message: `must fit the ${zoneAddresses} addresses that ${zone} has for nodes and pods, but the pools there (${own.map(({ name }) => name).join(", ")}) and the system pool may take ${wanted}; move a pool to another zone, or ask for fewer nodes`,
	};
}

/** Pods of GKE have addresses of the region's own range, which must have room for those of every node. */
function podRoom({ gpuPools, systemPool }: GcpRegionSpec, path: string): Requirement {
	const gpuNodes = gpuPools.reduce((sum, { nodes, max = nodes }) => sum + max, 0);
	const wanted = systemPool.max * podsPerNode.system.addresses + gpuNodes * podsPerNode.gpu.addresses;
	return {
		when: wanted > podAddresses,
		path: `${path}.gpuPools`,
		message: `must fit the ${podAddresses} addresses that the region has for pods, but ${systemPool.max} system nodes (${podsPerNode.system.addresses} each) and ${gpuNodes} GPU nodes (${podsPerNode.gpu.addresses} each) take ${wanted}; ask for fewer nodes`,
	};
}

/** Each node of AKS takes a /24 of the overlay. */
function overlayRoom({ cluster, gpuPools, systemPool }: AzureRegionSpec, path: string): Requirement {
	const nodes = gpuPools.reduce((sum, pool) => sum + (pool.max ?? pool.nodes), systemPool.max);
	const overlay = parseCidr(cluster.podAddresses);
	const room = overlay === undefined ? nodes : Number(sizeOf(overlay) / 256n);
	return {
		when: nodes > room,
		path: `${path}.cluster.podAddresses`,
		message: `must have a /24 for each of the ${nodes} nodes that the pools may grow to, but ${cluster.podAddresses} has ${room}; use a larger range such as 10.244.0.0/14`,
	};
}

import { type AddressPlan, planAddresses, type WantedRange } from "./address-plan";
import { type FabricNetwork, gvnicNetworks, rdmaNetworks } from "./gcp-fabric-layout";

/**
 * Google subnets are regional: one for nodes (/20, 4,092 usable) with pods beside it (/17; catalogue/gcp/pods.ts says
 * how many each node takes), and a /24 outside every subnet for the endpoint of Google's own services. Behind them every
 * fabric network that a pool of the region could ever have has its place, a /22 for gVNIC (1,020 nodes) and a /23 for
 * RDMA in each zone (508), so that a further pool moves nothing.
 */
export function planGcpAddresses(range: string, zones: readonly string[]): AddressPlan {
	const fixed: WantedRange[] = [
		{ purpose: "pods", key: "", prefix: 17 },
		{ purpose: "compute", key: "", prefix: 20 },
		{ purpose: "endpoints", key: "", prefix: 24 },
	];
	const fabric = (networks: readonly FabricNetwork[], prefix: number): WantedRange[] =>
		networks.map(({ key }) => ({ purpose: "fabric", key, prefix }));
	const rdma = [...zones].sort().flatMap(rdmaNetworks);
	return planAddresses(range, [...fixed, ...fabric(gvnicNetworks(mostGvnic), 22), ...fabric(rdma, 23)]);
}

/** The most gVNIC networks that a machine type has: A3 Mega's eight. */
const mostGvnic = 8;

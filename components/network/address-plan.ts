import { type Cidr, formatCidr, parseCidr, sizeOf } from "../../lib/cidr";

/** What a range of addresses is for. */
export type SubnetPurpose = "compute" | "public" | "control";

/** A range of the plan, in one zone. */
export interface PlannedSubnet {
	readonly purpose: SubnetPurpose;
	readonly zone: string;
	/** As `10.16.0.0/18`. */
	readonly cidr: string;
}

/** How a region's network is divided. */
export interface AddressPlan {
	readonly network: string;
	readonly subnets: readonly PlannedSubnet[];
}

/**
 * Prefix lengths within a region's /16, largest first. Compute takes a /18 a zone (16,379 usable addresses, nodes and
 * pods together); public holds NAT gateways and balancers; control holds the control plane's interfaces, of which EKS
 * wants at least 16 addresses a subnet.
 */
const prefixes: readonly (readonly [SubnetPurpose, number])[] = [
	["compute", 18],
	["public", 24],
	["control", 26],
];

/** Divides a region's range among its zones: each purpose one subnet a zone, aligned and without overlap. */
export function planAddresses(range: string, zones: readonly string[]): AddressPlan {
	const network = parseCidr(range);
	if (network === undefined) {
		throw new Error(`${range} is no range of addresses`);
	}
	let next = network.base;
	const subnets: PlannedSubnet[] = [];
	for (const [purpose, prefix] of prefixes) {
		for (const zone of zones) {
			const subnet: Cidr = { family: network.family, base: next, prefix };
			subnets.push({ purpose, zone, cidr: formatCidr(subnet) });
			next += sizeOf(subnet);
		}
	}
	if (next > network.base + sizeOf(network)) {
		throw new Error(`${range} is too small for ${zones.length} zones; use a /16 and at most 3 zones`);
	}
	return { network: range, subnets };
}

import { type AddressPlan, planAddresses, type RangePurpose } from "./address-plan";

/**
 * Prefix lengths within a region's /16. Compute takes a /18 a zone (16,379 usable addresses, nodes and pods together);
 * public holds NAT gateways and balancers; control holds the control plane's interfaces, of which EKS wants at least 16
 * addresses a subnet; transit holds the backbone's interfaces, firewall
 * and nat the way out by a list of domains. What is planned is not always built.
 */
const prefixes: readonly (readonly [RangePurpose, number])[] = [
	["compute", 18],
	["public", 24],
	["control", 26],
	["transit", 28],
	["firewall", 28],
	["nat", 28],
];

/** AWS subnets are zonal: each purpose has one a zone. */
export function planAwsAddresses(range: string, zones: readonly string[]): AddressPlan {
	const wanted = prefixes.flatMap(([purpose, prefix]) => zones.map((key) => ({ purpose, key, prefix })));
	return planAddresses(range, wanted);
}

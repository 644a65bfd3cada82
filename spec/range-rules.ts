import { isCanonical, overlaps, parseCidr, RFC1918, rangeOf } from "../lib/cidr";
import type { Requirement } from "../lib/errors";
import type { RegionSpec } from "./schema";

/** Rules of a region's own ranges of addresses. */
export function rangeRules(region: RegionSpec, path: string): Requirement[] {
	const network = parseCidr(region.addresses);
	const service = parseCidr(region.cluster.serviceAddresses);
	return [
		{
			when:
				network === undefined ||
				network.prefix !== 16 ||
				!isCanonical(network) ||
				rangeOf(network, RFC1918) === undefined,
			path: `${path}.addresses`,
			message: `must be a /16 of private addresses (in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16) with no host bits, but ${region.addresses} was given; use one such as 10.16.0.0/16`,
		},
		{
			when:
				service === undefined ||
				service.prefix < 12 ||
				service.prefix > 24 ||
				!isCanonical(service) ||
				rangeOf(service, RFC1918) === undefined,
			path: `${path}.cluster.serviceAddresses`,
			message: `must be a private range of /12 to /24 with no host bits, but ${region.cluster.serviceAddresses} was given; use 172.20.0.0/16`,
		},
		{
			when: network !== undefined && service !== undefined && overlaps(network, service),
			path: `${path}.cluster.serviceAddresses`,
			message: `must not overlap the region's addresses ${region.addresses}, but ${region.cluster.serviceAddresses} was given; use another range`,
		},
	];
}

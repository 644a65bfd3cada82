/**
 * Pods on an accelerated node at most: the platform's own figure, given to the kubelet, so that a zone's addresses can be
 * reckoned. Types that take fewer keep their own limit (`maxPods` of catalogue/aws/instance-types.ts).
 */
export const gpuNodePods = 62;

/** Addresses of one prefix that the network add-on takes for pods. Source: EKS user guide, "Assign more IP addresses to nodes with prefixes", read 2026-11-28. */
const prefixAddresses = 16;

/** Prefixes that a node holds ready beyond what its pods take (`WARM_PREFIX_TARGET` of the add-on). */
const warmPrefixes = 1;

/** Addresses that a node takes of its subnet with so many pods: whole prefixes, those held ready, and its own. */
export function nodeAddresses(pods: number): number {
	return (Math.ceil(pods / prefixAddresses) + warmPrefixes) * prefixAddresses + 1;
}

/** Addresses of a zone's compute subnet, a /18 less the five that a VPC keeps, and those of endpoints and gateways. */
export const zoneAddresses = 16_384 - 5 - 32;

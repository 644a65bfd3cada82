/**
 * Pods on a node, and the addresses that the node takes for them: GKE gives each node a range of at least twice as many
 * addresses as pods. Source: GKE, "Configure maximum Pods per node", read 2026-11-21; the two figures are the platform's.
 */
export const podsPerNode = {
	system: { pods: 64, addresses: 128 },
	gpu: { pods: 32, addresses: 64 },
} as const;

/** Addresses for pods in a region: a /17 of its /16. */
export const podAddresses = 32_768;

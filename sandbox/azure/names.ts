import type { Naming } from "./container-rules";

/**
 * Names in the namespace Microsoft.Network. Source for every rule of a name in this folder: Microsoft Learn, "Naming
 * rules and restrictions for Azure resources", read 2026-11-21.
 */
export const NETWORK_NAME: Naming = {
	pattern: /^[0-9A-Za-z](?:[\w.-]{0,78}\w)?$/,
	allowed: "1 to 80 of letters, digits and _.-, beginning with a letter or digit, ending with one of these or _",
};

/** Names of networks and private endpoints: shorter, and of two characters at least. */
export const SHORT_NETWORK_NAME: Naming = {
	pattern: /^[0-9A-Za-z][\w.-]{0,62}\w$/,
	allowed: "2 to 64 of letters, digits and _.-, beginning with a letter or digit, ending with one of these or _",
};

/** The only name of a settings object: each account, cluster or container has one. */
export const DEFAULT_NAME: Naming = { pattern: /^default$/, allowed: '"default"', fixed: "default" };

/** Names in the namespace Microsoft.Compute. */
export const COMPUTE_NAME: Naming = {
	pattern: /^[0-9A-Za-z](?:[\w.-]{0,78}\w)?$/,
	allowed: "1 to 80 of letters, digits and _.-, beginning with a letter or digit, ending with one of these or _",
};

import type { LinkTunnel } from "./link";

/** Clouds that AWS has encrypted links to. */
export type LinkedCloud = "gcp" | "azure";

/**
 * The /30 inside each tunnel. Azure takes 169.254.21.0 to 169.254.22.255 alone (Microsoft Learn, "About BGP and VPN
 * gateway"). AWS keeps 169.254.0.0/30 to 169.254.5.0/30 and 169.254.169.252/30, and wants every other one unique on a
 * gateway (Site-to-Site VPN user guide, "Tunnel options"). Read 2026-11-28.
 */
export const insideCidrs: { readonly [cloud in LinkedCloud]: { readonly [key in LinkTunnel["key"]]: string } } = {
	gcp: { a1: "169.254.30.0/30", a2: "169.254.30.4/30", b1: "169.254.30.8/30", b2: "169.254.30.12/30" },
	azure: { a1: "169.254.21.0/30", a2: "169.254.21.4/30", b1: "169.254.22.0/30", b2: "169.254.22.4/30" },
};

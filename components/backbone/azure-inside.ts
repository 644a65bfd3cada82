import { addressAt, parseCidr } from "../../lib/cidr";
import type { LinkTunnel } from "./link";

type TunnelKey = LinkTunnel["key"];

/**
 * The /30 inside each tunnel between AWS and Azure. Azure takes addresses of 169.254.21.0 to 169.254.22.255 alone, and must
 * know its own before the tunnels are made: this table is what both sides go by. Source: Microsoft Learn, "About BGP and
 * VPN gateway", read 2026-11-28.
 */
export const azureInside: { readonly [key in TunnelKey]: string } = {
	a1: "169.254.21.0/30",
	a2: "169.254.21.4/30",
	b1: "169.254.22.0/30",
	b2: "169.254.22.4/30",
};

/** Azure's address inside a tunnel: the second host address of its /30. */
export function azureInsideAddress(key: TunnelKey): string {
	const range = parseCidr(azureInside[key]);
	if (range === undefined) {
		throw new Error(`${azureInside[key]} is no range of addresses`);
	}
	return addressAt(range, 2);
}

/** The tunnel that ends at the other of the gateway's two machines: the far end of a link names an address of both. */
export const otherMachine: { readonly [key in TunnelKey]: TunnelKey } = { a1: "b1", a2: "b2", b1: "a1", b2: "a2" };

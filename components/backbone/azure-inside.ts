import { addressAt, parseCidr } from "../../lib/cidr";
import { insideCidrs } from "./inside-cidrs";
import type { LinkTunnel } from "./link";

type TunnelKey = LinkTunnel["key"];

/** Azure's address inside a tunnel: the second host address of its /30. */
export function azureInsideAddress(key: TunnelKey): string {
	const range = parseCidr(insideCidrs.azure[key]);
	if (range === undefined) {
		throw new Error(`${insideCidrs.azure[key]} is no range of addresses`);
	}
	return addressAt(range, 2);
}

/** The tunnel that ends at the other of the gateway's two machines: the far end of a link names an address of both. */
export const otherMachine: { readonly [key in TunnelKey]: TunnelKey } = { a1: "b1", a2: "b2", b1: "a1", b2: "a2" };

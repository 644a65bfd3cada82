import { parseCidr } from "../../lib/cidr";

/** Link-local addresses that Azure lets BGP speak over: 169.254.21.0 to 169.254.22.255. Source: Microsoft Learn, "About BGP and VPN gateway", read 2026-11-28. */
const ALLOWED = /^169\.254\.2[12]\.(\d{1,3})$/;

/** True for any link-local address. */
export function isLinkLocal(address: string | undefined): boolean {
	return address?.startsWith("169.254.") ?? false;
}

/** Why a link-local address cannot be one of BGP, or nothing. */
export function apipaProblem(address: string | undefined): string | undefined {
	const good = address === undefined || (ALLOWED.test(address) && parseCidr(`${address}/32`) !== undefined);
	return good ? undefined : `must be in 169.254.21.0 to 169.254.22.255, but ${JSON.stringify(address)} was given`;
}

import ipaddr from "ipaddr.js";

/** A block of addresses; `base` may carry host bits until `networkOf` clears them. */
export interface Cidr {
	readonly family: 4 | 6;
	/** The address as a number, 32 or 128 bits. */
	readonly base: bigint;
	/** Length of the network part, 0 to 32 or 0 to 128 bits. */
	readonly prefix: number;
}

/** Private ranges of RFC 1918. */
export const RFC1918: readonly string[] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/**
 * Reads `10.0.0.0/16` or `fd00::/8`; undefined where the text is no address with a prefix length.
 * IPv4 needs four decimal octets without leading zeros, as the clouds do.
 */
export function parseCidr(text: string): Cidr | undefined {
	const match = /^([^/]+)\/(0|[1-9]\d{0,2})$/.exec(text);
	const address = match?.[1];
	if (!match || address === undefined) {
		return undefined;
	}
	const family = familyOf(address);
	const prefix = Number(match[2]);
	if (family === undefined || prefix > widthOf(family)) {
		return undefined;
	}
	return { family, prefix, base: numberOf(ipaddr.parse(address).toByteArray()) };
}

/** True for an IPv4 address in four decimal octets, without a prefix length. */
export function isIpv4(text: string): boolean {
	return familyOf(text) === 4;
}

/** The block with all host bits cleared. */
export function networkOf(cidr: Cidr): Cidr {
	const host = hostBits(cidr);
	return { ...cidr, base: (cidr.base >> host) << host };
}

/** True where no host bit is set: `10.0.0.0/16`, not `10.0.0.5/16`. */
export function isCanonical(cidr: Cidr): boolean {
	return networkOf(cidr).base === cidr.base;
}

/** The block as text in its shortest usual form, host bits cleared. */
export function formatCidr(cidr: Cidr): string {
	return `${formatAddress(networkOf(cidr))}/${cidr.prefix}`;
}

/** The address at `offset` (0 is the network's own) as text; the offset must lie inside the block. */
export function addressAt(cidr: Cidr, offset: number): string {
	if (offset < 0 || BigInt(offset) >= sizeOf(cidr)) {
		throw new RangeError(`offset ${offset} is outside ${formatCidr(cidr)}`);
	}
	return formatAddress({ ...cidr, base: networkOf(cidr).base + BigInt(offset) });
}

/** Number of addresses in the block. */
export function sizeOf(cidr: Cidr): bigint {
	return 1n << hostBits(cidr);
}

/** True where every address of `inner` lies in `outer`. */
export function contains(outer: Cidr, inner: Cidr): boolean {
	if (outer.family !== inner.family || outer.prefix > inner.prefix) {
		return false;
	}
	const host = hostBits(outer);
	return outer.base >> host === inner.base >> host;
}

/** True where the two blocks share an address. */
export function overlaps(a: Cidr, b: Cidr): boolean {
	return contains(a, b) || contains(b, a);
}

/** The first of the ranges that holds the whole block; ranges that are not CIDR text hold nothing. */
export function rangeOf(cidr: Cidr, ranges: readonly string[]): string | undefined {
	return ranges.find((range) => {
		const outer = parseCidr(range);
		return outer !== undefined && contains(outer, cidr);
	});
}

function familyOf(address: string): 4 | 6 | undefined {
	if (ipaddr.IPv4.isValidFourPartDecimal(address)) {
		return 4;
	}
	return address.includes(":") && !address.includes("%") && ipaddr.IPv6.isValid(address) ? 6 : undefined;
}

function widthOf(family: 4 | 6): number {
	return family === 4 ? 32 : 128;
}

function hostBits(cidr: Cidr): bigint {
	return BigInt(widthOf(cidr.family) - cidr.prefix);
}

function numberOf(bytes: readonly number[]): bigint {
	return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function formatAddress(cidr: Cidr): string {
	const width = widthOf(cidr.family) / 8;
	const bytes = Array.from({ length: width }, (_, i) => Number((cidr.base >> BigInt(8 * (width - 1 - i))) & 255n));
	return ipaddr.fromByteArray(bytes).toString();
}

import { type Cidr, isIpv4, networkOf, parseCidr, RFC1918, sizeOf } from "../lib/cidr";

/** What a list of address blocks lets in; `invalid`: one of them is no address block, so it cannot be judged. */
export type Reach = "open" | "limited" | "invalid";

/** More public addresses than one owner holds: over a /8 of IPv4, over a /16 of IPv6. */
const WIDEST_V4 = 1n << 24n;
const WIDEST_V6 = 1n << 112n;

/** IPv4 that the internet does not route: private, shared, loopback, link-local, multicast and reserved (RFC 6890). */
const NOT_PUBLIC_V4 = blocks(...RFC1918, "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3");
/** The IPv6 that the internet routes (RFC 4291, 2.4). */
const PUBLIC_V6 = blocks("2000::/3");
const MAPPED_BITS = 96;

interface Span {
	readonly start: bigint;
	readonly end: bigint;
}

/**
 * Whether the blocks together admit the internet. They are judged by the addresses that they cover, so that
 * `0.0.0.0/1` with `128.0.0.0/1`, `::ffff:0:0/96` and other spellings of "everyone" count as open.
 */
export function reachOf(texts: readonly string[]): Reach {
	const parsed = texts.map(parseLeniently);
	const cidrs = parsed.filter((cidr) => cidr !== undefined).map(unmapped);
	const four = merged(cidrs.filter((cidr) => cidr.family === 4).map(spanOf));
	const six = merged(cidrs.filter((cidr) => cidr.family === 6).map(spanOf));
	const publicFour = total(four) - shared(four, NOT_PUBLIC_V4);
	if (publicFour > WIDEST_V4 || shared(six, PUBLIC_V6) > WIDEST_V6) {
		return "open";
	}
	return parsed.includes(undefined) ? "invalid" : "limited";
}

/** An address without a prefix length as a block of one address; other text as it is. */
export function asBlock(text: string): string {
	const bare = text.trim();
	if (isIpv4(bare)) {
		return `${bare}/32`;
	}
	return bare.includes(":") && !bare.includes("/") ? `${bare}/128` : text;
}

/** True where the outer blocks together hold every address of the inner ones; what is no address block is not held. */
export function holdsBlocks(outer: readonly string[], inner: readonly string[]): boolean {
	const holders = outer.map(parseLeniently).filter((cidr) => cidr !== undefined);
	const spans = ([4, 6] as const).map((family) => ({
		family,
		spans: merged(
			holders
				.map(unmapped)
				.filter((cidr) => cidr.family === family)
				.map(spanOf),
		),
	}));
	return inner.map(parseLeniently).every((cidr) => {
		const block = cidr && unmapped(cidr);
		const own = spans.find(({ family }) => family === block?.family)?.spans ?? [];
		return block !== undefined && own.some((span) => contained(spanOf(block), span));
	});
}

function contained(inner: Span, outer: Span): boolean {
	return outer.start <= inner.start && inner.end <= outer.end;
}

/** As the clouds' own parsers do: `0.0.0.0/00` is `0.0.0.0/0`, spaces around are ignored. */
function parseLeniently(text: string): Cidr | undefined {
	return parseCidr(text.trim().replace(/\/0+(?=\d)/, "/"));
}

/** An IPv4 block that is written as an IPv4-mapped IPv6 block (RFC 4291, 2.5.5.2). */
function unmapped(cidr: Cidr): Cidr {
	const network = networkOf(cidr);
	if (cidr.family === 4 || cidr.prefix < MAPPED_BITS || network.base >> 32n !== 0xffffn) {
		return network;
	}
	return { family: 4, base: network.base & 0xffffffffn, prefix: cidr.prefix - MAPPED_BITS };
}

function blocks(...texts: readonly string[]): readonly Span[] {
	return texts.flatMap((text) => {
		const cidr = parseCidr(text);
		return cidr ? [spanOf(cidr)] : [];
	});
}

function spanOf(cidr: Cidr): Span {
	const start = networkOf(cidr).base;
	return { start, end: start + sizeOf(cidr) };
}

function ascending(a: bigint, b: bigint): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

function merged(spans: readonly Span[]): readonly Span[] {
	const sorted = [...spans].sort((a, b) => ascending(a.start, b.start));
	const result: Span[] = [];
	for (const span of sorted) {
		const last = result.at(-1);
		if (last && span.start <= last.end) {
			result[result.length - 1] = { start: last.start, end: [last.end, span.end].sort(ascending)[1] ?? span.end };
		} else {
			result.push(span);
		}
	}
	return result;
}

function total(spans: readonly Span[]): bigint {
	return spans.reduce((sum, span) => sum + span.end - span.start, 0n);
}

/** Number of addresses in both; each of the two lists must be free of overlaps. */
function shared(spans: readonly Span[], others: readonly Span[]): bigint {
	return total(
		spans.flatMap((span) =>
			others.flatMap((other) => {
				const [, start = 0n, end = 0n] = [span.start, span.end, other.start, other.end].sort(ascending);
				return span.start < other.end && other.start < span.end ? [{ start, end }] : [];
			}),
		),
	);
}

import { type Cidr, contains, formatCidr, isCanonical, overlaps, parseCidr, rangeOf } from "../../lib/cidr";
import { faultsOf } from "../check/fault-table";
import { text, texts } from "../check/inputs";
import type { Fault, SandboxObject } from "../model";

/** Ranges that no virtual network may use. Source: Microsoft Learn, "Azure Virtual Network FAQ", read 2026-11-21. */
const FORBIDDEN = ["127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "255.255.255.255/32", "168.63.129.16/32"];

/** Addresses that Azure keeps in each subnet: the first four and the last. */
export const RESERVED_ADDRESSES = 5;

/** A well-formed IPv4 block, or nothing. */
export function goodBlock(value: string | undefined): Cidr | undefined {
	const block = value === undefined ? undefined : parseCidr(value);
	return block?.family === 4 && isCanonical(block) ? block : undefined;
}

/** What is wrong with an IPv4 block: text, host bits, size (prefix lengths, both inclusive), range. */
export function blockFaults(
	value: string | undefined,
	property: string,
	size: { readonly min: number; readonly max: number },
): Fault[] {
	const block = value === undefined ? undefined : parseCidr(value);
	if (value === undefined || block?.family === 6) {
		return [];
	}
	const forbidden = block && FORBIDDEN.find((range) => touches(block, range));
	const host = block !== undefined && !isCanonical(block);
	return faultsOf([
		{
			when: block === undefined,
			property,
			reason: `must be an address block such as 10.0.0.0/16, but ${JSON.stringify(value)} was given`,
		},
		{
			when: host,
			property,
			reason: `must be a network address, but ${value} has host bits set; write ${block ? formatCidr(block) : ""}`,
		},
		{
			when: block !== undefined && (block.prefix < size.min || block.prefix > size.max),
			property,
			reason: `must have a prefix length of ${size.min} to ${size.max} bits, but ${value} has ${block?.prefix}; choose another size`,
		},
		{
			when: forbidden !== undefined,
			property,
			reason: `${value} overlaps ${forbidden}, which Azure keeps for itself; choose another range`,
		},
	]);
}

function touches(block: Cidr, range: string): boolean {
	const other = parseCidr(range);
	return other !== undefined && (rangeOf(block, [range]) !== undefined || contains(block, other));
}

/** Address blocks of a subnet: `addressPrefix` or `addressPrefixes`. */
export function blocksOfSubnet(subnet: SandboxObject): string[] {
	const one = text(subnet.outputs, "addressPrefix");
	return one === undefined ? texts(subnet.outputs, "addressPrefixes") : [one];
}

/** Address space of a virtual network. */
export function blocksOfNetwork(network: SandboxObject | undefined): string[] {
	return texts(network?.outputs, "addressSpace.addressPrefixes");
}

/** The first of the blocks that shares an address with the value, as text. */
export function overlapping(value: string | undefined, others: readonly string[]): string | undefined {
	const block = goodBlock(value);
	return others.find((other) => {
		const theirs = goodBlock(other);
		return block !== undefined && theirs !== undefined && overlaps(block, theirs);
	});
}

/** True where the value lies in none of the blocks; false where one of them is not known. */
export function liesOutside(value: string | undefined, outer: readonly string[]): boolean {
	const block = goodBlock(value);
	const blocks = outer.map(goodBlock);
	const known = block !== undefined && blocks.length > 0 && !blocks.includes(undefined);
	return known && !blocks.some((candidate) => candidate !== undefined && contains(candidate, block));
}

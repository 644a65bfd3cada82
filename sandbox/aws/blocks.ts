import { type Cidr, contains, formatCidr, isCanonical, overlaps, parseCidr, RFC1918, rangeOf } from "../../lib/cidr";
import type { Refusal } from "../check/fault-table";
import { text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, Fault, SandboxObject } from "../model";

/** Ranges that no VPC may use: this network, loopback, link-local, multicast and above. */
const FORBIDDEN = ["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3"];

/** AWS reserves this range for its own services. */
const SERVICE_RANGE = "198.19.0.0/16";

/** What is wrong with the form of an IPv4 block: text, host bits, size `/16` to `/28`. */
export function blockFaults(value: string | undefined, property: string): Fault[] {
	if (value === undefined) {
		return [];
	}
	const block = parseCidr(value);
	if (block?.family !== 4) {
		return [{ property, reason: `must be an IPv4 block such as 10.0.0.0/16, but ${JSON.stringify(value)} was given` }];
	}
	const table: Refusal[] = [
		{
			when: block.prefix < 16 || block.prefix > 28,
			property,
			reason: `must have a prefix length of 16 to 28 bits, but ${value} has ${block.prefix}; choose another size`,
		},
		{
			when: !isCanonical(block),
			property,
			reason: `must be a network address, but ${value} has host bits set; write ${formatCidr(block)}`,
		},
	];
	return table.filter((row) => row.when).map(({ reason }) => ({ property, reason }));
}

/** A well-formed block, or nothing (its own fault is reported by `blockFaults`). */
export function goodBlock(value: string | undefined): Cidr | undefined {
	const block = value === undefined ? undefined : parseCidr(value);
	return block?.family === 4 && isCanonical(block) ? block : undefined;
}

/** What a VPC may not use as an address range. */
export function rangeFaults(value: string | undefined, property: string): Fault[] {
	const block = goodBlock(value);
	const hit = block && FORBIDDEN.find((range) => rangeOf(block, [range]) !== undefined);
	const reason = `must be private (RFC 1918) or public unicast, but ${value} lies in ${hit}; choose another range`;
	return hit ? [{ property, reason }] : [];
}

/** A further block of a VPC may not come from another private range than the first, nor from AWS's service range. */
export function secondaryFaults(value: string | undefined, primary: string | undefined, property: string): Fault[] {
	const [block, first] = [goodBlock(value), goodBlock(primary)];
	if (!block || !first) {
		return [];
	}
	const [own, firstRange] = [rangeOf(block, RFC1918), rangeOf(first, RFC1918)];
	const mixed = own !== undefined && own !== firstRange;
	const service = rangeOf(block, [SERVICE_RANGE]) !== undefined;
	const reason = `${value} cannot be added to a VPC whose first block is ${primary}: use ${firstRange ?? "public unicast"}, public unicast or 100.64.0.0/10`;
	return mixed || service ? [{ property, reason }] : [];
}

/** A fault for each of the objects whose block overlaps this one. */
export function overlapFaults(
	value: string | undefined,
	others: readonly SandboxObject[],
	context: CheckContext,
	property: string,
): Fault[] {
	const block = goodBlock(value);
	if (!block) {
		return [];
	}
	return others
		.filter((other) => !isSelf(other, context))
		.flatMap((other) => {
			const theirs = goodBlock(text(other.outputs, "cidrBlock"));
			const reason = `${value} overlaps ${text(other.outputs, "cidrBlock")} of ${other.id || other.urn}; choose a free block`;
			return theirs && overlaps(block, theirs) ? [{ property, reason }] : [];
		});
}

/** A fault where the block lies in none of the given ones; nothing where one of them is not known. */
export function outsideFaults(
	value: string | undefined,
	outer: readonly (string | undefined)[],
	property: string,
): Fault[] {
	const block = goodBlock(value);
	const blocks = outer.map(goodBlock);
	if (!block || blocks.length === 0 || blocks.some((candidate) => candidate === undefined)) {
		return [];
	}
	const inside = blocks.some((candidate) => candidate && contains(candidate, block));
	return inside ? [] : [{ property, reason: `${value} lies outside the VPC's blocks ${outer.join(", ")}` }];
}

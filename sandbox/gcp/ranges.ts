import { type Cidr, formatCidr, isCanonical, overlaps, parseCidr, rangeOf } from "../../lib/cidr";
import { isObject } from "../../lib/values";
import { faultsOf } from "../check/fault-table";
import { list, text } from "../check/inputs";
import type { CheckContext, Fault, SandboxObject } from "../model";
import { objectNamed } from "./references";

/** Type of a subnet. */
export const SUBNETWORK = "gcp:compute/subnetwork:Subnetwork";
/** Type of a VPC network. */
export const NETWORK = "gcp:compute/network:Network";

/** Ranges that no subnet may use. Source: Google Cloud, Subnets, "Prohibited IPv4 subnet ranges", unverified in full. */
const FORBIDDEN = [
	"0.0.0.0/8",
	"127.0.0.0/8",
	"169.254.0.0/16",
	"224.0.0.0/4",
	"255.255.255.255/32",
	"199.36.153.4/30",
	"199.36.153.8/30",
];

/** A range of a subnet, with the words that name it in messages. */
export interface NamedRange {
	readonly block: Cidr;
	readonly of: string;
}

/** A well-formed IPv4 range without host bits, or nothing (`rangeFaults` reports it). */
export function goodRange(value: string | undefined): Cidr | undefined {
	const block = value === undefined ? undefined : parseCidr(value);
	return block?.family === 4 && isCanonical(block) ? block : undefined;
}

/** What is wrong with the form of a range: text, host bits, size in bits, ranges that Google keeps. */
export function rangeFaults(value: string | undefined, property: string, bits: { min: number; max: number }): Fault[] {
	if (value === undefined) {
		return [];
	}
	const block = parseCidr(value);
	if (block?.family !== 4) {
		return [{ property, reason: `must be an IPv4 range such as 10.0.0.0/20, but ${JSON.stringify(value)} was given` }];
	}
	const kept = FORBIDDEN.find((range) => rangeOf(block, [range]) !== undefined);
	return faultsOf([
		{
			when: block.prefix < bits.min || block.prefix > bits.max,
			property,
			reason: `must have a prefix length of ${bits.min} to ${bits.max} bits, but ${value} has ${block.prefix}; choose another size`,
		},
		{
			when: !isCanonical(block),
			property,
			reason: `must be a network address, but ${value} has host bits set; write ${formatCidr(block)}`,
		},
		{
			when: kept !== undefined,
			property,
			reason: `must be no range that Google keeps, but ${value} lies in ${kept}; choose another`,
		},
	]);
}

/** Every range of a subnet: its primary one and the secondary ones. */
export function rangesOf({ id, urn, outputs }: Pick<SandboxObject, "id" | "urn" | "outputs">): NamedRange[] {
	const primary = goodRange(text(outputs, "ipCidrRange"));
	const secondary = list(outputs, "secondaryIpRanges").flatMap((range) => {
		const block = isObject(range) ? goodRange(text(range, "ipCidrRange")) : undefined;
		const name = isObject(range) ? text(range, "rangeName") : undefined;
		return block ? [{ block, of: `the secondary range ${name} of ${id || urn}` }] : [];
	});
	return primary ? [{ block: primary, of: `the range of ${id || urn}` }, ...secondary] : secondary;
}

/** The subnets of a network, however each names it. */
export function subnetsOf(context: CheckContext, network: SandboxObject | undefined): SandboxObject[] {
	if (network === undefined) {
		return [];
	}
	const names = [network.id, text(network.outputs, "selfLink"), text(network.outputs, "name")];
	const named = names.flatMap((name) => (name ? context.world.find([SUBNETWORK], "network", name) : []));
	return [...new Set(named)].filter(({ account }) => account === network.account);
}

/** The network that an input names. */
export function networkNamed(context: CheckContext, name: string | undefined): SandboxObject | undefined {
	return objectNamed(context, NETWORK, name);
}

/** A fault for each range of others that shares addresses with the block. */
export function overlapFaults(block: Cidr | undefined, others: readonly NamedRange[], property: string): Fault[] {
	return others.flatMap((other) =>
		block && overlaps(block, other.block)
			? [
					{
						property,
						reason: `${formatCidr(block)} overlaps ${formatCidr(other.block)}, ${other.of}; choose free addresses`,
					},
				]
			: [],
	);
}

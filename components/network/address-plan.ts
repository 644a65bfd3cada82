import { addressAt, type Cidr, formatCidr, parseCidr, sizeOf } from "../../lib/cidr";

/** What a range of addresses is for. */
export type RangePurpose = "compute" | "public" | "control" | "pods" | "fabric" | "endpoints" | "firewall";

/** Purposes that subnets can be asked for. */
export type SubnetPurpose = Extract<RangePurpose, "compute" | "public" | "control">;

/** A range that a plan is asked for. */
export interface WantedRange {
	readonly purpose: RangePurpose;
	/** Tells apart several ranges of one purpose: a zone, or a fabric network's name; empty where there is one. */
	readonly key: string;
	/** Prefix length. */
	readonly prefix: number;
}

/** A range of the plan. */
export interface PlannedRange {
	readonly purpose: RangePurpose;
	readonly key: string;
	/** As `10.16.0.0/18`. */
	readonly cidr: string;
}

/** How a region's range is divided. */
export interface AddressPlan {
	readonly network: string;
	readonly ranges: readonly PlannedRange[];
}

/**
 * Divides a region's range in the order asked for, each part aligned to its size. Throws where it is too small. An order
 * that does not depend on what is built keeps every range where it is when something is added.
 */
export function planAddresses(range: string, wanted: readonly WantedRange[]): AddressPlan {
	const network = parseCidr(range);
	if (network === undefined) {
		throw new Error(`${range} is no range of addresses`);
	}
	let next = network.base;
	const ranges = wanted.map(({ purpose, key, prefix }) => {
		const size = sizeOf({ family: network.family, base: 0n, prefix });
		const base = ((next + size - 1n) / size) * size;
		const part: Cidr = { family: network.family, base, prefix };
		next = base + size;
		return { purpose, key, cidr: formatCidr(part) };
	});
	if (next > network.base + sizeOf(network)) {
		throw new Error(`${range} is too small for ${wanted.length} parts; use a /16`);
	}
	return { network: range, ranges };
}

/** The one range of a purpose, or the one of a key; throws where the plan has none. */
export function rangeFor(plan: AddressPlan, purpose: RangePurpose, key = ""): string {
	const found = plan.ranges.find((planned) => planned.purpose === purpose && planned.key === key);
	if (found === undefined) {
		throw new Error(`the address plan has no range for ${purpose} ${key}`);
	}
	return found.cidr;
}

/** The address at a place within a range, as `10.16.240.5`; 0 is the range's first. */
export function addressIn(range: string, place: number): string {
	const cidr = parseCidr(range);
	if (cidr === undefined) {
		throw new Error(`${range} is no range of addresses`);
	}
	return addressAt(cidr, place);
}

import { formatCidr, overlaps, parseCidr } from "../lib/cidr";
import type { Requirement } from "../lib/errors";
import { enabledRegions } from "./cells";
import type { Spec } from "./schema";

/** Addresses of one virtual hub of Azure. */
export interface HubRange {
	readonly region: string;
	/** A /24 of `network.hubAddresses`. */
	readonly range: string;
}

/** The /24 that is Google Cloud's routing network. */
const routingNetwork = 0;

/**
 * The hubs of Azure: one in each region with a cell, and one where the subscription's own things are. A hub's number is
 * the second octet of its region's addresses, so that no hub moves when a region comes or goes.
 */
export function hubRanges(spec: Spec): HubRange[] {
	return hubNumbers(spec).flatMap(({ region, number }) => {
		const hubs = parseCidr(spec.network.hubAddresses);
		return hubs ? [{ region, range: formatCidr({ ...hubs, base: hubs.base + BigInt(number * 256), prefix: 24 }) }] : [];
	});
}

function hubNumbers(spec: Spec): { readonly region: string; readonly number: number }[] {
	const home = spec.accounts.azure;
	const cells = enabledRegions(spec).flatMap(({ cloud, region, addresses }) =>
		cloud === "azure" ? [{ region, number: secondOctet(addresses) }] : [],
	);
	const known = home === undefined || cells.length === 0 || cells.some(({ region }) => region === home.region);
	return known ? cells : [...cells, { region: home.region, number: secondOctet(home.addresses) }];
}

function secondOctet(range: string): number {
	return Number((parseCidr(range)?.base ?? 0n) >> 16n) & 255;
}

/** Rules of the hubs' addresses; without a backbone there are none. */
export function hubRules(spec: Spec): Requirement[] {
	const { backbone, hubAddresses, supernet } = spec.network;
	if (!backbone) {
		return [];
	}
	const hubs = parseCidr(hubAddresses);
	const taken = spec.regions.find(({ addresses }) => share(addresses, hubAddresses));
	const numbers = hubNumbers(spec);
	return [
		{
			when: hubs?.prefix !== 16 || !share(hubAddresses, supernet),
			path: "network.hubAddresses",
			message: `must be a /16 of the supernet ${supernet}, but ${hubAddresses} was given; use one such as 10.254.0.0/16`,
		},
		{
			when: taken !== undefined,
			path: "network.hubAddresses",
			message: `must not overlap a region's addresses, but ${hubAddresses} shares some with ${taken?.addresses} of ${taken?.region}; use another /16`,
		},
		...spec.regions.map((region, i) => ({
			when: region.cloud === "azure" && share(region.cluster.podAddresses, hubAddresses),
			path: `regions[${i}].cluster.podAddresses`,
			message: `must not overlap the hubs' addresses ${hubAddresses}, which pods could then not reach; use another range`,
		})),
		...numbers.map(({ region, number }, i) => {
			const twin = numbers.slice(0, i).find((other) => other.number === number);
			return {
				when: number === routingNetwork || twin !== undefined,
				path: "network.hubAddresses",
				message: `must have a /24 of its own for each hub of Azure, numbered by the second octet of the region's addresses, but ${region} has number ${number}, which ${twin?.region ?? "Google Cloud's routing network"} has too; give the region other addresses`,
			};
		}),
	];
}

function share(a: string, b: string): boolean {
	const [left, right] = [parseCidr(a), parseCidr(b)];
	return left !== undefined && right !== undefined && overlaps(left, right);
}

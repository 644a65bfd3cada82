import { regionCell } from "../lib/cells";
import { overlaps, parseCidr } from "../lib/cidr";
import { broken, type Problem, type Requirement } from "../lib/errors";
import type { RegionSpec, Spec } from "./schema";

/** Regions that stand twice, and addresses that two places share, on whatever clouds they are. */
export function overlapProblems(spec: Spec): Problem[] {
	return [
		...spec.regions.flatMap((region, i) => broken(regionOverlaps(spec, region, i))),
		...broken(sharedOverlaps(spec)),
	];
}

function regionOverlaps(spec: Spec, region: RegionSpec, i: number): Requirement[] {
	const others = spec.regions.slice(0, i);
	const twin = others.find(
		(other) => regionCell(other.cloud, other.region) === regionCell(region.cloud, region.region),
	);
	const clash = others.find((other) => share(other.addresses, region.addresses));
	return [
		{
			when: twin !== undefined,
			path: `regions[${i}].region`,
			message: `${region.region} stands twice in the list; remove one entry`,
		},
		{
			when: clash !== undefined,
			path: `regions[${i}].addresses`,
			message: `must not overlap another region's, but ${region.addresses} shares addresses with ${clash?.addresses} of ${clash?.region} on ${clash?.cloud}; use another /16`,
		},
		...(region.cloud === "azure" ? overlayRules(spec, region.cluster.podAddresses, `regions[${i}]`) : []),
	];
}

/** An overlay's pods reach other networks only where theirs are other addresses. */
function overlayRules(spec: Spec, range: string, path: string): Requirement[] {
	const reached = spec.regions.flatMap((region) => [
		{ range: region.addresses, whose: `the addresses of ${region.region}` },
		{ range: region.cluster.serviceAddresses, whose: `the service addresses of ${region.region}` },
		...region.cluster.operatorAddresses.map((each) => ({ range: each, whose: "a connected network" })),
	]);
	const clash = reached.find((each) => share(each.range, range));
	return [
		{
			when: clash !== undefined,
			path: `${path}.cluster.podAddresses`,
			message: `must not overlap ${clash?.whose} (${clash?.range}), but ${range} was given; use another range, at least a /24 for each node`,
		},
	];
}

function sharedOverlaps(spec: Spec): Requirement[] {
	const shared = spec.accounts.azure?.addresses;
	const clash = spec.regions.find((region) => shared !== undefined && share(region.addresses, shared));
	const prefix = shared === undefined ? undefined : parseCidr(shared)?.prefix;
	return [
		{
			when: clash !== undefined,
			path: "accounts.azure.addresses",
			message: `must not overlap a region's, but ${shared} shares addresses with ${clash?.addresses} of ${clash?.region}; use another range`,
		},
		{
			when: shared !== undefined && (prefix === undefined || prefix < 24 || prefix > 27),
			path: "accounts.azure.addresses",
			message: `must be a range of /24 to /27, but ${shared} was given; use one such as 10.255.255.0/24`,
		},
	];
}

function share(a: string, b: string): boolean {
	const left = parseCidr(a);
	const right = parseCidr(b);
	return left !== undefined && right !== undefined && overlaps(left, right);
}

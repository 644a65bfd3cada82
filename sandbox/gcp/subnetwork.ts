import { addressAt, contains, formatCidr } from "../../lib/cidr";
import { isObject } from "../../lib/values";
import { faultsOf } from "../check/fault-table";
import { isAbsent, isSet, list, number, text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, Fault, TypeModel } from "../model";
import { defineGcp } from "./define";
import { computeLink, regionalId, regionOfZone, rfc1035 } from "./names";
import { COMPUTE_API, rdmaZoneOf } from "./network";
import { limitOf } from "./quota";
import {
	goodRange,
	NETWORK,
	networkNamed,
	overlapFaults,
	rangeFaults,
	rangesOf,
	SUBNETWORK,
	subnetsOf,
} from "./ranges";
import { named } from "./references";

/** Sizes of a subnet's ranges in bits. Source: Google Cloud, Subnets, "Valid IPv4 ranges": /4 to /29, unverified. */
const BITS = { min: 4, max: 29 };

/** A subnet of one region with its secondary ranges, clear of every other range of its network. */
export const subnetwork: TypeModel = defineGcp({
	type: SUBNETWORK,
	apis: COMPUTE_API,
	name: rfc1035("region"),
	references: named("network", [NETWORK]),
	values: {
		"logConfig.aggregationInterval": [
			"INTERVAL_5_SEC",
			"INTERVAL_30_SEC",
			"INTERVAL_1_MIN",
			"INTERVAL_5_MIN",
			"INTERVAL_10_MIN",
			"INTERVAL_15_MIN",
		],
		"logConfig.metadata": ["EXCLUDE_ALL_METADATA", "INCLUDE_ALL_METADATA", "CUSTOM_METADATA"],
		privateIpv6GoogleAccess: [
			"DISABLE_GOOGLE_ACCESS",
			"ENABLE_OUTBOUND_VM_ACCESS_TO_GOOGLE",
			"ENABLE_BIDIRECTIONAL_ACCESS_TO_GOOGLE",
		],
		purpose: [
			"PRIVATE",
			"REGIONAL_MANAGED_PROXY",
			"GLOBAL_MANAGED_PROXY",
			"PRIVATE_SERVICE_CONNECT",
			"PEER_MIGRATION",
			"PRIVATE_NAT",
		],
		role: ["ACTIVE", "BACKUP"],
		stackType: ["IPV4_ONLY", "IPV4_IPV6", "IPV6_ONLY"],
	},
	check: (context) => [...settingFaults(context), ...secondaryFaults(context), ...neighbourFaults(context)],
	defaults: {
		allowSubnetCidrRoutesOverlap: false,
		externalIpv6Prefix: "",
		internalIpv6Prefix: "",
		privateIpGoogleAccess: false,
		privateIpv6GoogleAccess: "DISABLE_GOOGLE_ACCESS",
		purpose: "PRIVATE",
		secondaryIpRanges: [],
		sendSecondaryIpRangeIfEmpty: false,
		stackType: "IPV4_ONLY",
	},
	id: ({ inputs, scope }) => regionalId(scope, "subnetworks", text(inputs, "name") ?? ""),
	computed: (context, id) => ({
		creationTimestamp: context.now,
		fingerprint: "",
		ipv6CidrRange: "",
		ipv6GceEndpoint: "",
		selfLink: computeLink(id),
		state: "",
		subnetworkId: Number(context.digits(15)),
	}),
	derived: ({ inputs }) => {
		const block = goodRange(text(inputs, "ipCidrRange"));
		return { gatewayAddress: block ? addressAt(block, 1) : "" };
	},
});

function settingFaults(context: CheckContext): Fault[] {
	const { inputs, scope, self } = context;
	const range = text(inputs, "ipCidrRange");
	const [now, before] = [goodRange(range), goodRange(text(self?.outputs, "ipCidrRange"))];
	const sampling = number(inputs, "logConfig.flowSampling");
	const zone = rdmaZoneOf(networkNamed(context, text(inputs, "network")));
	const sources = ["ipCidrRange", "reservedInternalRange", "ipCollection"];
	return [
		...rangeFaults(range, "ipCidrRange", BITS),
		...faultsOf([
			{
				when: sources.every((path) => isAbsent(inputs, path)) && text(inputs, "stackType") !== "IPV6_ONLY",
				property: "ipCidrRange",
				reason: "is required; set a range of /4 to /29",
			},
			{
				when: now !== undefined && before !== undefined && !contains(now, before),
				property: "ipCidrRange",
				reason: `can only grow in place, but ${range} does not hold ${before && formatCidr(before)}; destroy the subnet first`,
			},
			{
				when: sampling !== undefined && (sampling < 0 || sampling > 1),
				property: "logConfig.flowSampling",
				reason: `must be 0 to 1 (part of the flows), but ${sampling} was given`,
			},
			{
				when: isSet(inputs, "logConfig.metadataFields") && text(inputs, "logConfig.metadata") !== "CUSTOM_METADATA",
				property: "logConfig.metadataFields",
				reason: 'needs metadata "CUSTOM_METADATA"; set it or remove the fields',
			},
			{
				when: zone !== undefined && regionOfZone(zone) !== scope.region,
				property: "region",
				reason: `must be the region of the network's RDMA profile, which is of zone ${zone}, but the subnet is in ${scope.region}`,
			},
		]),
	];
}

/** Names and ranges of the secondary ranges; these and the primary one are clear of each other. */
function secondaryFaults({ inputs }: CheckContext): Fault[] {
	const ranges = list(inputs, "secondaryIpRanges").map((range) => (isObject(range) ? range : {}));
	const names = ranges.map((range) => text(range, "rangeName"));
	const blocks = [text(inputs, "ipCidrRange"), ...ranges.map((range) => text(range, "ipCidrRange"))].map(goodRange);
	const most = limitOf("secondaryRangesPerSubnet");
	return [
		...ranges.flatMap((range, i) => {
			const property = `secondaryIpRanges[${i}].ipCidrRange`;
			const before = blocks
				.slice(0, i + 1)
				.flatMap((block) => (block ? [{ block, of: "another range of the same subnet" }] : []));
			return [
				...rangeFaults(text(range, "ipCidrRange"), property, BITS),
				...overlapFaults(blocks[i + 1], before, property),
			];
		}),
		...names.flatMap((name, i) => nameFaults(name, `secondaryIpRanges[${i}].rangeName`, names.indexOf(name) !== i)),
		...faultsOf([
			{
				when: ranges.length > most,
				property: "secondaryIpRanges",
				reason: `must be at most ${most} ranges, but ${ranges.length} were given`,
			},
		]),
	];
}

function nameFaults(name: string | undefined, property: string, twice: boolean): Fault[] {
	return faultsOf([
		{
			when: name !== undefined && !/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name),
			property,
			reason: `must be 1 to 63 of lower-case letters, digits and hyphens, but ${JSON.stringify(name)} was given`,
		},
		{
			when: name !== undefined && twice,
			property,
			reason: `must be unique within the subnet, but ${JSON.stringify(name)} is given twice`,
		},
	]);
}

/** No range may overlap one of another subnet of the network. */
function neighbourFaults(context: CheckContext): Fault[] {
	const { inputs } = context;
	const home = networkNamed(context, text(inputs, "network"));
	const taken = subnetsOf(context, home)
		.filter((other) => !isSelf(other, context))
		.flatMap(rangesOf);
	const secondary = list(inputs, "secondaryIpRanges").flatMap((range, i) =>
		overlapFaults(
			isObject(range) ? goodRange(text(range, "ipCidrRange")) : undefined,
			taken,
			`secondaryIpRanges[${i}].ipCidrRange`,
		),
	);
	return [...overlapFaults(goodRange(text(inputs, "ipCidrRange")), taken, "ipCidrRange"), ...secondary];
}

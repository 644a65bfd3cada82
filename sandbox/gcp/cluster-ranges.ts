import { formatCidr, overlaps } from "../../lib/cidr";
import { isObject } from "../../lib/values";
import { faultsOf, outside } from "../check/fault-table";
import { flag, isAbsent, isSet, list, number, text } from "../check/inputs";
import type { CheckContext, Fault, SandboxObject } from "../model";
import { goodRange, networkNamed, SUBNETWORK } from "./ranges";
import { objectAt } from "./references";

const POLICY = "ipAllocationPolicy";

/** Sizes of the ranges in bits. Source: GKE, VPC-native clusters, "Defaults and limits for range sizes", unverified. */
const SIZES = { pods: { min: 9, max: 28 }, services: { min: 16, max: 28 } };

/** Subnet of the cluster's network, and its secondary ranges for pods and services. */
export function podNetworkFaults(context: CheckContext): Fault[] {
	const { inputs } = context;
	const subnet = objectAt(context, SUBNETWORK, "subnetwork");
	const home = networkNamed(context, text(inputs, "network"));
	const theirs = networkNamed(context, text(subnet?.outputs, "network"));
	const native = text(inputs, "networkingMode") !== "ROUTES";
	return [
		...faultsOf([
			outside(number(inputs, "defaultMaxPodsPerNode"), "defaultMaxPodsPerNode", { min: 8, max: 256, unit: "pods" }),
			{
				when: home !== undefined && theirs !== undefined && home.urn !== theirs.urn,
				property: "subnetwork",
				reason: `must be a subnet of ${home?.id}, but ${subnet?.id} is of ${theirs?.id}`,
			},
			{
				when: !native && isSet(inputs, POLICY),
				property: POLICY,
				reason: "needs networkingMode VPC_NATIVE; set it or remove the policy",
			},
			{
				when: isSet(inputs, "network") && isAbsent(inputs, "subnetwork") && home !== undefined && isCustom(home),
				property: "subnetwork",
				reason: `is required: ${home?.id} makes no subnets by itself; give the id of one in this region`,
			},
			...["cluster", "services"].map((kind) => ({
				when: isSet(inputs, `${POLICY}.${kind}SecondaryRangeName`) && isSet(inputs, `${POLICY}.${kind}Ipv4CidrBlock`),
				property: `${POLICY}.${kind}Ipv4CidrBlock`,
				reason: `cannot be combined with ${kind}SecondaryRangeName; remove one of them`,
			})),
		]),
		...(subnet ? [...rangeNameFaults(context, subnet), ...sizeFaults(context, subnet)] : []),
	];
}

function isCustom({ outputs }: SandboxObject): boolean {
	return flag(outputs, "autoCreateSubnetworks") === false;
}

/** The secondary range of a subnet by its name; undefined where the subnet has none of that name. */
export function secondaryRange(subnet: SandboxObject | undefined, name: string | undefined): string | undefined {
	const found = list(subnet?.outputs, "secondaryIpRanges").find(
		(range) => isObject(range) && text(range, "rangeName") === name,
	);
	return name === undefined ? undefined : text(found, "ipCidrRange");
}

function rangeNameFaults({ inputs }: CheckContext, subnet: SandboxObject): Fault[] {
	const names = ["cluster", "services"].map((kind) => text(inputs, `${POLICY}.${kind}SecondaryRangeName`));
	const rows = ["cluster", "services"].map((kind, i) => ({
		when: names[i] !== undefined && secondaryRange(subnet, names[i]) === undefined,
		property: `${POLICY}.${kind}SecondaryRangeName`,
		reason: `names no secondary range of ${subnet.id || subnet.urn}: ${JSON.stringify(names[i])}; add it there or name another`,
	}));
	return faultsOf([
		...rows,
		{
			when: names[0] !== undefined && names[0] === names[1],
			property: `${POLICY}.servicesSecondaryRangeName`,
			reason: "must be another range than that of the pods; name a second one",
		},
	]);
}

function sizeFaults({ inputs }: CheckContext, subnet: SandboxObject): Fault[] {
	const kinds = { cluster: SIZES.pods, services: SIZES.services };
	return Object.entries(kinds).flatMap(([kind, size]) => {
		const direct = text(inputs, `${POLICY}.${kind}Ipv4CidrBlock`);
		const name = text(inputs, `${POLICY}.${kind}SecondaryRangeName`);
		const block = goodRange(direct ?? secondaryRange(subnet, name));
		const primary = goodRange(text(subnet.outputs, "ipCidrRange"));
		const property = `${POLICY}.${kind}${direct === undefined ? "SecondaryRangeName" : "Ipv4CidrBlock"}`;
		return faultsOf([
			{
				when: block !== undefined && (block.prefix < size.min || block.prefix > size.max),
				property,
				reason: `must be a range of /${size.min} to /${size.max}, but ${block && formatCidr(block)} was given; choose another size`,
			},
			{
				when: direct !== undefined && block !== undefined && primary !== undefined && overlaps(block, primary),
				property,
				reason: `${direct} overlaps the range of ${subnet.id}; choose free addresses`,
			},
		]);
	});
}

import { closest } from "fastest-levenshtein";
import { instanceType } from "../catalogue/aws/instance-types";
import { logRetentionDays } from "../catalogue/aws/log-retention";
import { awsRegions } from "../catalogue/aws/regions";
import { requireLocked } from "../catalogue/lock";
import { regionCell } from "../lib/cells";
import { contains, isCanonical, overlaps, parseCidr, RFC1918, rangeOf } from "../lib/cidr";
import { broken, type Problem, type Requirement } from "../lib/errors";
import { inDays, inGib } from "../lib/units";
import { settleConflicts } from "./conflicts";
import type { GpuPoolSpec, RegionSpec, Spec } from "./schema";

const pinnedMinor = requireLocked("kubernetes/minor");

/** Everything that the schema cannot say of one field alone. All problems are reported together. */
export function crossFieldProblems(spec: Spec): Problem[] {
	return [
		...broken(environmentRules(spec)),
		...spec.regions.flatMap((region, i) => broken(regionRules(region, `regions[${i}]`, spec))),
		...overlapProblems(spec),
		...settleConflicts(spec.conflicts).problems,
	];
}

function environmentRules(spec: Spec): Requirement[] {
	const { domain } = spec.organization;
	const relaxed = spec.protection.relaxed;
	return [
		{
			when: !spec.global.dnsZone.endsWith(`.${domain}`) && spec.global.dnsZone !== domain,
			path: "global.dnsZone",
			message: `must lie under the organization's domain ${domain}, but ${spec.global.dnsZone} was given; use ${spec.environment}.${domain} or change organization.domain`,
		},
		{
			when: relaxed && (spec.layout === "cells" || spec.target === "cloud"),
			path: "protection.relaxed",
			message: "must be false for layout cells and for target cloud, because everything could be lost; remove the line",
		},
		{
			when: !relaxed && inDays(spec.protection.auditLock) < 2557,
			path: "protection.auditLock",
			message: `must be at least 2557d (7 years), but ${spec.protection.auditLock} was given; raise it, or relax protection in an environment that may be lost`,
		},
		{
			when: spec.kubernetesVersion !== pinnedMinor,
			path: "kubernetesVersion",
			message: `must be ${pinnedMinor}, the minor that the add-ons of catalogue/lock.ts are pinned for, but ${spec.kubernetesVersion} was given; change both together`,
		},
		{
			when: !logRetentionDays.includes(inDays(spec.logs.retention)),
			path: "logs.retention",
			message: `must be a time that CloudWatch Logs knows (${logRetentionDays.join(", ")} days), but ${spec.logs.retention} was given; take the next longer one`,
		},
		{
			when: !(spec.global.region in awsRegions),
			path: "global.region",
			message: unknownRegion(spec.global.region),
		},
		{
			when: spec.accounts.aws === undefined,
			path: "accounts.aws",
			message: "must name the account's id, because the global cell and regions are on aws; add accounts.aws.id",
		},
	];
}

function regionRules(region: RegionSpec, path: string, spec: Spec): Requirement[] {
	if (region.cloud !== "aws") {
		return [
			{
				when: region.enabled,
				path: `${path}.cloud`,
				message: `must be aws for a region that is enabled, but ${region.cloud} was given: this version builds no ${region.cloud} cells; set enabled: false`,
			},
		];
	}
	const known = awsRegions[region.region];
	const zones = known?.zones ?? [];
	return [
		{ when: known === undefined, path: `${path}.region`, message: unknownRegion(region.region) },
		...region.zones.map((zone, i) => ({
			when: known !== undefined && !zones.includes(zone),
			path: `${path}.zones[${i}]`,
			message: `must be a zone of ${region.region} (${zones.join(", ")}), but ${zone} was given`,
		})),
		{
			when: new Set(region.zones).size < region.zones.length,
			path: `${path}.zones`,
			message: `must name three different zones, but ${region.zones.join(", ")} was given`,
		},
		...rangeRules(region, path),
		...accessRules(region, path),
		{
			when: region.systemPool.min > region.systemPool.max,
			path: `${path}.systemPool.max`,
			message: `must be at least min (${region.systemPool.min} nodes), but ${region.systemPool.max} was given; raise max or lower min`,
		},
		{
			when: instanceType(region.systemPool.instanceType) === undefined,
			path: `${path}.systemPool.instanceType`,
			message: `must be an instance type of catalogue/aws/instance-types.ts, but ${region.systemPool.instanceType} was given; add it there with its source`,
		},
		...region.gpuPools.flatMap((pool, i) => gpuPoolRules(pool, `${path}.gpuPools[${i}]`, region, spec)),
	];
}

function rangeRules(region: RegionSpec, path: string): Requirement[] {
	const network = parseCidr(region.addresses);
	const service = parseCidr(region.cluster.serviceAddresses);
	return [
		{
			when:
				network === undefined ||
				network.prefix !== 16 ||
				!isCanonical(network) ||
				rangeOf(network, RFC1918) === undefined,
			path: `${path}.addresses`,
			message: `must be a /16 of private addresses (in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16) with no host bits, but ${region.addresses} was given; use one such as 10.16.0.0/16`,
		},
		{
			when:
				service === undefined ||
				service.prefix < 12 ||
				service.prefix > 24 ||
				!isCanonical(service) ||
				rangeOf(service, RFC1918) === undefined,
			path: `${path}.cluster.serviceAddresses`,
			message: `must be a private range of /12 to /24 with no host bits, but ${region.cluster.serviceAddresses} was given; use 172.20.0.0/16`,
		},
		{
			when: network !== undefined && service !== undefined && overlaps(network, service),
			path: `${path}.cluster.serviceAddresses`,
			message: `must not overlap the region's addresses ${region.addresses}, but ${region.cluster.serviceAddresses} was given; use another range`,
		},
	];
}

function accessRules(region: RegionSpec, path: string): Requirement[] {
	const { access, allowedAddresses } = region.cluster;
	const listed = access === "allow-list";
	return [
		{
			when: listed !== allowedAddresses.length > 0,
			path: `${path}.cluster.allowedAddresses`,
			message: listed
				? "must name at least one range where access is allow-list; add the ranges that may reach the API server"
				: "must be empty where access is in-network; remove the ranges or set access: allow-list",
		},
		...allowedAddresses.map((range, i) => {
			const parsed = parseCidr(range);
			return {
				when: parsed === undefined || parsed.prefix < 16,
				path: `${path}.cluster.allowedAddresses[${i}]`,
				message: `must be a range of /16 or smaller, but ${range} was given; list the addresses that are really yours`,
			};
		}),
	];
}

function gpuPoolRules(pool: GpuPoolSpec, path: string, region: RegionSpec, spec: Spec): Requirement[] {
	const type = instanceType(pool.instanceType);
	const offered = awsRegions[region.region]?.acceleratedTypes ?? [];
	const { capacity } = pool;
	return [
		{
			when: type?.gpus === undefined,
			path: `${path}.instanceType`,
			message: `must be an accelerated type of catalogue/aws/instance-types.ts, but ${pool.instanceType} was given; ${region.region} offers ${offered.join(", ") || "none"}`,
		},
		{
			when: type?.gpus !== undefined && !offered.includes(pool.instanceType),
			path: `${path}.instanceType`,
			message: `${pool.instanceType} is not offered in ${region.region}, which has ${offered.join(", ") || "none"}; choose one of these or another region`,
		},
		{
			when: !region.zones.includes(pool.zone),
			path: `${path}.zone`,
			message: `must be one of the region's zones (${region.zones.join(", ")}), but ${pool.zone} was given`,
		},
		{
			when: region.gpuPools.filter((other) => other.name === pool.name).length > 1,
			path: `${path}.name`,
			message: `must be unique within the region, but ${pool.name} names several pools; rename one`,
		},
		{
			when: capacity.kind === "reservation" && capacity.create === (capacity.id !== undefined),
			path: `${path}.capacity`,
			message: "must either create a reservation (create: true) or name one that exists (id), not both or neither",
		},
		{
			when: capacity.kind === "reservation" && capacity.create && spec.target === "cloud" && pool.nodes === 0,
			path: `${path}.nodes`,
			message: "must be at least 1 node where a reservation is created, because an empty reservation cannot be made",
		},
		{
			when: capacity.kind === "capacity-block" && Date.parse(capacity.starts) >= Date.parse(capacity.ends),
			path: `${path}.capacity.ends`,
			message: "must be later than starts; check the block's window",
		},
		{
			when: inGib(pool.rootVolume) < 100,
			path: `${path}.rootVolume`,
			message: `must be at least 100GiB for driver and images, but ${pool.rootVolume} was given; raise it`,
		},
	];
}

/** Regions that stand twice, and addresses that two regions share. */
function overlapProblems(spec: Spec): Problem[] {
	return spec.regions.flatMap((region, i) => {
		const others = spec.regions.slice(0, i);
		const twin = others.find(
			(other) => regionCell(other.cloud, other.region) === regionCell(region.cloud, region.region),
		);
		const clash = others.find((other) => share(other.addresses, region.addresses));
		return broken([
			{
				when: twin !== undefined,
				path: `regions[${i}].region`,
				message: `${region.region} stands twice in the list; remove one entry`,
			},
			{
				when: clash !== undefined,
				path: `regions[${i}].addresses`,
				message: `must not overlap another region's, but ${region.addresses} shares addresses with ${clash?.addresses} of ${clash?.region}; use another /16`,
			},
		]);
	});
}

function share(a: string, b: string): boolean {
	const left = parseCidr(a);
	const right = parseCidr(b);
	return left !== undefined && right !== undefined && (contains(left, right) || contains(right, left));
}

function unknownRegion(region: string): string {
	const names = Object.keys(awsRegions);
	const owner = cloudOfRegion(region);
	const whose = owner === undefined ? "" : ` (that is a region of ${owner})`;
	return `must be an AWS region of catalogue/aws/regions.ts (${names.join(", ")}), but ${region} was given${whose}; did you mean ${closest(region, names)}?`;
}

/** Whose region a name looks like, for a helpful message. */
function cloudOfRegion(region: string): string | undefined {
	if (/^[a-z]+-[a-z]+\d$/.test(region)) {
		return "Google Cloud";
	}
	return /^[a-z]+\d?$/.test(region) ? "Azure" : undefined;
}

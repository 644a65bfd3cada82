import { logRetentionDays } from "../catalogue/aws/log-retention";
import { awsRegions } from "../catalogue/aws/regions";
import { requireLocked } from "../catalogue/lock";
import { regionCell } from "../lib/cells";
import { contains, parseCidr } from "../lib/cidr";
import { broken, type Problem, type Requirement } from "../lib/errors";
import { inDays } from "../lib/units";
import { settleConflicts } from "./conflicts";
import { unknownRegion } from "./region-names";
import { regionRules } from "./region-rules";
import type { Spec } from "./schema";

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

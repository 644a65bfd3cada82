import { logRetentionDays } from "../catalogue/aws/log-retention";
import { cloudFacts } from "../catalogue/clouds";
import { requireLocked } from "../catalogue/lock";
import { type Cloud, clouds } from "../lib/cells";
import { broken, type Problem, type Requirement } from "../lib/errors";
import { inDays } from "../lib/units";
import { addressRoomRules } from "./address-room-rules";
import { enabledRegions } from "./cells";
import { settleConflicts } from "./conflicts";
import { gpuPoolRules } from "./gpu-pool-rules";
import { hubRules } from "./hub-ranges";
import { deviationRules } from "./inference/deviation-rules";
import { withModulePools } from "./inference/module-pools";
import { moduleRules } from "./inference/module-rules";
import { servingRules } from "./inference/serving-rules";
import { sizeRules } from "./inference/size-rules";
import { overlapProblems } from "./overlap-rules";
import { quotaRules } from "./quota-rules";
import { unknownRegion } from "./region-names";
import { regionRules } from "./region-rules";
import { reservationRules } from "./reservation-rules";
import type { RegionSpec, Spec } from "./schema";

const pinnedMinor = requireLocked("kubernetes/minor");

/** Everything that the schema cannot say of one field alone. All problems are reported together. */
export function crossFieldProblems(spec: Spec): Problem[] {
	const sizes = broken([...sizeRules(spec), ...moduleRules(spec)]);
	// Pools of modules are judged where the sizes that they come from are right.
	const expanded = sizes.length === 0 ? withAllPools(spec) : spec;
	return [
		...broken(environmentRules(spec)),
		...broken(accountRules(spec)),
		...broken(egressRules(spec)),
		...sizes,
		...(sizes.length === 0 ? broken(deviationRules(spec)) : []),
		...spec.regions.flatMap((region, i) => regionProblems(region, i, { spec, expanded })),
		...overlapProblems(expanded),
		...broken(quotaRules(expanded)),
		...broken(hubRules(spec)),
		...settleConflicts(spec.conflicts).problems,
	];
}

/** The specification with the pools of its modules among those of each region. */
export function withAllPools(spec: Spec): Spec {
	return { ...spec, regions: spec.regions.map((region) => withModulePools(region, spec)) };
}

/** Problems of a region's own settings, and of the pools that its modules get; each is said once. */
function regionProblems(
	region: RegionSpec,
	i: number,
	{ spec, expanded }: { readonly spec: Spec; readonly expanded: Spec },
): Problem[] {
	const path = `regions[${i}]`;
	const whole = expanded.regions[i] ?? region;
	const own = region.gpuPools.length;
	const ofModules = whole.gpuPools
		.slice(own)
		.flatMap((pool) => broken(gpuPoolRules(pool, `${path}.serving`, whole, spec)));
	const problems = [
		...broken(regionRules(region, path, spec)),
		...broken(servingRules(region, path, spec)),
		...broken(reservationRules(whole, path, spec)),
		...broken(addressRoomRules(whole, path)),
		...region.gpuPools.flatMap((pool, at) => broken(gpuPoolRules(pool, `${path}.gpuPools[${at}]`, whole, spec))),
		...ofModules,
	];
	return [...new Map(problems.map((problem) => [`${problem.path}: ${problem.message}`, problem])).values()];
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
	];
}

/** Firewall rules of Google Cloud follow whole names only. Source: Cloud NGFW, "FQDN objects", read 2026-11-28. */
function egressRules(spec: Spec): Requirement[] {
	const { control, domains } = spec.network.egress;
	const used = control === "allow-list" && enabledRegions(spec).some(({ cloud }) => cloud === "gcp");
	return domains.map((domain, i) => ({
		when: used && domain.startsWith("."),
		path: `network.egress.domains[${i}]`,
		message: `must be a whole name where a region is on Google Cloud, whose firewall rules know no wildcards, but ${domain} was given; list the names under it one by one`,
	}));
}

/** Every cloud that is built on needs its account, and an account's own region must be one of its cloud. */
function accountRules(spec: Spec): Requirement[] {
	const { aws, gcp, azure } = spec.accounts;
	const used = new Set<Cloud>(["aws", ...enabledRegions(spec).map((region) => region.cloud)]);
	const given = { aws, gcp, azure };
	const homes = [
		{ cloud: "aws" as const, path: "global.region", region: spec.global.region },
		...(gcp ? [{ cloud: "gcp" as const, path: "accounts.gcp.region", region: gcp.region }] : []),
		...(azure ? [{ cloud: "azure" as const, path: "accounts.azure.region", region: azure.region }] : []),
	];
	return [
		...clouds.map((cloud) => ({
			when: used.has(cloud) && given[cloud] === undefined,
			path: `accounts.${cloud}`,
			message: `must name ${accountNames[cloud]}, because ${usersOf(spec, cloud)} on ${cloud}; add it, or switch them off with enabled: false`,
		})),
		...homes.map(({ cloud, path, region }) => ({
			when: !Object.hasOwn(cloudFacts[cloud].regions, region),
			path,
			message: unknownRegion(cloud, region),
		})),
	];
}

const accountNames: { readonly [cloud in Cloud]: string } = {
	aws: "the account's id (id)",
	gcp: "the project (project, number, region)",
	azure: "the subscription (subscription, tenant, region)",
};

/** The cells of a cloud in words. */
function usersOf(spec: Spec, cloud: Cloud): string {
	const regions = enabledRegions(spec)
		.filter((region) => region.cloud === cloud)
		.map((region) => region.region);
	const cells = [...(cloud === "aws" ? ["the global cell"] : []), ...regions];
	return `${cells.join(", ")} ${cells.length === 1 ? "is" : "are"}`;
}

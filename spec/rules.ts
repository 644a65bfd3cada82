import { logRetentionDays } from "../catalogue/aws/log-retention";
import { cloudFacts } from "../catalogue/clouds";
import { requireLocked } from "../catalogue/lock";
import { type Cloud, clouds } from "../lib/cells";
import { broken, type Problem, type Requirement } from "../lib/errors";
import { inDays } from "../lib/units";
import { enabledRegions } from "./cells";
import { settleConflicts } from "./conflicts";
import { hubRules } from "./hub-ranges";
import { overlapProblems } from "./overlap-rules";
import { unknownRegion } from "./region-names";
import { regionRules } from "./region-rules";
import type { Spec } from "./schema";

const pinnedMinor = requireLocked("kubernetes/minor");

/** Everything that the schema cannot say of one field alone. All problems are reported together. */
export function crossFieldProblems(spec: Spec): Problem[] {
	return [
		...broken(environmentRules(spec)),
		...broken(accountRules(spec)),
		...spec.regions.flatMap((region, i) => broken(regionRules(region, `regions[${i}]`, spec))),
		...overlapProblems(spec),
		...broken(hubRules(spec)),
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
	];
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

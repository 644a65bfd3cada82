import type { Refusal } from "../check/fault-table";
import { isSelf } from "../check/model-check";
import type { CheckContext, SandboxObject } from "../model";

/** A published limit of a project or of an object in it. */
interface Limit {
	readonly title: string;
	readonly limit: number;
	readonly per: string;
	/** False where Google does not raise it on request. */
	readonly adjustable: boolean;
	readonly source: string;
	/** ISO date of reading. */
	readonly date: string;
}

const DATE = "2026-11-21";
const unverified = "general knowledge, unverified";

/**
 * Limits that the sandbox applies. Quotas of Compute Engine (networks, GPUs, addresses) differ between projects and are
 * not published, so none of them is here.
 */
const LIMITS = {
	clustersPerRegion: {
		title: "regional clusters",
		limit: 100,
		per: "region",
		adjustable: false,
		source: "Google Cloud, GKE quotas and limits",
		date: DATE,
	},
	domainsPerFirewallRule: {
		title: "domains",
		limit: 100,
		per: "rule of a firewall policy",
		adjustable: false,
		source: `Google Cloud, Cloud NGFW quotas: ${unverified}`,
		date: "2026-11-28",
	},
	excludedRangesPerSpoke: {
		title: "ranges that are left out",
		limit: 16,
		per: "spoke",
		adjustable: false,
		source: `Google Cloud, Network Connectivity Center quotas: ${unverified}`,
		date: "2026-11-28",
	},
	nodesPerPoolZone: {
		title: "nodes of a node pool in a zone",
		limit: 1000,
		per: "zone",
		adjustable: false,
		source: "Google Cloud, GKE quotas and limits",
		date: DATE,
	},
	routersPerNetworkRegion: {
		title: "Cloud Routers",
		limit: 5,
		per: "network and region",
		adjustable: false,
		source: `Google Cloud, Cloud Router quotas: ${unverified}`,
		date: DATE,
	},
	secondaryRangesPerSubnet: {
		title: "secondary ranges",
		limit: 170,
		per: "subnet",
		adjustable: false,
		source: `Google Cloud, VPC limits: ${unverified}`,
		date: DATE,
	},
	serviceAccountsPerProject: {
		title: "service accounts",
		limit: 100,
		per: "project",
		adjustable: true,
		source: `Google Cloud, IAM quotas: ${unverified}`,
		date: DATE,
	},
	vpcSpokesPerHub: {
		title: "active VPC spokes",
		limit: 250,
		per: "hub",
		adjustable: false,
		source: "Google Cloud, Network Connectivity Center, VPC spokes overview",
		date: "2026-11-28",
	},
	sinksPerProject: {
		title: "log sinks",
		limit: 200,
		per: "project",
		adjustable: false,
		source: `Google Cloud, Logging quotas: ${unverified}`,
		date: DATE,
	},
} as const satisfies { readonly [name: string]: Limit };

type LimitName = keyof typeof LIMITS;

/** A refusal where one more object would exceed a limit; `others` may hold the object that is updated. */
export function overLimit(
	name: LimitName,
	others: readonly SandboxObject[],
	context: CheckContext,
	property: string,
): Refusal {
	const limit: Limit = LIMITS[name];
	const taken = others.filter((other) => !isSelf(other, context)).length;
	return {
		when: taken + 1 > limit.limit,
		property,
		reason: `the limit of ${limit.title} is ${limit.limit} per ${limit.per}, and ${taken} exist; ${limit.adjustable ? "ask Google for more or use fewer" : "use fewer"}`,
	};
}

/** The value of a limit. */
export function limitOf(name: LimitName): number {
	return LIMITS[name].limit;
}

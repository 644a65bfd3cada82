import { isDeepStrictEqual } from "node:util";
import { hasUnknown } from "../../lib/values";
import { faultsOf } from "../check/fault-table";
import { isSet, text } from "../check/inputs";
import type { CheckContext, CreateContext, Fault, TypeModel } from "../model";
import { defineGcp, type GcpType } from "./define";
import { PROJECT_ID } from "./names";
import { serviceOfAgent } from "./service-agents";
import { SERVICE } from "./service-state";

/** Type of a service account. */
export const ACCOUNT = "gcp:serviceaccount/account:Account";
/** Type of a role of a project's own. */
export const CUSTOM_ROLE = "gcp:projects/iAMCustomRole:IAMCustomRole";

const MEMBER =
	/^(allUsers|allAuthenticatedUsers|(user|group|serviceAccount|domain|deleted:\w+|projectOwner|projectEditor|projectViewer):.+|principal(Set)?:\/\/.+)$/;
const ROLE = /^(roles\/[\w.]+|(projects\/[^/]+|organizations\/\d+)\/roles\/[\w.]+)$/;
const PRINCIPAL = /^principal(Set)?:\/\/iam\.googleapis\.com\/(projects|locations|organizations|folders)\//;
const POOL = /^principal(Set)?:\/\/iam\.googleapis\.com\/projects\/([^/]+)\/locations\/global\/workloadIdentityPools\//;
const OWN_ACCOUNT = /^serviceAccount:[^@]+@([a-z][a-z0-9-]{4,28}[a-z0-9])\.iam\.gserviceaccount\.com$/;
/** Identities of a GKE cluster's pods, in the older form and in the newer one. */
const GKE_MEMBER = /^(?:serviceAccount:|principal(?:Set)?:\/\/.+\/workloadIdentityPools\/)([^/]+)\.svc\.id\.goog[[/]/;

/** An additive grant of a role on something; `on` makes the first part of its id. */
export interface Grant extends Pick<GcpType, "type" | "apis" | "global" | "references" | "check"> {
	readonly on: (context: CreateContext) => string;
}

/**
 * A grant of one role to one member; it never holds what it is on. The cloud has one binding, however many resources
 * stand for it, and the deletion of any of them ends it: so a second one is refused here.
 */
export function defineGrant({ on, check, ...spec }: Grant): TypeModel {
	return defineGcp({
		...spec,
		check: (context) => [...memberFaults(context), ...twinFaults(spec.type, context), ...(check?.(context) ?? [])],
		id: (context) => {
			const { inputs } = context;
			const title = text(inputs, "condition.title");
			return [on(context), text(inputs, "role"), text(inputs, "member"), ...(title ? [title] : [])].join("/");
		},
		computed: (context) => ({ etag: `BwY${context.hex(8)}=` }),
	});
}

function twinFaults(type: string, context: CheckContext): Fault[] {
	const { inputs, self, world } = context;
	const member = text(inputs, "member");
	const same = member === undefined || hasUnknown(inputs) ? [] : world.find([type], "member", member);
	const twin = same.find((other) => other.urn !== self?.urn && isDeepStrictEqual(other.inputs, inputs));
	return faultsOf([
		{
			when: twin !== undefined,
			property: "member",
			reason: `has this role there already by ${twin?.urn}; the end of either grant would end both, so make it once`,
		},
	]);
}

function memberFaults(context: CheckContext): Fault[] {
	const { inputs, scope, world } = context;
	const [member, role] = [text(inputs, "member"), text(inputs, "role")];
	const ownRole = /^projects\/([^/]+)\/roles\//.exec(role ?? "")?.[1];
	const project = POOL.exec(member ?? "")?.[2];
	return [
		...faultsOf([
			{
				when: member !== undefined && !MEMBER.test(member),
				property: "member",
				reason: `must be a principal such as serviceAccount:<email>, group:<email> or principal://..., but ${JSON.stringify(member)} was given`,
			},
			{
				when: member?.startsWith("principal") === true && MEMBER.test(member) && !PRINCIPAL.test(member),
				property: "member",
				reason: `must begin with principal://iam.googleapis.com/projects/<number>/, but ${JSON.stringify(member)} was given`,
			},
			{
				when: project !== undefined && !/^\d+$/.test(project),
				property: "member",
				reason: `a workload identity pool is named by the project's number, but projects/${project} was given; use the number`,
			},
			{
				when: role !== undefined && !ROLE.test(role),
				property: "role",
				reason: `must be roles/<name>, projects/<project>/roles/<name> or organizations/<number>/roles/<name>, but ${JSON.stringify(role)} was given`,
			},
			{
				when: isSet(inputs, "condition") && /^roles\/(owner|editor|viewer)$/.test(role ?? ""),
				property: "condition",
				reason: `basic roles such as ${role} take no condition; choose a predefined role`,
			},
			{
				when: ownRole === scope.account && world.find([CUSTOM_ROLE], "id", role ?? "").length === 0,
				property: "role",
				reason: `names no existing role of ${scope.account}: ${JSON.stringify(role)}; create it first`,
			},
		]),
		...existenceFaults(context, member ?? "", scope.account),
	];
}

/**
 * IAM refuses members that do not exist; those of other projects cannot be known here. That the pool must exist is what
 * IAM says of the form with serviceAccount; of the one with principal it is unverified.
 */
function existenceFaults({ world }: CheckContext, member: string, account: string): Fault[] {
	const project = OWN_ACCOUNT.exec(member)?.[1];
	const pool = GKE_MEMBER.exec(member)?.[1];
	const pools = world.find(
		["gcp:container/cluster:Cluster"],
		"workloadIdentityConfig.workloadPool",
		`${pool}.svc.id.goog`,
	);
	const service = serviceOfAgent(member);
	return faultsOf([
		{
			when: service !== undefined && world.find([SERVICE], "service", service).length === 0,
			property: "member",
			reason: `names a service agent that does not exist: it comes with ${service}, which is enabled nowhere; enable it and let this resource depend on that`,
		},
		{
			when: project === account && PROJECT_ID.test(project) && world.find([ACCOUNT], "member", member).length === 0,
			property: "member",
			reason: `names no existing service account of ${account}: ${JSON.stringify(member)}; create it first, or give its output member`,
		},
		{
			when: pool === account && pools.length === 0,
			property: "member",
			reason: `the identity pool ${pool}.svc.id.goog exists once a cluster of ${account} has workload identity; let this resource depend on the cluster`,
		},
	]);
}

import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { hasUnknown, type Value } from "../../../lib/values";
import { fail, undetermined } from "../../judging";
import { isHidden, readList } from "../../reading";
import type { Judgement } from "../../rule";

/** Everyone, and everyone with any Google account. A condition on the grant does not change who they are. */
const PUBLIC = ["allusers", "allauthenticatedusers"];
/** Canned access lists that name either of them. */
const PUBLIC_LISTS = ["publicread", "publicreadwrite", "authenticatedread"];

/**
 * Resources whose outputs name a principal: accounts, the service agents and writers that come with a resource, and
 * clusters, whose workloads have identities.
 */
const IDENTITIES = [
	"gcp:serviceaccount/account:Account",
	"gcp:projects/serviceIdentity:ServiceIdentity",
	"gcp:organizations/project:Project",
	"gcp:logging/projectSink:ProjectSink",
	"gcp:logging/folderSink:FolderSink",
	"gcp:logging/organizationSink:OrganizationSink",
	"gcp:logging/billingAccountSink:BillingAccountSink",
	"gcp:sql/databaseInstance:DatabaseInstance",
	"gcp:bigquery/connection:Connection",
	"gcp:iam/workloadIdentityPool:WorkloadIdentityPool",
	"gcp:container/cluster:Cluster",
] as const;

/** An input that says who has access, and how it says so. */
export interface MemberPlace {
	readonly property: string;
	/**
	 * `members`: one principal or several; `entries`: access-list entries, `READER:allUsers`; `canned`: the name of a
	 * predefined list; `policy`: a whole policy as JSON text.
	 */
	readonly form: "members" | "entries" | "canned" | "policy";
}

/** The inputs of the usual trio of resources that grant roles on one thing. */
export const GRANT_PLACES: readonly MemberPlace[] = [
	{ property: "member", form: "members" },
	{ property: "members", form: "members" },
	{ property: "policyData", form: "policy" },
];

/**
 * What is wrong with who has access: everyone, or somebody who is not known yet and whom nothing in the program
 * proves to be a principal of its own.
 */
export function publicMemberProblems(
	graph: ResourceGraph,
	node: ResourceNode,
	places: readonly MemberPlace[],
): Judgement[] {
	return places.flatMap(({ property, form }) =>
		form === "policy" ? policyProblems(node, property) : listProblems(graph, node, property, form),
	);
}

function listProblems(
	graph: ResourceGraph,
	node: ResourceNode,
	property: string,
	form: "members" | "entries" | "canned",
): Judgement[] {
	const list = readList(node.inputs, property);
	const isPublic = form === "canned" ? isPublicList : isPublicMember;
	const problems = list.items
		.filter(({ value }) => isPublic(value))
		.map(({ path, value }) => fail(`access is given to ${String(value)}`, path));
	const proved = list.complete || (form === "members" && provesMembers(graph, node, property));
	return proved ? problems : [...problems, undetermined("it is not known yet who has access", property)];
}

/** More unknown members than identities of the program prove nothing of the others. */
function provesMembers(graph: ResourceGraph, node: ResourceNode, property: string): boolean {
	const given = node.inputs[property];
	const hidden = Array.isArray(given) ? given.filter(isHidden).length : 1;
	return graph.sourcesOf(node, property, ...IDENTITIES).length >= hidden;
}

/** `allUsers` by itself, or at the end of an access-list entry. */
function isPublicMember(value: Value): boolean {
	return typeof value === "string" && PUBLIC.includes(value.trim().toLowerCase().split(":").at(-1) ?? "");
}

function isPublicList(value: Value): boolean {
	return typeof value === "string" && PUBLIC_LISTS.includes(value.trim().toLowerCase());
}

/** A policy text that holds an unknown is read all the same: who is known to have access does not change. */
function policyProblems(node: ResourceNode, property: string): Judgement[] {
	const given = node.inputs[property];
	if (given === undefined || given === null || given === "") {
		return [];
	}
	const doubt = isHidden(given) ? [undetermined("it is not known yet who has access", property)] : [];
	const policy = typeof given === "string" ? parsed(given) : given;
	if (policy === undefined) {
		return doubt.length > 0 ? doubt : [fail("the policy is no JSON, so it cannot be judged", property)];
	}
	const open = stringsIn(policy).filter(isPublicMember);
	const problems = [...new Set(open)].map((member) => fail(`access is given to ${member}`, property));
	return [
		...problems,
		...(doubt.length > 0 || hasUnknown(policy) ? [undetermined("it is not known yet who has access", property)] : []),
	];
}

function parsed(text: string): Value | undefined {
	try {
		const value: Value = JSON.parse(text);
		return typeof value === "object" ? value : undefined;
	} catch {
		return undefined;
	}
}

function stringsIn(value: Value): string[] {
	if (typeof value === "string") {
		return [value];
	}
	return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

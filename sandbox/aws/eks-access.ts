import { faultsOf } from "../check/fault-table";
import { at, isSet, list, text, texts } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, Fault, SandboxObject, TypeModel } from "../model";
import { defineAws } from "./define";
import { CLUSTER } from "./eks-cluster";
import { arn, uuid } from "./names";

const ENTRY = "aws:eks/accessEntry:AccessEntry";
const ASSOCIATION = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";

const PRINCIPAL = /^arn:[^:]+:iam::\d{12}:(role|user)\/.+$/;
const POLICY = /^arn:[^:]+:eks::aws:cluster-access-policy\/Amazon\w+$/;
const RESERVED = ["system:", "eks:", "aws:", "amazon:", "iam:"];

/** Lets an IAM principal into a cluster; one entry each principal. */
export const accessEntry: TypeModel = defineAws({
	type: ENTRY,
	references: [{ path: "clusterName", to: [CLUSTER], by: "name", holds: false }],
	values: {
		type: ["STANDARD", "EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "EC2", "HYBRID_LINUX", "HYPERPOD_LINUX"],
	},
	check: entryFaults,
	defaults: { kubernetesGroups: [], type: "STANDARD" },
	id: ({ inputs }) => `${text(inputs, "clusterName")}:${text(inputs, "principalArn")}`,
	computed: (context) => {
		const [, , , , account = "", path = ""] = (text(context.inputs, "principalArn") ?? "").split(":");
		const owner = text(context.inputs, "clusterName");
		return {
			accessEntryArn: arn(
				context.scope,
				"eks",
				`access-entry/${owner}/${path.replace("/", `/${account}/`)}/${uuid(context)}`,
			),
			createdAt: context.now,
		};
	},
	derived: (context) => ({
		modifiedAt: context.now,
		userName: text(context.inputs, "userName") ?? userNameOf(text(context.inputs, "principalArn") ?? ""),
	}),
});

/** A role's user name is its session's ARN, a user's its own. */
function userNameOf(principal: string): string {
	const role = /^arn:([^:]+):iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(principal);
	return role ? `arn:${role[1]}:sts::${role[2]}:assumed-role/${role[3]}/{{SessionName}}` : principal;
}

function entryFaults(context: CheckContext): Fault[] {
	const { inputs, world } = context;
	const owner = text(inputs, "clusterName");
	const principal = text(inputs, "principalArn");
	const [cluster] = owner === undefined ? [] : world.find([CLUSTER], "name", owner);
	const mode = at(cluster?.outputs, "accessConfig.authenticationMode") ?? "CONFIG_MAP";
	const classic = cluster !== undefined && mode === "CONFIG_MAP";
	const twin = entriesOf(context, owner, principal).find((other) => !isSelf(other, context));
	const standard = !isSet(inputs, "type") || text(inputs, "type") === "STANDARD";
	const groups = texts(inputs, "kubernetesGroups");
	const reserved = [...groups, text(inputs, "userName") ?? ""].find((name) =>
		RESERVED.some((word) => name.startsWith(word)),
	);
	return faultsOf([
		{
			when: principal !== undefined && !PRINCIPAL.test(principal),
			property: "principalArn",
			reason: `must be the ARN of an IAM role or user (not of a session or of root), but ${JSON.stringify(principal)} was given`,
		},
		{
			when: principal !== undefined && twin !== undefined,
			property: "principalArn",
			reason: `the cluster has an entry for ${principal} already (${twin?.urn}); change that one`,
		},
		{
			when: classic,
			property: "clusterName",
			reason: `the cluster's authenticationMode is CONFIG_MAP, which has no access entries; set API or API_AND_CONFIG_MAP`,
		},
		{
			when: reserved !== undefined,
			property: "kubernetesGroups",
			reason: `names beginning with ${RESERVED.join(", ")} are reserved, but ${JSON.stringify(reserved)} was given`,
		},
		{
			when: !standard && (groups.length > 0 || isSet(inputs, "userName")),
			property: "kubernetesGroups",
			reason: `groups and user names go with type STANDARD only, not ${text(inputs, "type")}; remove them`,
		},
	]);
}

function entriesOf(context: CheckContext, owner: string | undefined, principal: string | undefined): SandboxObject[] {
	const all = owner === undefined || principal === undefined ? [] : context.world.list(ENTRY, context.scope);
	return all.filter((entry) => entry.outputs.clusterName === owner && entry.outputs.principalArn === principal);
}

/** Gives a principal that has an entry one of EKS's access policies. */
export const accessPolicyAssociation: TypeModel = defineAws({
	type: ASSOCIATION,
	references: [{ path: "clusterName", to: [CLUSTER], by: "name", holds: false }],
	values: { "accessScope.type": ["cluster", "namespace"] },
	check: (context) => {
		const { inputs } = context;
		const [owner, principal] = [text(inputs, "clusterName"), text(inputs, "principalArn")];
		const policy = text(inputs, "policyArn");
		const scope = text(inputs, "accessScope.type");
		const namespaces = list(inputs, "accessScope.namespaces").length;
		const entries = entriesOf(context, owner, principal);
		const special = entries.find((entry) => (text(entry.outputs, "type") ?? "STANDARD") !== "STANDARD");
		return faultsOf([
			{
				when: policy !== undefined && !POLICY.test(policy),
				property: "policyArn",
				reason: `must be of the form arn:aws:eks::aws:cluster-access-policy/<name>, but ${JSON.stringify(policy)} was given`,
			},
			{
				when: owner !== undefined && principal !== undefined && entries.length === 0,
				property: "principalArn",
				reason: `the cluster ${owner} has no access entry for ${principal}; create an AccessEntry first, and depend on it`,
			},
			{
				when: special !== undefined,
				property: "principalArn",
				reason: `the access entry is of type ${text(special?.outputs, "type")}, which takes no access policies`,
			},
			{
				when: scope === "namespace" && namespaces === 0,
				property: "accessScope.namespaces",
				reason: "is required where the scope's type is namespace; name at least one",
			},
			{
				when: scope === "cluster" && namespaces > 0,
				property: "accessScope.namespaces",
				reason: "cannot be given where the scope's type is cluster; remove it",
			},
		]);
	},
	id: ({ inputs }) => ["clusterName", "principalArn", "policyArn"].map((path) => text(inputs, path)).join("#"),
	computed: (context) => ({ associatedAt: context.now }),
	derived: (context) => ({ modifiedAt: context.now }),
});

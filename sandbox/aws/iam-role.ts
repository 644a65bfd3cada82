import { isObject } from "../../lib/values";
import { faultsOf, outside } from "../check/fault-table";
import { list, number, text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { NameRule, TypeModel } from "../model";
import { defineAws } from "./define";
import { givenName, globalArn, upperId } from "./names";
import { policyFaults, policyText } from "./policy-document";
import { overQuota } from "./quota";

const ROLE = "aws:iam/role:Role";
const POLICY = "aws:iam/policy:Policy";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

/** Policies that AWS keeps have no account in their ARN. */
const CUSTOMER_POLICY = /^arn:[^:]+:iam::\d{12}:policy\//;

/** The rule for names in IAM: letters, digits and a few signs, up to `max` characters. */
export function iamName(max: number, unique: NameRule["unique"]): NameRule {
	return {
		path: "name",
		pattern: new RegExp(`^[\\w+=,.@-]{1,${max}}$`),
		allowed: `1 to ${max} of letters, digits and _+=,.@-`,
		unique,
		autoNameLength: max,
	};
}

/** True for a path as IAM wants it: it begins and ends with a slash, at most 512 characters. */
export function isIamPath(path: string): boolean {
	return path.length <= 512 && /^\/([!-~]+\/)?$/.test(path);
}

/** A role, with the policy that says who may assume it. */
export const role: TypeModel = defineAws({
	type: ROLE,
	global: true,
	name: iamName(64, "account"),
	references: [{ path: "managedPolicyArns[]", to: [POLICY], by: "arn", only: CUSTOMER_POLICY }],
	check: ({ inputs }) => {
		const path = text(inputs, "path") ?? "/";
		const description = text(inputs, "description") ?? "";
		return [
			...policyFaults(inputs.assumeRolePolicy, "assumeRolePolicy", "trust"),
			...list(inputs, "inlinePolicies").flatMap((inline, i) =>
				isObject(inline) ? policyFaults(inline.policy, `inlinePolicies[${i}].policy`, "identity", 10240) : [],
			),
			...faultsOf([
				outside(number(inputs, "maxSessionDuration"), "maxSessionDuration", { min: 3600, max: 43200, unit: "seconds" }),
				{
					when: !isIamPath(path),
					property: "path",
					reason: `must begin and end with / and have at most 512 characters, but ${JSON.stringify(path)} was given`,
				},
				{
					when: description.length > 1000,
					property: "description",
					reason: `must have at most 1000 characters, but has ${description.length}; shorten it`,
				},
			]),
		];
	},
	defaults: {
		description: "",
		forceDetachPolicies: false,
		inlinePolicies: [],
		managedPolicyArns: [],
		maxSessionDuration: 3600,
		namePrefix: "",
		path: "/",
		permissionsBoundary: "",
	},
	id: (context) => givenName(context, "name", "namePrefix"),
	computed: (context, id) => ({
		arn: globalArn(context.scope, "iam", `role${text(context.inputs, "path") ?? "/"}${id}`),
		createDate: context.now,
		name: id,
		uniqueId: upperId(context, "AROA", 17),
	}),
	derived: ({ inputs }) => ({ assumeRolePolicy: policyText(inputs.assumeRolePolicy) }),
});

/** A policy that lives in its role; IAM refuses to delete the role before it. */
export const rolePolicy: TypeModel = defineAws({
	type: "aws:iam/rolePolicy:RolePolicy",
	global: true,
	name: iamName(128, "none"),
	references: [{ path: "role", to: [ROLE], by: "name" }],
	check: ({ inputs }) => policyFaults(inputs.policy, "policy", "identity", 10240),
	defaults: { namePrefix: "" },
	id: (context) => `${text(context.inputs, "role")}:${givenName(context, "name", "namePrefix")}`,
	computed: (_, id) => ({ name: id.slice(id.indexOf(":") + 1) }),
	derived: ({ inputs }) => ({ policy: policyText(inputs.policy) }),
});

/** Attaches a policy to a role, once; both are held while it lasts. */
export const rolePolicyAttachment: TypeModel = defineAws({
	type: ATTACHMENT,
	global: true,
	references: [
		{ path: "role", to: [ROLE], by: "name" },
		{ path: "policyArn", to: [POLICY], by: "arn", only: CUSTOMER_POLICY },
	],
	check: (context) => {
		const { inputs, world } = context;
		const [name, policy] = [text(inputs, "role"), text(inputs, "policyArn")];
		const attached = world
			.find([ATTACHMENT], "role", name ?? "")
			.filter((other) => other.account === context.scope.account);
		const twin = attached.find((other) => !isSelf(other, context) && text(other.outputs, "policyArn") === policy);
		return faultsOf([
			{
				when: policy !== undefined && !/^arn:[^:]+:iam::(aws|\d{12}):policy\/.+$/.test(policy),
				property: "policyArn",
				reason: `must be the ARN of a policy, such as arn:aws:iam::aws:policy/<name>, but ${JSON.stringify(policy)} was given`,
			},
			{
				when: policy !== undefined && twin !== undefined,
				property: "policyArn",
				reason: `${policy} is attached to ${name} by ${twin?.urn} already; keep one of them`,
			},
			overQuota("managedPoliciesPerRole", name === undefined ? [] : attached, context, "role"),
		]);
	},
	id: ({ inputs }) => `${text(inputs, "role")}/${text(inputs, "policyArn")}`,
});

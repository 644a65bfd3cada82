import assert from "node:assert/strict";
import { UNKNOWN } from "../../../../lib/values";
import { identityQueries } from "../../../../requirements/queries/identity";
import { resource, withInput } from "../../../support/resources";
import { ask, describeTopic, queryOf } from "./asking";

const role = resource("aws:iam/role:Role", "loader", {});
const from = { role: [role] };
const binding = resource(
	"aws:eks/podIdentityAssociation:PodIdentityAssociation",
	"loader",
	{ roleArn: UNKNOWN },
	{ from: { roleArn: [role] } },
);
const statement = { Effect: "Allow", Action: ["s3:GetObject"], Resource: "arn:aws:s3:::models/*" };
const inline = resource(
	"aws:iam/rolePolicy:RolePolicy",
	"read",
	{ policy: JSON.stringify({ Statement: [statement] }) },
	{ from },
);
const attached = resource(
	"aws:iam/rolePolicyAttachment:RolePolicyAttachment",
	"cni",
	{ policyArn: "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy" },
	{ from },
);
const all = [role, binding, inline, attached];
const words = "service accounts with a role of their own and known, narrow permissions";
const example = {
	served: all,
	found: `1 of 1 ${words}`,
	broken: [role, binding, withInput(inline, "policy", UNKNOWN), attached],
	instead: `0 of 1 ${words}`,
};

describeTopic("identity queries", identityQueries, {
	"SV-SEC-1/least-privilege": example,
	"AG-AUD-1/least-privilege": example,
});

describe("least privilege", () => {
	const broad = { Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::models/*" }] };
	const everywhere = { Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }] };
	const broken = {
		"every action of a service": [role, binding, withInput(inline, "policy", JSON.stringify(broad)), attached],
		"an action on every resource": [role, binding, withInput(inline, "policy", JSON.stringify(everywhere)), attached],
		"an administrator": [
			role,
			binding,
			withInput(attached, "policyArn", "arn:aws:iam::aws:policy/AdministratorAccess"),
		],
		"a role that two service accounts share": [...all, { ...binding, urn: `${binding.urn}-2` }],
	};
	for (const [what, nodes] of Object.entries(broken)) {
		it(`is not met by ${what}`, () => {
			assert.equal(ask(queryOf(identityQueries, "SV-SEC-1/least-privilege"), nodes).works, false);
		});
	}
});

import assert from "node:assert/strict";
import type { ResourceNode } from "../../../../lib/graph";
import { UNKNOWN } from "../../../../lib/values";
import { identityQueries } from "../../../../requirements/queries/identity";
import { resource, withInput } from "../../../support/resources";
import { azure } from "../../../support/resources-azure";
import { gcp } from "../../../support/resources-gcp";
import { ask, describeTopic, outcome, queryOf } from "./asking";

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
const words = "service accounts with an identity of their own and known, narrow permissions";
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

/** What the query says of the resources, without its words. */
function counts(nodes: readonly ResourceNode[]): string {
	const { found, works } = outcome(ask(queryOf(identityQueries, "SV-SEC-1/least-privilege"), nodes));
	return `${found.replace(` ${words}`, "")}, ${works ? "works" : "does not work"}`;
}

describe("least privilege on Google Cloud", () => {
	const pool = "iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/acme.svc.id.goog";
	const member = `principal://${pool}/subject/ns/serving/sa/loader`;
	const read = { bucket: "models", role: "roles/storage.objectViewer", member };
	const grant = gcp("storage/bucketIAMMember:BucketIAMMember", "loader", read);

	it("is met by a role on one resource, counted once for each service account", () => {
		assert.equal(counts([grant]), "1 of 1, works");
		const log = gcp("pubsub/topicIAMBinding:TopicIAMBinding", "events", {
			role: "roles/pubsub.publisher",
			members: [member],
		});
		assert.equal(counts([grant, log]), "1 of 1, works");
		const other = withInput(
			{ ...grant, urn: `${grant.urn}-2` },
			"member",
			`principal://${pool}/subject/ns/data/sa/etl`,
		);
		assert.equal(counts([grant, other]), "2 of 2, works");
	});

	it("is not met by a role over the project, an administrator, a role of one's own, or a set of accounts", () => {
		const everywhere = gcp("projects/iAMMember:IAMMember", "loader", read);
		assert.equal(counts([everywhere]), "0 of 1, does not work");
		assert.equal(counts([withInput(grant, "role", "roles/storage.admin")]), "0 of 1, does not work");
		assert.equal(counts([withInput(grant, "role", "roles/storage.objectAdmin")]), "0 of 1, does not work");
		assert.equal(counts([withInput(grant, "role", "projects/acme/roles/reader")]), "0 of 1, does not work");
		assert.equal(
			counts([withInput(grant, "member", `principalSet://${pool}/namespace/serving`)]),
			"0 of 1, does not work",
		);
		const older = withInput(grant, "member", "serviceAccount:acme.svc.id.goog[serving/loader]");
		assert.equal(counts([older]), "0 of 1, does not work");
	});

	it("says nothing of members that are no workloads", () => {
		assert.equal(counts([withInput(grant, "member", "group:platform@acme.example")]), "0 of 0, does not work");
	});
});

describe("least privilege on Azure", () => {
	const identity = azure("managedidentity:UserAssignedIdentity", "loader", {});
	const binding = azure(
		"managedidentity:FederatedIdentityCredential",
		"loader",
		{ resourceName: "loader" },
		{ from: { resourceName: [identity] } },
	);
	const container = azure("storage:BlobContainer", "models", {});
	const group = azure("resources:ResourceGroup", "cell", {});
	const definition = (id: string) => `/subscriptions/1/providers/Microsoft.Authorization/roleDefinitions/${id}`;
	const reader = definition("2a2b9908-6ea1-4ae2-8e65-a410df84e7d1");
	const grantOver = (scope: ResourceNode) =>
		azure(
			"authorization:RoleAssignment",
			"loader",
			{ roleDefinitionId: reader, scope: UNKNOWN, principalId: UNKNOWN },
			{ from: { scope: [scope], principalId: [identity] } },
		);
	const grant = grantOver(container);

	it("is met by a role on one resource", () => {
		assert.equal(counts([identity, binding, container, grant]), "1 of 1, works");
		const literal = "/subscriptions/1/resourceGroups/cell/providers/Microsoft.Storage/storageAccounts/models";
		assert.equal(counts([identity, binding, withInput(grant, "scope", literal)]), "1 of 1, works");
	});

	it("is not met by an owner, a scope of many resources, or an identity that two service accounts share", () => {
		const owner = definition("8e3af657-a8ff-443c-a75c-2fe8c4bcb635");
		const nodes = [identity, binding, container, group];
		assert.equal(counts([...nodes, withInput(grant, "roleDefinitionId", owner)]), "0 of 1, does not work");
		assert.equal(counts([...nodes, withInput(grant, "roleDefinitionId", UNKNOWN)]), "0 of 1, does not work");
		assert.equal(counts([...nodes, grantOver(group)]), "0 of 1, does not work");
		assert.equal(counts([...nodes, withInput(grant, "scope", "/subscriptions/1")]), "0 of 1, does not work");
		const second = { ...binding, urn: `${binding.urn}-2` };
		assert.equal(counts([...nodes, grant, second]), "0 of 2, does not work");
	});
});

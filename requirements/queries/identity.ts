import type { ResourceGraph, ResourceNode } from "../../lib/graph";
import type { ItemAnswer, QueryRegistry } from "../row";
import { everyOne } from "./answers";
import { comesFrom, textAt } from "./counting";
import { allowsEverything, statementsOf } from "./policy-text";

const BINDING = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
const ROLE = "aws:iam/role:Role";
const INLINE = "aws:iam/rolePolicy:RolePolicy";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

/** AWS's own policies that allow everything, or everything of a service. */
const BROAD = /(AdministratorAccess|PowerUserAccess|FullAccess)$/;

/** Least privilege of each workload identity: SV-SEC-1 and AG-AUD-1. */
export const identityQueries: QueryRegistry = {
	"SV-SEC-1/least-privilege": leastPrivilege,
	"AG-AUD-1/least-privilege": leastPrivilege,
};

/** A policy that is not known before creation proves nothing. */
function leastPrivilege(graph: ResourceGraph): ItemAnswer {
	const bindings = graph.ofType(BINDING);
	return everyOne(
		bindings,
		(binding) => {
			const [role] = graph.sourcesOf(binding, "roleArn", ROLE);
			return role !== undefined && isUnshared(graph, bindings, role) && isNarrow(graph, role);
		},
		"service accounts with a role of their own and known, narrow permissions",
	);
}

function isUnshared(graph: ResourceGraph, bindings: readonly ResourceNode[], role: ResourceNode): boolean {
	return bindings.filter((binding) => comesFrom(graph, binding, { property: "roleArn", source: role })).length === 1;
}

function isNarrow(graph: ResourceGraph, role: ResourceNode): boolean {
	const inline = graph.ofType(INLINE).filter((policy) => comesFrom(graph, policy, { property: "role", source: role }));
	const attached = graph
		.ofType(ATTACHMENT)
		.filter((policy) => comesFrom(graph, policy, { property: "role", source: role }));
	return (
		inline.every(({ inputs }) => isNarrowText(textAt(inputs, "policy"))) &&
		attached.every(({ inputs }) => isNarrowPolicy(textAt(inputs, "policyArn")))
	);
}

function isNarrowText(policy: string | undefined): boolean {
	const statements = policy === undefined ? [] : statementsOf(policy);
	return statements.length > 0 && !statements.some(allowsEverything);
}

function isNarrowPolicy(arn: string | undefined): boolean {
	return arn !== undefined && !BROAD.test(arn);
}

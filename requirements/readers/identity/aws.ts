import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { comesFrom, textAt } from "../../counting";
import { allowsEverything, statementsOf } from "../aws-policy-text";
import type { BoundIdentity } from "./identity";

const BINDING = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
const ROLE = "aws:iam/role:Role";
const INLINE = "aws:iam/rolePolicy:RolePolicy";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

/** AWS's own policies that allow everything, or everything of a service. */
const BROAD = /(AdministratorAccess|PowerUserAccess|FullAccess)$/;

/** EKS Pod Identity: associations with the roles that they give. */
export function awsIdentities(graph: ResourceGraph): BoundIdentity[] {
	const bindings = graph.ofType(BINDING);
	return bindings.map((node) => {
		const [role] = graph.sourcesOf(node, "roleArn", ROLE);
		return { node, isNarrow: role !== undefined && isUnshared(graph, bindings, role) && isNarrow(graph, role) };
	});
}

function isUnshared(graph: ResourceGraph, bindings: readonly ResourceNode[], role: ResourceNode): boolean {
	return bindings.filter((binding) => comesFrom(graph, binding, { property: "roleArn", source: role })).length === 1;
}

/** A policy that is not known before creation proves nothing. */
function isNarrow(graph: ResourceGraph, role: ResourceNode): boolean {
	const of = (type: string) =>
		graph.ofType(type).filter((policy) => comesFrom(graph, policy, { property: "role", source: role }));
	return (
		of(INLINE).every(({ inputs }) => isNarrowText(textAt(inputs, "policy"))) &&
		of(ATTACHMENT).every(({ inputs }) => isNarrowPolicy(textAt(inputs, "policyArn")))
	);
}

function isNarrowText(policy: string | undefined): boolean {
	const statements = policy === undefined ? [] : statementsOf(policy);
	return statements.length > 0 && !statements.some(allowsEverything);
}

function isNarrowPolicy(arn: string | undefined): boolean {
	return arn !== undefined && !BROAD.test(arn);
}

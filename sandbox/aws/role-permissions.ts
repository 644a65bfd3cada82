import { isUnknown, type Properties, type Value } from "../../lib/values";
import { list, text, texts } from "../check/inputs";
import type { SandboxObject, World } from "../model";
import { parsePolicy, statementsOf } from "./policy-document";
import { allows, type PolicyRequest } from "./policy-grants";

const INLINE = "aws:iam/rolePolicy:RolePolicy";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

const IMAGES = [
	"ecr:GetAuthorizationToken",
	"ecr:BatchCheckLayerAvailability",
	"ecr:BatchGetImage",
	"ecr:GetDownloadUrlForLayer",
];

/**
 * What AWS's own policies allow of the actions that the sandbox asks for; one that is not here allows none of them.
 * Source: AWS Managed Policy Reference Guide, read 2026-11-21.
 */
const AWS_POLICIES: { readonly [name: string]: readonly string[] } = {
	AdministratorAccess: ["*"],
	AmazonEC2ContainerRegistryFullAccess: ["ecr:*"],
	AmazonEC2ContainerRegistryPowerUser: IMAGES,
	AmazonEC2ContainerRegistryPullOnly: IMAGES,
	AmazonEC2ContainerRegistryReadOnly: IMAGES,
	AmazonEC2FullAccess: ["ec2:*"],
	AmazonEC2ReadOnlyAccess: ["ec2:Describe*"],
	AmazonEKSWorkerNodePolicy: ["ec2:DescribeInstances", "ec2:DescribeInstanceTypes", "eks:DescribeCluster"],
	AmazonEKS_CNI_Policy: [
		"ec2:AssignPrivateIpAddresses",
		"ec2:AttachNetworkInterface",
		"ec2:CreateNetworkInterface",
		"ec2:DescribeInstances",
		"ec2:DescribeInstanceTypes",
	],
	PowerUserAccess: ["ec2:*", "ecr:*", "eks:*"],
	ReadOnlyAccess: ["ec2:Describe*", "eks:Describe*", ...IMAGES],
};

/** The requests that the role's permissions refuse; none where one of its policies is not known. */
export function refusedTo(role: SandboxObject, requests: readonly PolicyRequest[], world: World): string[] {
	const documents = policiesOf(role, world);
	if (documents.includes(undefined)) {
		return [];
	}
	const together: Properties = { Statement: documents.flatMap(statementsOf) };
	return requests.filter((request) => !allows(together, request)).map(({ action }) => action);
}

/** Every policy of a role, in it or attached to it; undefined for one that is not known. */
function policiesOf(role: SandboxObject, world: World): (Properties | undefined)[] {
	const scope = { account: role.account, region: role.region };
	const own = (type: string): SandboxObject[] =>
		world
			.list(type, scope)
			.filter(({ outputs }) => isUnknown(outputs.role) || outputs.role === text(role.outputs, "name"));
	const inline: (Value | undefined)[] = [
		...own(INLINE).map(({ outputs }) => (isUnknown(outputs.role) ? undefined : outputs.policy)),
		...list(role.outputs, "inlinePolicies").map((each) => text(each, "policy")),
	];
	const attached = own(ATTACHMENT).map(({ outputs }) =>
		isUnknown(outputs.role) ? undefined : text(outputs, "policyArn"),
	);
	return [
		...inline.map(parsePolicy),
		...[...attached, ...texts(role.outputs, "managedPolicyArns")].map((arn) => managedPolicy(arn, world)),
	];
}

function managedPolicy(arn: string | undefined, world: World): Properties | undefined {
	const [, name] = /^arn:[^:]+:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(arn ?? "") ?? [];
	if (arn === undefined || name === undefined) {
		const [policy] = world.find(["aws:iam/policy:Policy"], "arn", arn ?? "");
		return parsePolicy(policy?.outputs.policy);
	}
	const actions = Object.hasOwn(AWS_POLICIES, name) ? AWS_POLICIES[name] : undefined;
	return actions ? { Statement: [{ Effect: "Allow", Action: [...actions], Resource: "*" }] } : {};
}

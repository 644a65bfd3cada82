import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { eksImageAccount } from "../../catalogue/aws/regions";
import { type CellContext, physicalName } from "../cell-context";
import { policyDocument, trustService } from "../policy-document";

/** A role with what must be attached before it is of use. */
export interface ReadyRole {
	readonly role: aws.iam.Role;
	readonly permissions: readonly pulumi.Resource[];
}

/** The control plane's own role. */
export function clusterRole(name: string, context: CellContext, opts: pulumi.CustomResourceOptions): ReadyRole {
	const role = new aws.iam.Role(
		`${name}-role`,
		{ name: physicalName(context, "cluster", 64), assumeRolePolicy: trustService("eks.amazonaws.com") },
		opts,
	);
	return { role, permissions: attach(`${name}-role`, role, ["AmazonEKSClusterPolicy"], opts) };
}

/**
 * The nodes' role: what nodeadm and a kubelet need and, of images, only the platform's own and EKS's. Network and disk
 * drivers have roles of their own.
 */
export function nodeRole(
	name: string,
	context: CellContext,
	repositories: readonly pulumi.Input<string>[],
	opts: pulumi.CustomResourceOptions,
): ReadyRole {
	const role = new aws.iam.Role(
		`${name}-node-role`,
		{ name: physicalName(context, "node", 64), assumeRolePolicy: trustService("ec2.amazonaws.com") },
		opts,
	);
	// The smaller AmazonEKSWorkerNodeMinimalPolicy lacks ec2:DescribeInstances, without which nodeadm cannot start.
	const managed = attach(`${name}-node-role`, role, ["AmazonEKSWorkerNodePolicy"], opts);
	const own = `arn:aws:ecr:${context.region}:${eksImageAccount(context.region)}:repository/*`;
	return { role, permissions: [...managed, pullImages(name, role, [...repositories, own], opts)] };
}

function pullImages(
	name: string,
	role: aws.iam.Role,
	repositories: readonly pulumi.Input<string>[],
	opts: pulumi.CustomResourceOptions,
): aws.iam.RolePolicy {
	const policy = pulumi.all([...repositories]).apply((arns) =>
		policyDocument(
			{ Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
			{
				Effect: "Allow",
				Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
				Resource: arns,
			},
		),
	);
	return new aws.iam.RolePolicy(`${name}-node-role-images`, { role: role.name, name: "pull-images", policy }, opts);
}

function attach(
	name: string,
	role: aws.iam.Role,
	policies: readonly string[],
	opts: pulumi.CustomResourceOptions,
): aws.iam.RolePolicyAttachment[] {
	return policies.map(
		(policy) =>
			new aws.iam.RolePolicyAttachment(
				`${name}-${policy}`,
				{ role: role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` },
				opts,
			),
	);
}

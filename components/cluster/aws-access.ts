import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** Who may reach and administer a cluster. */
export interface OperatorAccessArgs {
	readonly cluster: aws.eks.Cluster;
	readonly operatorAddresses: readonly string[];
	readonly administrators: readonly string[];
}

const administratorPolicy = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";

/**
 * Lets connected networks reach the private API server, whose security group admits only its own members otherwise,
 * and gives the named roles the cluster. In-cluster resources wait for it, and at their deletion it is still there.
 */
export function operatorAccess(
	name: string,
	{ cluster, operatorAddresses, administrators }: OperatorAccessArgs,
	opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
	const rules = operatorAddresses.map(
		(range) =>
			new aws.vpc.SecurityGroupIngressRule(
				`${name}-operators-${range.replace("/", "-")}`,
				{
					securityGroupId: cluster.vpcConfig.clusterSecurityGroupId,
					description: "API server from a connected network",
					ipProtocol: "tcp",
					fromPort: 443,
					toPort: 443,
					cidrIpv4: range,
				},
				opts,
			),
	);
	return [...rules, ...administrators.flatMap((role) => administrator(name, cluster, role, opts))];
}

function administrator(
	name: string,
	cluster: aws.eks.Cluster,
	role: string,
	opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
	const key = role.split("/").at(-1);
	const entry = new aws.eks.AccessEntry(
		`${name}-${key}`,
		{ clusterName: cluster.name, principalArn: role, type: "STANDARD" },
		opts,
	);
	const policy = new aws.eks.AccessPolicyAssociation(
		`${name}-${key}`,
		{
			clusterName: cluster.name,
			principalArn: entry.principalArn,
			policyArn: administratorPolicy,
			accessScope: { type: "cluster" },
		},
		opts,
	);
	return [entry, policy];
}

import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { chart, requestValues } from "../../catalogue/charts";
import type { CellContext } from "../cell-context";
import type { WorkloadIdentity } from "../identity/identity";
import { policyDocument } from "../policy-document";

export interface AwsNodeAutoscalerArgs {
	readonly context: CellContext;
	readonly clusterName: pulumi.Output<string>;
	readonly identity: WorkloadIdentity;
	readonly kubernetesProvider: kubernetes.Provider;
	/** The groups that it moves, each with its bounds; it looks at no other. */
	readonly groups: readonly ScaledGroup[];
	/** Nodes and DNS, without which its pods never become ready. */
	readonly waitFor: readonly pulumi.Resource[];
}

/** An Auto Scaling group with the bounds that it is moved between. */
export interface ScaledGroup {
	readonly name: pulumi.Output<string>;
	readonly min: number;
	readonly max: number;
}

const account = { namespace: "kube-system", name: "cluster-autoscaler" } as const;

/**
 * Moves the cluster's node groups between their bounds; EKS itself moves none. The groups are named one by one: found by
 * EKS's own tags, those of capacity blocks would be among them, which are opened and drained on time. Source: chart
 * cluster-autoscaler, `autoscalingGroups`, read 2026-11-28.
 */
export class AwsNodeAutoscaler extends pulumi.ComponentResource {
	constructor(name: string, args: AwsNodeAutoscalerArgs, opts: pulumi.ComponentResourceOptions) {
		super("meridian:cluster:AwsNodeAutoscaler", name, {}, opts);
		const { clusterName, context, groups, identity, kubernetesProvider, waitFor } = args;
		const bound = identity.bind(account);
		const permission = new aws.iam.RolePolicy(
			`${name}-permission`,
			{ role: bound.principal, name: "scale-node-groups", policy: clusterName.apply(scaling) },
			{ parent: this },
		);
		const { name: chartName, repository, version } = chart("cluster-autoscaler");
		new kubernetes.helm.v3.Release(
			name,
			{
				name: account.name,
				namespace: account.namespace,
				chart: chartName,
				version,
				repositoryOpts: { repo: repository },
				atomic: true,
				timeout: 600,
				values: {
					...requestValues("cluster-autoscaler"),
					autoscalingGroups: groups.map(({ name: group, min, max }) => ({ name: group, minSize: min, maxSize: max })),
					awsRegion: context.region,
					replicaCount: 2,
					rbac: { serviceAccount: { create: true, name: account.name } },
					priorityClassName: "system-cluster-critical",
					// A node whose pods keep data on its own disks may hold a replica's cache: it is drained, never cut off.
					extraArgs: { expander: "least-waste", "skip-nodes-with-local-storage": true },
				},
			},
			{ parent: this, provider: kubernetesProvider, dependsOn: [...waitFor, permission, bound.ready] },
		);
		this.registerOutputs({});
	}
}

/** Reads all groups, and changes those that carry the cluster's own tag. */
function scaling(cluster: string): string {
	return policyDocument(
		{
			Effect: "Allow",
			Action: [
				"autoscaling:DescribeAutoScalingGroups",
				"autoscaling:DescribeAutoScalingInstances",
				"autoscaling:DescribeLaunchConfigurations",
				"autoscaling:DescribeScalingActivities",
				"autoscaling:DescribeTags",
				"ec2:DescribeImages",
				"ec2:DescribeInstanceTypes",
				"ec2:DescribeLaunchTemplateVersions",
				"ec2:GetInstanceTypesFromInstanceRequirements",
				"eks:DescribeNodegroup",
			],
			Resource: "*",
		},
		{
			Effect: "Allow",
			Action: ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
			Resource: "*",
			Condition: { StringEquals: { [`aws:ResourceTag/k8s.io/cluster-autoscaler/${cluster}`]: "owned" } },
		},
	);
}

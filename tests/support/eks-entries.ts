import type { Value } from "../../lib/values";
import { awsProvider, type ResourceEntry } from "./resource-program";

/** A role's trust in a service of AWS. */
export function trust(service: string): string {
	const statement = { Effect: "Allow", Principal: { Service: service }, Action: ["sts:AssumeRole"] };
	return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

/** A subnet of the program's `vpc`. */
export function subnet(name: string, cidrBlock: string, zone: string): ResourceEntry {
	const inputs = { vpcId: { $ref: "vpc.id" }, cidrBlock, availabilityZone: zone };
	return { name, type: "aws:ec2/subnet:Subnet", inputs };
}

/** An EKS cluster without nodes, and the provider `kubernetes` that works in it. */
export function eksEntries(owner: Value = "tests", description: Value = "EKS"): ResourceEntry[] {
	return [
		awsProvider,
		{ name: "vpc", type: "aws:ec2/vpc:Vpc", inputs: { cidrBlock: "10.8.0.0/16", tags: { owner } } },
		subnet("left", "10.8.0.0/24", "us-east-1a"),
		subnet("right", "10.8.1.0/24", "us-east-1b"),
		{
			name: "role",
			type: "aws:iam/role:Role",
			inputs: { assumeRolePolicy: trust("eks.amazonaws.com"), description },
			outputs: ["arn"],
		},
		{
			name: "eks",
			type: "aws:eks/cluster:Cluster",
			inputs: {
				name: "tests",
				roleArn: { $ref: "role.arn" },
				vpcConfig: { subnetIds: [{ $ref: "left.id" }, { $ref: "right.id" }] },
			},
			outputs: ["endpoint"],
		},
		{ name: "kubernetes", type: "pulumi:providers:kubernetes", inputs: { kubeconfig: { $kubeconfig: "eks" } } },
	];
}

/** An object in the cluster. */
export function inCluster(
	name: string,
	apiVersion: string,
	kind: string,
	rest: { [name: string]: Value },
): ResourceEntry {
	const group = apiVersion === "v1" ? "core/v1" : apiVersion;
	return { name, type: `kubernetes:${group}:${kind}`, inputs: { apiVersion, kind, ...rest }, provider: "kubernetes" };
}

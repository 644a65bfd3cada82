import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type CellContext, physicalName } from "../cell-context";
import { trustPods } from "../policy-document";
import type { BoundIdentity, ServiceAccountRef, WorkloadIdentity } from "./identity";

export interface AwsWorkloadIdentityArgs {
	readonly context: CellContext;
	readonly clusterName: pulumi.Output<string>;
	/** The pod identity agent: without it pods get no credentials. */
	readonly agent: pulumi.Resource;
}

/** EKS Pod Identity: one role and one association a service account. */
export class AwsWorkloadIdentity extends pulumi.ComponentResource implements WorkloadIdentity {
	constructor(
		private readonly name: string,
		private readonly args: AwsWorkloadIdentityArgs,
		opts: pulumi.ComponentResourceOptions,
	) {
		super("meridian:identity:AwsWorkloadIdentity", name, {}, opts);
		this.registerOutputs({});
	}

	bind(account: ServiceAccountRef, permissions: readonly string[] = []): BoundIdentity {
		const { context, clusterName, agent } = this.args;
		const key = `${account.namespace}-${account.name}`;
		const role = new aws.iam.Role(
			`${this.name}-${key}`,
			{ name: physicalName(context, key, 64), assumeRolePolicy: trustPods() },
			{ parent: this },
		);
		const attached = permissions.map(
			(permission) =>
				new aws.iam.RolePolicyAttachment(
					`${this.name}-${key}-${permission.split("/").at(-1)}`,
					{ role: role.name, policyArn: permission },
					{ parent: this },
				),
		);
		const ready = new aws.eks.PodIdentityAssociation(
			`${this.name}-${key}`,
			{ clusterName, namespace: account.namespace, serviceAccount: account.name, roleArn: role.arn },
			{ parent: this, dependsOn: [agent, ...attached] },
		);
		return { principal: role.name, ready, annotations: {} };
	}
}

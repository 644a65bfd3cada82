import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { WorkloadIdentity } from "../identity/identity";
import { policyDocument } from "../policy-document";

/** What pods of the drivers wait for: one that starts before its identity is bound never gets credentials. */
export interface BoundDrivers {
	/** Network driver: without it nodes never become ready. */
	readonly network: pulumi.Resource;
	/** Disk driver. */
	readonly disks: readonly pulumi.Resource[];
}

const managed = "arn:aws:iam::aws:policy";

/** Network and disk drivers act as roles of their own, so that the nodes' role stays small. */
export function bindDrivers(
	name: string,
	identity: WorkloadIdentity,
	disksKey: pulumi.Output<string>,
	opts: pulumi.CustomResourceOptions,
): BoundDrivers {
	const network = identity.bind({ namespace: "kube-system", name: "aws-node" }, [`${managed}/AmazonEKS_CNI_Policy`]);
	const disks = identity.bind({ namespace: "kube-system", name: "ebs-csi-controller-sa" }, [
		`${managed}/service-role/AmazonEBSCSIDriverPolicy`,
	]);
	const useKey = new aws.iam.RolePolicy(
		`${name}-disks-key`,
		{ role: disks.principal, name: "use-disks-key", policy: disksKey.apply(diskKeyPolicy) },
		opts,
	);
	return { network: network.ready, disks: [disks.ready, useKey] };
}

/** What the disk driver may do with the cell's key: encrypt volumes, and grant the use to EC2 and to nothing else. */
function diskKeyPolicy(keyArn: string): string {
	return policyDocument(
		{
			Effect: "Allow",
			Action: [
				"kms:Decrypt",
				"kms:DescribeKey",
				"kms:Encrypt",
				"kms:GenerateDataKeyWithoutPlaintext",
				"kms:ReEncrypt*",
			],
			Resource: keyArn,
		},
		{
			Effect: "Allow",
			Action: "kms:CreateGrant",
			Resource: keyArn,
			Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
		},
	);
}

import type { Rule } from "../rule";
import { ebsEncryption } from "./aws/ebs-encryption";
import { eksEndpointPrivate } from "./aws/eks-endpoint-private";
import { eksSecretsEncryption } from "./aws/eks-secrets-encryption";
import { imdsv2Required } from "./aws/imdsv2-required";
import { kmsKeyRotation } from "./aws/kms-key-rotation";
import { noPublicAdminIngress } from "./aws/no-public-admin-ingress";
import { s3CustomerKeyEncryption } from "./aws/s3-customer-key-encryption";
import { namespaceDefaultDeny } from "./kubernetes/namespace-default-deny";
import { noPrivilegedContainers } from "./kubernetes/no-privileged-containers";

/** Every rule, by id. */
export const rules: readonly Rule[] = [
	s3CustomerKeyEncryption,
	kmsKeyRotation,
	ebsEncryption,
	eksSecretsEncryption,
	noPublicAdminIngress,
	eksEndpointPrivate,
	imdsv2Required,
	noPrivilegedContainers,
	namespaceDefaultDeny,
];

import type { Rule } from "../rule";
import { ebsEncryption } from "./aws/ebs-encryption";
import { eksEndpointPrivate } from "./aws/eks-endpoint-private";
import { eksSecretsEncryption } from "./aws/eks-secrets-encryption";
import { imdsv2Required } from "./aws/imdsv2-required";
import { kmsKeyRotation } from "./aws/kms-key-rotation";
import { noPublicAdminIngress } from "./aws/no-public-admin-ingress";
import { s3CustomerKeyEncryption } from "./aws/s3-customer-key-encryption";
import { aksPrivate } from "./azure/aks-private";
import { diskCustomerKey } from "./azure/disk-customer-key";
import { keyVaultProtection } from "./azure/key-vault-protection";
import { nsgNoPublicAdminIngress } from "./azure/nsg-no-public-admin-ingress";
import { storageCustomerKey } from "./azure/storage-customer-key";
import { storageSecureTransfer } from "./azure/storage-secure-transfer";
import { bucketNoPublicAccess } from "./gcp/bucket-no-public-access";
import { cloudKmsKeyRotation } from "./gcp/cloud-kms-key-rotation";
import { customerManagedKeys } from "./gcp/customer-managed-keys";
import { firewallNoPublicAdminIngress } from "./gcp/firewall-no-public-admin-ingress";
import { gkeHardened } from "./gcp/gke-hardened";
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
	storageSecureTransfer,
	storageCustomerKey,
	keyVaultProtection,
	diskCustomerKey,
	nsgNoPublicAdminIngress,
	aksPrivate,
	bucketNoPublicAccess,
	customerManagedKeys,
	cloudKmsKeyRotation,
	firewallNoPublicAdminIngress,
	gkeHardened,
	noPrivilegedContainers,
	namespaceDefaultDeny,
];

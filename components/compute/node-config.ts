import { stringify } from "yaml";

/** What nodeadm sets up on an Amazon Linux 2023 node beyond EKS's own part. */
export interface NodeSettings {
	/** Stripe the local NVMe disks and keep containers, pods and logs there. */
	readonly stripeLocalDisks: boolean;
	/** Pods at most, where EKS's own reckoning by the type is not to hold. */
	readonly maxPods?: number;
}

const boundary = "MERIDIAN-NODE-CONFIG";

/**
 * MIME user data with one nodeadm part, base64 as launch templates take it. EKS merges it with its own part, so the
 * image stays EKS's and no AMI id is needed. Source: nodeadm's NodeConfig API node.eks.aws/v1alpha1.
 */
export function nodeUserData(settings: NodeSettings): string {
	const config = {
		apiVersion: "node.eks.aws/v1alpha1",
		kind: "NodeConfig",
		spec: {
			featureGates: { FastImagePull: settings.stripeLocalDisks },
			...(settings.stripeLocalDisks ? { instance: { localStorage: { strategy: "RAID0" } } } : {}),
			...(settings.maxPods === undefined ? {} : { kubelet: { config: { maxPods: settings.maxPods } } }),
		},
	};
	const text = [
		"MIME-Version: 1.0",
		`Content-Type: multipart/mixed; boundary="${boundary}"`,
		"",
		`--${boundary}`,
		"Content-Type: application/node.eks.aws",
		"",
		stringify(config).trimEnd(),
		"",
		`--${boundary}--`,
		"",
	].join("\n");
	return Buffer.from(text, "utf8").toString("base64");
}

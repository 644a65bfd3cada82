/** Something that cannot be verified without a network or an account, kept in this one table. */
export interface LockEntry {
	/** What it is, as `eks-addon/vpc-cni`. */
	readonly id: string;
	/** The value in use; `unresolved` where none could be had, so that nothing is invented. */
	readonly value: string;
	/** `verified` only where the publisher's own source was read. */
	readonly state: "verified" | "unverified" | "unresolved";
	/** Where the value was seen, with its date, or how `meridian lock` is to get it. */
	readonly source: string;
}

const seen = "seen in a public cluster's record of 2026 for EKS 1.36; confirm with: aws eks describe-addon-versions";

/** Every value of this kind; `plan` prints how many are not verified. Sorted by id. */
export const lockEntries: readonly LockEntry[] = [
	{
		id: "chart-digest/argo-cd",
		value: "unresolved",
		state: "unresolved",
		source: "helm pull oci or https, then sha256 of the archive",
	},
	{
		id: "chart/argo-cd",
		value: "10.9.1",
		state: "unverified",
		source: "argo-helm release list, newest tag on 2026-09-14 as noted in a public register",
	},
	{
		id: "chart/cluster-autoscaler",
		value: "9.59.1",
		state: "unverified",
		source: "chart label in public records of 2026; confirm with: helm search repo cluster-autoscaler",
	},
	{ id: "eks-addon/aws-ebs-csi-driver", value: "v1.63.1-eksbuild.1", state: "unverified", source: seen },
	{ id: "eks-addon/coredns", value: "v1.14.3-eksbuild.16", state: "unverified", source: seen },
	{
		id: "eks-addon/eks-node-monitoring-agent",
		value: "v1.2.0-eksbuild.1",
		state: "unverified",
		source: "image tag seen in a public chart's list; confirm with: aws eks describe-addon-versions",
	},
	{ id: "eks-addon/eks-pod-identity-agent", value: "v1.3.10-eksbuild.3", state: "unverified", source: seen },
	{ id: "eks-addon/kube-proxy", value: "v1.36.0-eksbuild.21", state: "unverified", source: seen },
	{ id: "eks-addon/vpc-cni", value: "v1.22.4-eksbuild.3", state: "unverified", source: seen },
	{
		id: "eks-ami-release/al2023-neuron",
		value: "unresolved",
		state: "unresolved",
		source:
			"SSM parameter /aws/service/eks/optimized-ami/1.36/amazon-linux-2023/x86_64/neuron/recommended/release_version",
	},
	{
		id: "eks-ami-release/al2023-nvidia",
		value: "unresolved",
		state: "unresolved",
		source:
			"SSM parameter /aws/service/eks/optimized-ami/1.36/amazon-linux-2023/x86_64/nvidia/recommended/release_version",
	},
	{
		id: "eks-ami-release/al2023-standard",
		value: "unresolved",
		state: "unresolved",
		source:
			"SSM parameter /aws/service/eks/optimized-ami/1.36/amazon-linux-2023/x86_64/standard/recommended/release_version",
	},
	{
		id: "kubernetes/minor",
		value: "1.36",
		state: "unverified",
		source:
			"public EKS clusters of this version seen in 2026; that GKE and AKS offer it is not seen: gcloud container get-server-config, az aks get-versions",
	},
];

/** The value of an entry; nothing where it is unresolved. Throws for an id that the table does not have. */
export function locked(id: string): string | undefined {
	const entry = lockEntries.find((candidate) => candidate.id === id);
	if (entry === undefined) {
		throw new Error(`catalogue/lock.ts has no entry ${id}`);
	}
	return entry.state === "unresolved" ? undefined : entry.value;
}

/** The value of an entry that must be there. */
export function requireLocked(id: string): string {
	const value = locked(id);
	if (value === undefined) {
		throw new Error(`${id} is unresolved; run meridian lock where a network exists`);
	}
	return value;
}

import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { requireLocked } from "../../catalogue/lock";
import type { Spec } from "../../spec/schema";

/** Add-ons that nodes or pods cannot do without, in the order in which they may come. */
const beforeNodes = ["vpc-cni", "kube-proxy", "eks-pod-identity-agent", "eks-node-monitoring-agent"] as const;
const afterNodes = ["coredns", "aws-ebs-csi-driver"] as const;

type AddonName = (typeof beforeNodes)[number] | (typeof afterNodes)[number];

/** Settings by add-on, in the schema that each publishes. */
function settingsOf({ network }: Spec): { readonly [name in AddonName]?: object } {
	// Over the backbone pods keep their addresses: answers to a node's would not find every pod (EKS, "SNAT for Pods").
	const joined = network.backbone ? { AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS: network.supernet } : {};
	return {
		"vpc-cni": {
			enableNetworkPolicy: "true",
			env: { ENABLE_PREFIX_DELEGATION: "true", WARM_PREFIX_TARGET: "1", ...joined },
		},
		// EKS makes no default storage class; volumes of this one take the account's default key, which the cell sets.
		"aws-ebs-csi-driver": { defaultStorageClass: { enabled: true } },
	};
}

/** A cluster, as its add-ons need it. */
interface AddonPlace {
	readonly clusterName: pulumi.Output<string>;
	readonly spec: Spec;
}

/** The add-ons without which a node never becomes ready; made before any pool. */
export function nodeAddons(
	name: string,
	place: AddonPlace,
	opts: pulumi.CustomResourceOptions,
): ReadonlyMap<string, aws.eks.Addon> {
	return new Map(beforeNodes.map((addon) => [addon, createAddon(name, { addon, ...place }, opts)]));
}

/** The add-ons whose pods need nodes. */
export function workloadAddons(name: string, place: AddonPlace, opts: pulumi.CustomResourceOptions): aws.eks.Addon[] {
	return afterNodes.map((addon) => createAddon(name, { addon, ...place }, opts));
}

function createAddon(
	name: string,
	{ addon, clusterName, spec }: AddonPlace & { readonly addon: AddonName },
	opts: pulumi.CustomResourceOptions,
): aws.eks.Addon {
	const values = settingsOf(spec)[addon];
	return new aws.eks.Addon(
		`${name}-${addon}`,
		{
			clusterName,
			addonName: addon,
			addonVersion: requireLocked(`eks-addon/${addon}`),
			resolveConflictsOnCreate: "OVERWRITE",
			resolveConflictsOnUpdate: "PRESERVE",
			...(values ? { configurationValues: JSON.stringify(values) } : {}),
		},
		opts,
	);
}

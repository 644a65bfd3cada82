import { isObject, type Properties, UNKNOWN } from "../lib/values";

/**
 * Fields inside an input's object that the cloud computes: before creation they are unknown, though the object around
 * them is known. Source: the `Computed` attributes of Terraform provider aws, aws_eks_cluster, read 2026-11-21.
 */
const computedFields: { readonly [type: string]: { readonly [property: string]: readonly string[] } } = {
	"aws:eks/cluster:Cluster": {
		vpcConfig: ["clusterSecurityGroupId", "vpcId"],
		kubernetesNetworkConfig: ["serviceIpv6Cidr"],
	},
};

/** What a preview knows of a new resource's outputs: its inputs, with what the cloud adds inside them unknown. */
export function previewOutputs(type: string, inputs: Properties): Properties {
	const added = Object.entries(computedFields[type] ?? {}).map(([property, fields]) => {
		const bag = inputs[property];
		const unknown = Object.fromEntries(fields.map((field) => [field, UNKNOWN]));
		return [property, isObject(bag) ? { ...unknown, ...bag } : (bag ?? UNKNOWN)] as const;
	});
	return { ...inputs, ...Object.fromEntries(added) };
}

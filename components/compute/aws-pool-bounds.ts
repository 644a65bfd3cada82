import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** Sizes of a pool as the specification gives them: what is left out stays at `nodes`. */
export interface PoolSizes {
	readonly nodes: number;
	readonly min?: number | undefined;
	readonly max?: number | undefined;
}

/** The bounds that an autoscaler moves within; equal where the size is the specification's alone. */
export function poolBounds({ nodes, min, max }: PoolSizes): { readonly min: number; readonly max: number } {
	return { min: min ?? nodes, max: max ?? nodes };
}

/** The size of a node group at the start and its bounds; EKS wants a largest size of at least one node. */
export function scalingConfig(sizes: PoolSizes): aws.types.input.eks.NodeGroupScalingConfig {
	const { min, max } = poolBounds(sizes);
	return { minSize: min, desiredSize: sizes.nodes, maxSize: Math.max(max, 1) };
}

/** Name of the one Auto Scaling group that EKS makes for a managed node group. */
export function scalingGroupOf(group: aws.eks.NodeGroup): pulumi.Output<string> {
	return group.resources.apply((resources) => resources[0]?.autoscalingGroups?.[0]?.name ?? "");
}

/** Inputs that the program leaves to an autoscaler: the size, where the bounds let it move. */
export function autoscaled(sizes: PoolSizes): { readonly ignoreChanges?: string[] } {
	const { min, max } = poolBounds(sizes);
	return min === max ? {} : { ignoreChanges: ["scalingConfig.desiredSize"] };
}

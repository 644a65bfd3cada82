import type { InstanceType } from "../../catalogue/aws/instance-types";

/** What a node of an accelerator's family needs: image, labels and the taint that keeps other pods away. */
export interface AcceleratorProfile {
	readonly amiType: "AL2023_x86_64_NVIDIA" | "AL2023_ARM_64_NVIDIA" | "AL2023_x86_64_NEURON";
	/** Entry of catalogue/lock.ts with the image's release. */
	readonly release: string;
	/** Label and taint key of the family's device plugin. */
	readonly resource: "nvidia.com/gpu" | "aws.amazon.com/neuron";
}

/** The profile of an accelerated type: AWS's own chips run Neuron, all others NVIDIA's driver. */
export function acceleratorProfile(type: InstanceType): AcceleratorProfile {
	if (/^(trainium|inferentia)/.test(type.gpus?.model ?? "")) {
		return {
			amiType: "AL2023_x86_64_NEURON",
			release: "eks-ami-release/al2023-neuron",
			resource: "aws.amazon.com/neuron",
		};
	}
	return {
		amiType: type.arch === "arm64" ? "AL2023_ARM_64_NVIDIA" : "AL2023_x86_64_NVIDIA",
		release: "eks-ami-release/al2023-nvidia",
		resource: "nvidia.com/gpu",
	};
}

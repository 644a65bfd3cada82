import type { rayCluster } from "../../../catalogue/kubernetes/ray-cluster";
import type { SpecOf } from "../../../catalogue/kubernetes/spec-of";
import type { PodTemplate } from "./custom-object";

/** What the autoscaler asks for, and no more. Source: KubeRay 1.6 API reference, AutoscalerOptions, read 2026-11-21. */
const quantities = { cpu: "500m", memory: "512Mi" };

/** The container that the KubeRay operator adds to the head of a cluster that grows and shrinks by itself. */
export function autoscalerContainer({
	autoscalerOptions = {},
	headGroupSpec,
}: SpecOf<typeof rayCluster>): PodTemplate["spec"]["containers"][number] {
	const { version, upscalingMode, idleTimeoutSeconds, ...container } = autoscalerOptions;
	const [ray] = headGroupSpec.template.spec.containers;
	return {
		name: "autoscaler",
		...(ray?.image === undefined ? {} : { image: ray.image }),
		resources: { requests: quantities, limits: quantities },
		...container,
	};
}
